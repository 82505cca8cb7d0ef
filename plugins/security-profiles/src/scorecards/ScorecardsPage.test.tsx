import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { useLocation } from 'react-router-dom';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { FakeServer, type FakeServerOptions } from '../fixtures/FakeServer';
import {
  agentRow,
  counts,
  countsOfOne,
  createGroup,
  createSummary,
  invoicesRow,
  privilegedFinding,
} from '../fixtures/scorecards';
import { rootRouteRef } from '../routes';
import { ScorecardsPage } from './ScorecardsPage';

jest.setTimeout(60_000);

function Address() {
  return <pre aria-label="address">{useLocation().search}</pre>;
}

const engineering = createGroup('group:default/engineering', { children: 2 });

async function renderPage(
  options: FakeServerOptions = {},
  settings: { path?: string; width?: number } = {},
) {
  window.innerWidth = settings.width ?? 1440;
  window.dispatchEvent(new Event('resize'));
  const server = new FakeServer({
    scorecard: createSummary(),
    scorecardGroups: {
      '': [engineering],
      'group:default/engineering': [
        createGroup('group:default/checkout', {
          own: countsOfOne('exposed'),
          all: countsOfOne('exposed'),
        }),
      ],
    },
    scorecardRows: {
      entities: [invoicesRow],
      findings: [privilegedFinding],
      elevated: [agentRow],
    },
    ...options,
  });
  const rendered = await renderInTestApp(
    <>
      <ScorecardsPage />
      <Address />
    </>,
    {
      apis: [[securityProfilesApiRef, server.client()], catalogApiMock()],
      mountedRoutes: {
        '/security-profiles': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      initialRouteEntries: [settings.path ?? '/'],
    },
  );
  return { server, rendered, user: userEvent.setup() };
}

describe('the scorecards', () => {
  it('say first how many services are on target, then what is exposed or not known', async () => {
    await renderPage();
    expect(
      await screen.findByText(
        '6 of 10 services are on target. For 1 it is not known: facts are missing. 1 is exposed. Without grants, 1 more would be exposed.',
      ),
    ).toBeInTheDocument();
  });

  it('say that others may exist where the reader sees a part', async () => {
    await renderPage({ scorecard: createSummary({ view: 'filtered' }) });
    expect(
      await screen.findByText(
        /You see the 10 entities that you may read; others may exist\.$/,
      ),
    ).toBeInTheDocument();
  });

  it('never call a service on target of which nothing is known', async () => {
    await renderPage({
      scorecard: createSummary({
        counts: countsOfOne('unknown', {
          target: { met: 0, missed: 0, unknown: 1, none: 0 },
        }),
      }),
    });
    expect(
      await screen.findByText(/^No level can be told yet/),
    ).toBeInTheDocument();
  });

  it('teach how entities and workloads meet while there is none', async () => {
    await renderPage({
      scorecard: createSummary({
        counts: {
          ...counts,
          entities: 0,
          target: { met: 0, missed: 0, unknown: 0, none: 0 },
        },
        approvals: {},
        steps: [],
      }),
      scorecardGroups: {},
    });
    expect(
      (await screen.findAllByText(/backstage\.io\/kubernetes-id/)).length,
    ).toBeGreaterThan(0);
    expect(screen.queryByText('Levels')).toBeNull();
  });

  it('lead from every number to the entities behind it', async () => {
    const { user, server } = await renderPage();
    await user.click(await screen.findByRole('link', { name: '1 Exposed' }));
    expect(screen.getByLabelText('address')).toHaveTextContent(
      '?view=entities&level=exposed',
    );
    expect(
      await screen.findByText('Remove privileged: true from worker.'),
    ).toBeInTheDocument();
    expect(
      server.requests.filter(path =>
        path.startsWith('/scorecards/entities'),
      )[0],
    ).toContain('level=exposed');
  });

  it('open a group to those below it, by keyboard as well', async () => {
    const { user } = await renderPage();
    const button = await screen.findByRole('button', {
      name: 'Open engineering',
    });
    expect(button).toHaveAttribute('aria-expanded', 'false');
    button.focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByText('checkout')).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Close engineering' }),
    ).toHaveAttribute('aria-expanded', 'true');
  });

  it('lead from the share of a group to all that it counts', async () => {
    await renderPage();
    const row = await screen.findByRole('row', { name: /engineering/ });
    expect(
      within(row).getByRole('link', { name: /^\d+ of \d+$/ }),
    ).toHaveAttribute(
      'href',
      expect.stringMatching(
        /\?view=entities&owner=group%3Adefault%2Fengineering$/,
      ),
    );
  });

  it('lead from an entity to its tab', async () => {
    await renderPage({}, { path: '/?view=entities' });
    expect(
      await screen.findByRole('link', { name: 'invoices' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/invoices/security-profiles',
    );
  });

  it('name no owner that the reader may not see', async () => {
    await renderPage({
      scorecardGroups: { '': [createGroup(null, { hidden: 2 })] },
    });
    expect(
      await screen.findByText('2 owners that you may not see'),
    ).toBeInTheDocument();
  });

  it('tell of a finding where it fails, and where nothing else does', async () => {
    await renderPage({}, { path: '/?view=findings' });
    const row = await screen.findByRole('row', {
      name: /No container is privileged/,
    });
    expect(within(row).getByText('1 of them waived')).toBeInTheDocument();
  });

  it('show who can see everything, and that nobody granted it', async () => {
    await renderPage({}, { path: '/?view=classes' });
    const row = await screen.findByRole('row', { name: /support-agent/ });
    expect(within(row).getByText('AI agent')).toBeInTheDocument();
    expect(within(row).getByText('capability-sys-ptrace')).toBeInTheDocument();
    expect(within(row).getByText('none')).toBeInTheDocument();
  });

  it('say what they ignored of the address', async () => {
    await renderPage({}, { path: '/?level=levle' });
    expect(
      await screen.findByText('Ignored filter: levle'),
    ).toBeInTheDocument();
  });

  it('say that nothing matches, and clear the filters', async () => {
    const { user } = await renderPage(
      { scorecardRows: { entities: [] } },
      { path: '/?view=entities&finding=cilium-line-ended' },
    );
    expect(
      await screen.findByText('No entity matches these filters.'),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(screen.getByLabelText('address')).toHaveTextContent(
      /^\?view=entities$/,
    );
  });

  it('say which permission is missing', async () => {
    await renderPage({
      failWith: { status: 403, name: 'NotAllowedError', message: 'no' },
    });
    expect(
      await screen.findByText(/security-profiles\.posture\.read/),
    ).toBeInTheDocument();
  });

  it('offer to try again when the server fails', async () => {
    const { server, user } = await renderPage({
      failWith: { status: 500, name: 'Error', message: 'no' },
    });
    const retry = await screen.findByRole('button', { name: 'Try again' });
    server.options.failWith = undefined;
    await user.click(retry);
    expect(await screen.findByText(/6 of 10 services/)).toBeInTheDocument();
  });

  it('hold at 400 px', async () => {
    await renderPage({}, { width: 400, path: '/?view=entities' });
    expect(await screen.findByText('invoices')).toBeInTheDocument();
    expect(screen.queryByRole('grid')).toBeNull();
  });

  it.each(['groups', 'entities', 'findings', 'classes'])(
    'have no barrier that axe finds in %s',
    async view => {
      const { rendered } = await renderPage({}, { path: `/?view=${view}` });
      await screen.findByText(/6 of 10 services/);
      await screen.findAllByRole('row');
      const { violations } = await axe.run(rendered.container, {
        rules: { 'color-contrast': { enabled: false } },
      });
      expect(violations.map(({ id }) => id)).toEqual([]);
    },
  );
});

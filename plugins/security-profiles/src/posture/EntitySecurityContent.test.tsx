import { EntityProvider } from '@backstage/plugin-catalog-react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import type { Posture } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { FakeServer, type FakeServerOptions } from '../fixtures/FakeServer';
import { createLargePosture } from '../fixtures/largeSet';
import {
  hugePosture,
  invoicesPosture,
  ledgerPosture,
  noAnnotationPosture,
  noClusterPosture,
  nothingMatchedPosture,
  paymentsPosture,
  stalePosture,
  storefrontPosture,
  unknownPosture,
} from '../fixtures/postures';
import { EntitySecurityContent } from './EntitySecurityContent';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'storefront', namespace: 'default' },
};

function Address() {
  return <pre aria-label="address">{useLocation().search}</pre>;
}

interface Settings {
  search?: string;
  width?: number;
}

async function renderTab(options: FakeServerOptions, settings: Settings = {}) {
  window.innerWidth = settings.width ?? 1440;
  window.dispatchEvent(new Event('resize'));
  const server = new FakeServer(options);
  const rendered = await renderInTestApp(
    <EntityProvider entity={entity}>
      <EntitySecurityContent />
      <Address />
    </EntityProvider>,
    {
      apis: [[securityProfilesApiRef, server.client()]],
      initialRouteEntries: [`/${settings.search ?? ''}`],
    },
  );
  return { server, rendered };
}

async function renderPosture(posture: Posture, settings?: Settings) {
  const result = await renderTab({ posture }, settings);
  await screen.findByRole('heading', { name: 'Security summary' });
  return result;
}

function address(): string {
  return screen.getByLabelText('address').textContent ?? '';
}

function section(name: string): HTMLElement {
  return screen.getByRole('region', { name });
}

describe('the tab Security', () => {
  it('says in one sentence what the entity runs under', async () => {
    await renderPosture(storefrontPosture);
    expect(
      screen.getByText(
        'storefront runs under RuntimeDefault, which is its target.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('On target')).toBeInTheDocument();
    expect(screen.getByText('Level Baseline')).toBeInTheDocument();
  });

  it('writes plurals from the count', async () => {
    const posture: Posture = {
      ...paymentsPosture,
      headline: {
        key: 'exposed',
        params: { count: 2, total: 5, container: 'api' },
      },
    };
    await renderPosture(posture);
    expect(
      screen.getByText(
        'storefront is exposed: 2 of 5 containers run without confinement, first api.',
      ),
    ).toBeInTheDocument();
  });

  it('falls back to the level when the sentence is from a newer server', async () => {
    await renderPosture({
      ...invoicesPosture,
      headline: { key: 'exposed.by-the-moon', params: {} },
    });
    expect(screen.getByText('storefront is exposed.')).toBeInTheDocument();
  });

  it.each([
    [
      {
        key: 'exposed',
        params: { count: 1, container: 'api', cause: 'Unconfined' },
      },
      'storefront is exposed: container api runs Unconfined.',
    ],
    [
      {
        key: 'mixed',
        params: {
          worstLevel: 'baseline',
          worstClusters: 'staging',
          bestLevel: 'profiled',
          bestClusters: 'prod-eu',
        },
      },
      'Baseline in staging, Profiled in prod-eu.',
    ],
    [
      { key: 'profiled.unreviewed', params: { origin: 'recorded' } },
      'storefront runs under its own profile that nobody has reviewed (recorded, not written).',
    ],
    [
      {
        key: 'baseline',
        params: { asOf: '2020-01-02T09:12:00Z', staleCluster: 'prod-us' },
      },
      'storefront runs under RuntimeDefault, which is its target. As of 2 Jan 2020, before prod-us stopped answering.',
    ],
  ])('puts the values of the server into words: %j', async (headline, text) => {
    await renderPosture({ ...storefrontPosture, headline });
    expect(screen.getByText(text)).toBeInTheDocument();
  });

  it("counts ages to the portal's clock, whatever the viewer's says", async () => {
    await renderPosture(storefrontPosture);
    expect(
      screen.getByRole('button', { name: 'Facts 40 s old' }),
    ).toBeInTheDocument();
  });

  it('asks the server once for everything it shows', async () => {
    const { server } = await renderPosture(paymentsPosture);
    expect(server.requests).toEqual([
      '/entities/component/default/storefront/posture',
    ]);
  });

  it('cancels its request when the reader leaves', async () => {
    const { server, rendered } = await renderTab({ answers: 'never' });
    expect(server.signals[0].aborted).toBe(false);
    rendered.unmount();
    expect(server.signals[0].aborted).toBe(true);
  });

  it('tells a reader without the permission which one is missing', async () => {
    await renderTab({
      failWith: { status: 403, name: 'NotAllowedError', message: 'no' },
    });
    expect(
      await screen.findByText(
        "You can't see the security posture of this entity. It needs the permission security-profiles.posture.read.",
      ),
    ).toBeInTheDocument();
  });

  it('does not tell an entity that may not be read from one that does not exist', async () => {
    await renderTab({
      failWith: { status: 404, name: 'NotFoundError', message: 'no' },
    });
    expect(
      await screen.findByText('There is nothing here that you may read.'),
    ).toBeInTheDocument();
  });

  it('offers to try again after an error, and does', async () => {
    const { server } = await renderTab({
      failWith: { status: 503, name: 'ServiceUnavailableError', message: 'x' },
    });
    expect(
      await screen.findByText("Couldn't load the posture."),
    ).toBeInTheDocument();
    server.options = { posture: storefrontPosture };
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('heading', { name: 'Security summary' }),
    ).toBeInTheDocument();
  });

  it('never shows what the server says in an error', async () => {
    await renderTab({
      failWith: { status: 500, name: 'Error', message: 'token=hunter2' },
    });
    await screen.findByText("Couldn't load the posture.");
    expect(document.body).not.toHaveTextContent('hunter2');
  });
});

describe('an entity without workloads', () => {
  it('learns which annotation to add, as a patch to copy', async () => {
    await renderPosture(noAnnotationPosture);
    expect(
      screen.getByText(
        "This entity isn't connected to workloads. Add backstage.io/kubernetes-id: storefront to its catalog file and the same label to its pods.",
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: /^Copy patch/ }),
    ).toBeInTheDocument();
  });

  it('learns what was looked for, and what comes nearest', async () => {
    await renderPosture(nothingMatchedPosture);
    expect(
      screen.getByText(
        /^No workload in 3 clusters matches\. Looked for pods with label backstage\.io\/kubernetes-id=storefront in all namespaces, last 30 s ago\.$/,
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        'A Deployment named storefront exists in prod-eu/shop without this label.',
      ),
    ).toBeInTheDocument();
  });

  it('shows the steps of setting up while no cluster is connected', async () => {
    await renderPosture(noClusterPosture);
    expect(
      await screen.findByText(/^No cluster connected\./),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/^0 of 128 entities matched\./),
    ).toBeInTheDocument();
  });
});

describe('the table of containers', () => {
  it('shares a row between clusters that agree and marks the one that differs', async () => {
    await renderPosture(paymentsPosture);
    const table = within(section('Containers'));
    expect(table.getByText('prod-eu, prod-us')).toBeInTheDocument();
    expect(table.getByText('differs: staging')).toBeInTheDocument();
    expect(table.getAllByRole('rowheader')).toHaveLength(2);
  });

  it('strikes out what a privileged container names', async () => {
    await renderPosture(invoicesPosture);
    expect(
      screen.getByRole('button', {
        name: 'seccomp: RuntimeDefault, void: privileged, opens details',
      }),
    ).toBeInTheDocument();
  });

  it('says on how many nodes a profile is, and is not green when one lacks it', async () => {
    await renderPosture(ledgerPosture);
    const cell = screen.getByRole('button', {
      name: 'seccomp: ledger-api, 3 of 4 nodes, opens details',
    });
    expect(cell.querySelector('[data-tone]')).toHaveAttribute(
      'data-tone',
      'warning',
    );
  });

  it('never shows what is unknown as green', async () => {
    await renderPosture(unknownPosture);
    const cells = within(section('Containers')).getAllByRole('button', {
      name: /opens details$/,
    });
    expect(
      cells.map(cell => {
        const chip = cell.querySelector('[data-tone]');
        return [
          chip?.getAttribute('data-tone'),
          chip?.getAttribute('data-border'),
        ];
      }),
    ).toEqual([
      ['neutral', 'dashed'],
      ['neutral', 'dashed'],
      ['neutral', 'dashed'],
    ]);
  });

  it('prints a state of a newer server as it is', async () => {
    await renderPosture(unknownPosture);
    expect(
      screen.getByRole('button', {
        name: 'SELinux: from-a-newer-server, opens details',
      }),
    ).toBeInTheDocument();
  });

  it('opens a cell by keyboard, and Escape gives the focus back', async () => {
    await renderPosture(ledgerPosture);
    const cell = screen.getByRole('button', { name: /^seccomp: ledger-api/ });
    act(() => cell.focus());
    await userEvent.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog');
    expect(
      within(dialog).getByText(
        'Missing on node-c, which runs or could run this container.',
      ),
    ).toBeInTheDocument();
    expect(address()).toContain('mechanism=seccomp');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(cell).toHaveFocus());
    expect(address()).not.toContain('mechanism');
  });

  it('opens the cell that the address names', async () => {
    await renderTab(
      { posture: ledgerPosture },
      {
        search:
          '?container=prod-eu/shop/Deployment/ledger/api&mechanism=seccomp',
      },
    );
    expect(
      within(await screen.findByRole('dialog')).getByText('seccomp of api'),
    ).toBeInTheDocument();
  });

  it('starts with the problems when there are many containers, and says what is hidden', async () => {
    await renderPosture(hugePosture);
    const table = within(section('Containers'));
    expect(table.getAllByRole('rowheader')).toHaveLength(5);
    expect(
      table.getByText('165 containers without problems hidden'),
    ).toBeInTheDocument();
    await userEvent.click(table.getByRole('button', { name: 'show' }));
    expect(address()).toBe('?onlyProblems=no');
  });

  it('filters by the cluster in the address, and says when it knows no such cluster', async () => {
    await renderPosture(paymentsPosture, { search: '?cluster=moon' });
    expect(screen.getByText('Ignored filter: moon')).toBeInTheDocument();
  });

  it('puts many containers below their workloads, and says how many of them need a look', async () => {
    await renderPosture(createLargePosture(60), {
      search: '?onlyProblems=no',
    });
    expect(
      within(section('Containers')).getByRole('heading', {
        name: 'Deployment billing shop · 30 containers · 6 with problems',
      }),
    ).toBeInTheDocument();
  });

  it('says which groupings and containers of the address it ignores', async () => {
    await renderPosture(paymentsPosture, {
      search: '?group=moon&container=prod-eu/shop/Deployment/payments/gone',
    });
    expect(
      screen.getByText(
        'Ignored filter: moon, prod-eu/shop/Deployment/payments/gone',
      ),
    ).toBeInTheDocument();
  });

  it('opens a cell of a long list that the address names', async () => {
    await renderTab(
      { posture: createLargePosture(60) },
      {
        search:
          '?group=cluster&onlyProblems=no&container=staging/shop/Deployment/notifications/worker-59',
      },
    );
    expect(
      within(await screen.findByRole('dialog')).getByText(
        'seccomp of worker-59',
      ),
    ).toBeInTheDocument();
  }, 60_000);

  it('says in a cell which binding set a profile, what is recorded and that an older revision runs', async () => {
    const [workload] = ledgerPosture.workloads;
    const [container] = workload.containers;
    await renderPosture({
      ...ledgerPosture,
      workloads: [
        {
          ...workload,
          containers: [
            {
              ...container,
              recording: {
                name: 'shop/record-all',
                mechanism: 'seccomp',
                recorder: 'logs',
              },
              revision: { state: 'older', startedAt: '2026-11-20T08:00:00Z' },
              confinement: {
                ...container.confinement,
                seccomp: {
                  ...container.confinement.seccomp,
                  missingTotal: 7,
                  binding: {
                    namespace: 'shop',
                    name: 'bind-ledger',
                    over: 'RuntimeDefault',
                    because: 'the template says something else',
                  },
                },
              },
            },
          ],
        },
      ],
    });
    const cell = screen.getByRole('button', {
      name: 'seccomp: ledger-api, recording, older revision, 3 of 4 nodes, opens details',
    });
    await userEvent.click(cell);
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      'most likely by binding shop/bind-ledger: the template says something else',
    );
    expect(dialog).toHaveTextContent(
      'The template says RuntimeDefault instead.',
    );
    expect(dialog).toHaveTextContent(
      'shop/record-all records this container with Logs',
    );
    expect(dialog).toHaveTextContent('It still runs under an older revision');
    expect(dialog).toHaveTextContent(
      'Missing on node-c and 6 more, which run or could run this container.',
    );
  });

  it('becomes cards on a narrow screen', async () => {
    await renderPosture(invoicesPosture, { width: 400 });
    expect(screen.queryByRole('grid')).toBeNull();
    expect(
      screen.getByRole('button', { name: /^seccomp: RuntimeDefault/ }),
    ).toBeInTheDocument();
  });
});

describe('facts that are missing', () => {
  it('are said per cluster, beside everything that was read', async () => {
    await renderPosture(stalePosture);
    expect(
      screen.getByText(
        /^prod-us has not answered since .+\. Shown: facts from then\. Levels can't improve until it answers\.$/,
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        "The Security Profiles Operator isn't installed in staging. RuntimeDefault and Unconfined are judged; own profiles can't exist there.",
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        /At least 2 containers.*1 of 2 clusters; 1 not answering/,
      ),
    ).toBeInTheDocument();
  });

  it('leave no score instead of zero', async () => {
    await renderPosture(unknownPosture);
    expect(
      screen.getByText('No score: nothing could be judged'),
    ).toBeInTheDocument();
  });
});

describe('next steps', () => {
  it('copy the patch and say so', async () => {
    const user = userEvent.setup();
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    await renderPosture(invoicesPosture);
    await user.click(
      within(section('Next steps')).getByRole('button', {
        name: /^Copy patch/,
      }),
    );
    expect(write.mock.calls).toEqual([['privileged: false\n']]);
    expect(await screen.findByRole('status')).toHaveTextContent('Copied');
  });

  it('show the first in full on a narrow screen', async () => {
    await renderPosture(invoicesPosture, { width: 400 });
    const steps = within(section('Next steps'));
    expect(steps.getAllByRole('listitem')).toHaveLength(1);
    await userEvent.click(steps.getByRole('button', { name: '1 more step' }));
    expect(steps.getAllByRole('listitem')).toHaveLength(2);
  });

  it('link each count to its findings', async () => {
    await renderPosture(invoicesPosture);
    await userEvent.click(screen.getByRole('link', { name: '1 fail' }));
    expect(address()).toBe('?findings=fail');
    expect(await screen.findByText('A container is privileged')).toBeVisible();
    expect(screen.queryByText('Privileges can grow')).toBeNull();
  });
});

describe('all findings', () => {
  it('open at the one that the address names, and focus it', async () => {
    await renderPosture(invoicesPosture, {
      search: '?finding=workload-privileged',
    });
    const finding = await screen.findByRole('article', {
      name: 'A container is privileged',
    });
    await waitFor(() => expect(finding).toHaveFocus());
  });

  it('keep a waived finding visible, with its severity readable', async () => {
    await renderPosture(invoicesPosture, { search: '?findings=waived' });
    const finding = within(
      await screen.findByRole('article', { name: 'Privileges can grow' }),
    );
    expect(finding.getByText(/^waived until 31 Jan/)).toBeInTheDocument();
    expect(finding.getByText('medium')).toBeInTheDocument();
    expect(finding.getByText('warn')).toBeInTheDocument();
  });

  it('say from when on one counts that does not yet', async () => {
    await renderPosture(createLargePosture(60), {
      search: '?finding=profile-base-unpinned',
    });
    const finding = await screen.findByRole('article', {
      name: 'A base is not pinned',
    });
    expect(finding).toHaveTextContent(/counts from 1 Feb/);
    expect(finding).toHaveTextContent('for the platform');
    expect(finding).toHaveTextContent(
      'More: docs/findings.md#profile-base-unpinned',
    );
  });

  it('give somebody else the address of one', async () => {
    const user = userEvent.setup();
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    await renderPosture(invoicesPosture, {
      search: '?finding=workload-privileged',
    });
    await user.click(
      await screen.findByRole('button', {
        name: 'Copy link to: A container is privileged',
      }),
    );
    expect(write.mock.calls[0][0]).toMatch(/\?finding=workload-privileged$/);
  });

  it('say so when the one that the address names is gone', async () => {
    await renderPosture(invoicesPosture, { search: '?finding=no-such' });
    expect(
      await screen.findByText(
        'The finding no-such is not part of this answer.',
      ),
    ).toBeInTheDocument();
  });

  it('fold what passes and what does not apply to their number', async () => {
    await renderPosture(invoicesPosture, {
      search: '?finding=workload-privileged',
    });
    expect(
      await screen.findByRole('button', {
        name: 'Show 1 pass · Show 1 that is not applicable',
      }),
    ).toBeInTheDocument();
  });
});

describe('the score', () => {
  it('opens to its parts, each linked to its finding', async () => {
    await renderPosture(invoicesPosture);
    await userEvent.click(screen.getByRole('button', { name: 'why 32?' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/−68/)).toHaveTextContent(
      '−68 A container is privileged (fail)',
    );
    expect(dialog.getByText(/^Not counted:/)).toHaveTextContent(
      'Not counted: 1 not applicable',
    );
  });
});

describe('the score of a server that explains its parts', () => {
  it('says why each part is so large, and what could still be taken', async () => {
    const posture = createLargePosture(60);
    await renderPosture({
      ...posture,
      lowestScore: 31,
      counts: { ...posture.counts, unknown: 1, scheduled: 1 },
    });
    await userEvent.click(screen.getByRole('button', { name: 'why 38?' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('15 of 180 containers, severity high.');
    expect(dialog).toHaveTextContent('Not counted: 1 unknown, 1 that does not');
    expect(dialog).toHaveTextContent('the score is at least 31.');
  });
});

describe('the dataplane', () => {
  it('says "at least" while the release data is old', async () => {
    await renderPosture(storefrontPosture);
    const dataplane = within(section('Dataplane below it'));
    expect(dataplane.getByText('at least 1 patch behind')).toBeInTheDocument();
    expect(
      dataplane.getByText(/newer patches may exist\./),
    ).toBeInTheDocument();
  });
});

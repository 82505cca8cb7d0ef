import { EntityProvider } from '@backstage/plugin-catalog-react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Posture } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { createPosture } from '../fixtures/builders';
import { FakeServer, type FakeServerOptions } from '../fixtures/FakeServer';
import {
  approvalsPosture,
  approvalStatesPosture,
  paymentsPosture,
} from '../fixtures/postures';
import { rootRouteRef } from '../routes';
import { EntitySecurityCard } from './EntitySecurityCard';
import { EntitySecurityContent } from './EntitySecurityContent';

// Every key of a walk renders the whole screen.
jest.setTimeout(60_000);

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'payments', namespace: 'default' },
};

const REVIEW = '/security-profiles/reviews/r-payments';

async function render(
  element: JSX.Element,
  options: FakeServerOptions,
  width = 1440,
) {
  window.innerWidth = width;
  window.dispatchEvent(new Event('resize'));
  const server = new FakeServer(options);
  await renderInTestApp(
    <EntityProvider entity={entity}>{element}</EntityProvider>,
    {
      apis: [[securityProfilesApiRef, server.client()]],
      mountedRoutes: { '/security-profiles': rootRouteRef },
    },
  );
  return { server, user: userEvent.setup() };
}

async function renderTab(
  posture: Posture,
  options: Omit<FakeServerOptions, 'posture'> = {},
) {
  const result = await render(<EntitySecurityContent />, {
    posture,
    ...options,
  });
  await screen.findByRole('heading', { name: 'Security summary' });
  return result;
}

function approvals() {
  return within(screen.getByRole('region', { name: 'Approvals' }));
}

describe('the approvals of an entity', () => {
  it('say for every state what it is, and offer the one thing to do', async () => {
    await renderTab(approvalStatesPosture);
    const rows = approvals().getAllByRole('row').slice(1);
    expect(
      rows.map(row => {
        const cells = within(row)
          .getAllByRole('gridcell')
          .map(({ textContent }) => textContent);
        return [cells[1], cells[3]];
      }),
    ).toEqual([
      ['unreviewed', 'Ask for approval'],
      [
        'pendingEnds 7 Dec, unless somebody decides.',
        'Open review to withdraw it',
      ],
      ['changes requested', 'Review and vote'],
      ['approved until 22 May 2027', 'Open review'],
      ['rejected', 'Open review'],
      ['expiredLast review', 'Ask for approval'],
      [
        'staleOne of its bases changed.',
        'Only owners of payments may ask for approval.',
      ],
      ['withdrawn', 'Ask for approval'],
      ['revoked', 'Nothing for you to do here.'],
      ['emergency, 23 h left', 'Nothing for you to do here.'],
      ['approved, renewing until 22 May 2027', 'Nothing for you to do here.'],
      ['unproven', 'Nothing for you to do here.'],
      ['unknown', 'Nothing for you to do here.'],
      ['a-word-of-tomorrow', 'Nothing for you to do here.'],
    ]);
  });

  it('lead to the review for who may vote', async () => {
    await renderTab(approvalsPosture);
    expect(
      approvals().getByRole('link', {
        name: 'Review and vote on payments for staging',
      }),
    ).toHaveAttribute('href', REVIEW);
  });

  it('teach what an approval is while nobody has reviewed anything', async () => {
    await renderTab({
      ...paymentsPosture,
      profiles: paymentsPosture.profiles.map(profile => ({
        ...profile,
        approval: { state: 'unreviewed', viewerMay: [] },
      })),
    });
    expect(approvals().getByText(/^No approval yet/)).toBeInTheDocument();
  });

  it('say that there is nothing to approve where no profile is named', async () => {
    await renderTab(createPosture());
    expect(
      approvals().getByText(/so there is nothing to approve/),
    ).toBeInTheDocument();
  });
});

describe('asking for approval', () => {
  const ASK = 'Ask for approval of payments for production';
  const SUBMIT = 'Ask for approval of 7c1e09d2 for production';

  it('works by keyboard alone, from the next step to the review', async () => {
    const { server, user } = await renderTab(approvalsPosture);
    const before = server.requests.length;
    const step = screen.getByRole('button', {
      name: /^Ask for approval: Approve or revert/,
    });
    for (let i = 0; i < 20 && document.activeElement !== step; i++) {
      await user.tab();
    }
    expect(step).toHaveFocus();
    await user.keyboard('{Enter}');
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('prod-eu, prod-us')).toBeInTheDocument();
    const reason = dialog.getByRole('textbox', { name: /^Reason/ });
    for (let i = 0; i < 5 && document.activeElement !== reason; i++) {
      await user.tab();
    }
    expect(reason).toHaveFocus();
    await user.keyboard('The uploader needs it');
    await user.tab();
    await user.keyboard('SHOP-1182');
    const submit = dialog.getByRole('button', { name: SUBMIT });
    for (let i = 0; i < 8 && document.activeElement !== submit; i++) {
      await user.tab();
    }
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(server.writes).toEqual([
      {
        path: '/reviews',
        body: {
          kind: 'content',
          subject: { profileId: 'prod-eu-payments' },
          digest: 'sha256:7c1e09d2aa31e0ff',
          environment: 'production',
          reason: 'The uploader needs it',
          ticket: 'SHOP-1182',
        },
        idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    ]);
    expect(screen.getByRole('status')).toHaveTextContent(
      'Asked for approval of payments for production.',
    );
    expect(
      approvals().getByRole('link', { name: 'Open the review' }),
    ).toHaveAttribute('href', '/security-profiles/reviews/r-new');
    await waitFor(() =>
      expect(server.requests.slice(before).join()).toContain('/posture'),
    );
  });

  it('needs a reason', async () => {
    const { server, user } = await renderTab(approvalsPosture);
    await user.click(screen.getByRole('button', { name: ASK }));
    await user.click(await screen.findByRole('button', { name: SUBMIT }));
    expect(screen.getByText('Write a reason.')).toBeInTheDocument();
    expect(server.writes).toEqual([]);
  });

  it('keeps what was written while the portal refuses to refresh', async () => {
    const options: FakeServerOptions = {
      posture: approvalsPosture,
      refuse: () => {
        options.failWith = {
          status: 401,
          name: 'AuthenticationError',
          message: 'x',
        };
        return {
          status: 409,
          error: { name: 'ConflictError', message: 'x', code: 'already-open' },
        };
      },
    };
    const { user } = await render(<EntitySecurityContent />, options);
    await user.click(await screen.findByRole('button', { name: ASK }));
    await user.type(screen.getByRole('textbox', { name: /^Reason/ }), 'why');
    await user.click(screen.getByRole('button', { name: SUBMIT }));
    expect(await screen.findByText('Sign in again.')).toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: /^Reason/ })).toHaveValue('why');
  });

  it('leads to the review that is open already', async () => {
    const { user } = await renderTab(approvalsPosture, {
      refuse: () => ({
        status: 409,
        error: {
          name: 'ConflictError',
          message: 'Somebody has asked for this already.',
          code: 'already-open',
          reviewId: 'r-payments',
        },
      }),
    });
    await user.click(screen.getByRole('button', { name: ASK }));
    await user.type(screen.getByRole('textbox', { name: /^Reason/ }), 'why');
    await user.click(screen.getByRole('button', { name: SUBMIT }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Somebody has asked for this already.',
    );
    expect(
      screen.getByRole('link', { name: 'Open that review' }),
    ).toHaveAttribute('href', REVIEW);
  });

  it('keeps what was written when no answer comes', async () => {
    const { user } = await renderTab(approvalsPosture, {
      refuse: () => ({
        error: { name: 'TypeError', message: 'Failed to fetch' },
      }),
    });
    await user.click(screen.getByRole('button', { name: ASK }));
    await user.type(screen.getByRole('textbox', { name: /^Reason/ }), 'why');
    await user.click(screen.getByRole('button', { name: SUBMIT }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'No answer from the server. Nothing was saved.',
    );
    expect(screen.getByRole('textbox', { name: /^Reason/ })).toHaveValue('why');
  });
});

describe('the card of an entity', () => {
  it('says that a review waits, and leads to it', async () => {
    await render(<EntitySecurityCard />, { posture: approvalsPosture });
    expect(
      await screen.findByRole('link', { name: '1 review waits for you' }),
    ).toHaveAttribute('href', REVIEW);
  });

  it('says nothing of reviews to who may not vote', async () => {
    await render(<EntitySecurityCard />, { posture: paymentsPosture });
    await screen.findByText(/runs under its own/);
    expect(screen.queryByText(/wait/)).toBeNull();
  });
});

describe('the sentence about approvals', () => {
  it.each([
    [
      'profiled.stale',
      { count: 1, profiles: 'cart-api' },
      'payments runs under its own profiles, but 1 profile changed after its approval: cart-api.',
    ],
    [
      'profiled.unapproved',
      { count: 2, profiles: 'a, b' },
      'payments runs under its own profiles, but 2 profiles have no approval in force: a, b.',
    ],
    [
      'profiled.unreviewed',
      { count: 1, profiles: 'cart-api', origin: 'recorded' },
      'payments runs under its own profile cart-api that nobody has reviewed (recorded, not written).',
    ],
    [
      'profiled.pending',
      { count: 1, profiles: 'cart-api' },
      'payments runs under its own profiles; 1 profile waits for a decision: cart-api.',
    ],
    [
      'baseline.stale',
      { count: 1, profiles: 'cart-api' },
      'payments does not count as profiled: 1 profile changed after its approval: cart-api.',
    ],
  ])('of %s names the profiles', async (key, params, text) => {
    await renderTab({ ...paymentsPosture, headline: { key, params } });
    expect(screen.getByText(text)).toBeInTheDocument();
  });

  it('says that a profiled entity on target is approved', async () => {
    await renderTab({
      ...paymentsPosture,
      approval: 'approved',
      headline: { key: 'profiled', params: {} },
    });
    expect(
      screen.getByText(
        'payments runs under its own approved profiles in all 3 containers.',
      ),
    ).toBeInTheDocument();
  });
});

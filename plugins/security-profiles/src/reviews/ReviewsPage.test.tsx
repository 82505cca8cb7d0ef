import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import type { Review } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import {
  FakeServer,
  type FakeRefusal,
  type FakeServerOptions,
} from '../fixtures/FakeServer';
import {
  createReview,
  OLD_DIGEST,
  PAYMENTS_DIGEST,
  reviews,
} from '../fixtures/reviews';
import { rootRouteRef } from '../routes';
import { ReviewsPage } from './ReviewsPage';

// Every key of a walk renders the whole screen.
jest.setTimeout(60_000);

function Address() {
  return <pre aria-label="address">{useLocation().search}</pre>;
}

async function renderPage(
  options: FakeServerOptions,
  settings: { path?: string; width?: number } = {},
) {
  window.innerWidth = settings.width ?? 1440;
  window.dispatchEvent(new Event('resize'));
  const server = new FakeServer(options);
  const rendered = await renderInTestApp(
    <>
      <ReviewsPage />
      <Address />
    </>,
    {
      apis: [[securityProfilesApiRef, server.client()], catalogApiMock()],
      mountedRoutes: {
        '/security-profiles': rootRouteRef,
      },
      initialRouteEntries: [settings.path ?? '/'],
    },
  );
  return { server, rendered, user: userEvent.setup() };
}

async function renderReview(
  review: Review,
  options: Omit<FakeServerOptions, 'reviews'> = {},
) {
  const result = await renderPage(
    { reviews: [review], ...options },
    { path: `/${review.id}` },
  );
  await screen.findByRole('heading', { level: 2 });
  return result;
}

function region(name: string | RegExp): HTMLElement {
  return screen.getByRole('region', { name });
}

const all = Object.values(reviews);

describe('the queue of reviews', () => {
  it('starts with what waits for the reader, and says how much each filter has', async () => {
    const { server } = await renderPage({ reviews: all });
    const group = await screen.findByRole('radiogroup', {
      name: 'Which reviews',
    });
    expect(
      within(group)
        .getAllByRole('radio')
        .map(({ textContent }) => textContent),
    ).toEqual([
      `Needs me ${all.filter(r => r.viewerMay.includes('approve')).length}`,
      'I asked 1',
      `All ${all.length}`,
    ]);
    expect(server.requests[0]).toContain('filter=needs-me');
    expect(screen.getByRole('link', { name: 'cart-api' })).toHaveAttribute(
      'href',
      '/security-profiles/reviews/r-cart',
    );
  });

  it('starts with what the reader asked when nothing waits', async () => {
    await renderPage({ reviews: [reviews['asked-by-me']] });
    expect(await screen.findByText('ledger')).toBeInTheDocument();
    expect(screen.getByText('! today')).toBeInTheDocument();
  });

  it('keeps the chosen filter in the address', async () => {
    const { user } = await renderPage({ reviews: all });
    await user.click(await screen.findByRole('radio', { name: /^All/ }));
    expect(screen.getByLabelText('address')).toHaveTextContent('filter=all');
    expect(
      await screen.findByText('approved until 22 May 2027'),
    ).toBeInTheDocument();
  });

  it('reads state and environment from the address and says what it ignores', async () => {
    const { server } = await renderPage(
      { reviews: all },
      { path: '/?filter=all&state=pending&state=dancing&env=production' },
    );
    expect(
      await screen.findByText('Ignored filter: dancing'),
    ).toBeInTheDocument();
    expect(server.requests[0]).toContain('state=pending');
    expect(server.requests[0]).not.toContain('dancing');
    expect(server.requests[0]).toContain('environment=production');
  });

  it('says that nothing matches, and clears the filters', async () => {
    const { user } = await renderPage(
      { reviews: [createReview()] },
      { path: '/?filter=all&state=lapsed' },
    );
    expect(
      await screen.findByText('No review matches these filters.'),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(await screen.findByText('payments')).toBeInTheDocument();
  });

  it('teaches where reviews come from while there is none', async () => {
    await renderPage({ reviews: [] });
    expect(
      await screen.findByText(/^Nothing waits\. Ask for an approval/),
    ).toBeInTheDocument();
  });

  it('leads to the others when nothing waits for the reader', async () => {
    await renderPage(
      { reviews: [reviews.approved] },
      { path: '/?filter=needs-me' },
    );
    expect(
      await screen.findByText('Nothing waits for you.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Show all reviews (1)' }),
    ).toBeInTheDocument();
  });

  it('turns pages by cursor', async () => {
    const { server, user } = await renderPage({
      reviews: Array.from({ length: 30 }, (_, index) =>
        createReview({
          id: `r-${index}`,
          profile: {
            kind: 'SeccompProfile',
            name: `profile-${index}`,
            clusters: [],
          },
        }),
      ),
    });
    await screen.findByText('profile-0');
    await user.click(screen.getByRole('button', { name: /next/i }));
    expect(await screen.findByText('profile-29')).toBeInTheDocument();
    expect(server.requests.at(-1)).toContain('cursor=25');
  });

  it('says which permission is missing', async () => {
    await renderPage({
      failWith: { status: 403, name: 'NotAllowedError', message: 'no' },
    });
    expect(
      await screen.findByText(/security-profiles\.review\.read/),
    ).toBeInTheDocument();
  });

  it('shows a card per review on a narrow screen', async () => {
    await renderPage({ reviews: [createReview()] }, { width: 400 });
    expect(
      await screen.findByRole('link', { name: 'payments' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('grid')).toBeNull();
  });
});

describe('a review', () => {
  it('says what is asked, by whom, why, and what that reaches', async () => {
    await renderReview(createReview());
    expect(
      screen.getByRole('heading', { name: 'payments for production' }),
    ).toHaveFocus();
    for (const text of [
      'prod-eu, prod-us',
      'SHOP-1182',
      'The async uploader needs io_uring.',
    ]) {
      expect(screen.getByText(text)).toBeInTheDocument();
    }
    expect(screen.getByText(/1 service, 10 pods/)).toBeInTheDocument();
  });

  it('shows what is beyond RuntimeDefault first', async () => {
    await renderReview(createReview());
    expect(
      within(region('What it allows'))
        .getAllByRole('heading', { level: 4 })
        .map(({ textContent }) => textContent),
    ).toEqual([
      'Beyond RuntimeDefault (3 syscalls)',
      'allowed (5 syscalls)',
      'allowed, logged (1 syscall)',
    ]);
    expect(screen.getByText('only if argument 0 is 1')).toBeInTheDocument();
  });

  it('folds a long list under its number, and keeps every name in the page', async () => {
    await renderReview(reviews['many-syscalls']);
    expect(
      screen.getByText('Show 20 more beyond RuntimeDefault'),
    ).toBeInTheDocument();
    expect(screen.getByText('Show 260 more: allowed')).toBeInTheDocument();
    expect(screen.getAllByText(/^syscall_\d+$/)).toHaveLength(400);
  });

  it('shows the text of a kind that names no syscalls', async () => {
    await renderReview(reviews['other-kind']);
    expect(
      screen.getByRole('region', { name: 'Text of the profile' }),
    ).toHaveTextContent('readWritePaths');
  });

  it('warns of a profile that allows by default', async () => {
    await renderReview(reviews.allowing);
    expect(
      screen.getByText(/this profile confines little/),
    ).toBeInTheDocument();
  });

  it('names the cluster that differs', async () => {
    await renderReview(reviews.differs);
    expect(screen.getByText('differs: prod-us')).toBeInTheDocument();
    expect(screen.getByText('7c1e09d2 is in force there.')).toBeInTheDocument();
  });

  it('copies the whole digest', async () => {
    const { user } = await renderReview(createReview());
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    await user.click(
      screen.getByRole('button', { name: 'Copy whole digest: b40f1c77' }),
    );
    expect(write).toHaveBeenCalledWith(PAYMENTS_DIGEST);
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent('Copied'),
    );
  });

  it('says who may vote, who can not, what is missing, and why not the reader', async () => {
    await renderReview(reviews['asked-by-me']);
    const votes = region('Votes: 1 of 2');
    expect(votes).toHaveTextContent('wren approved as owner');
    expect(votes).toHaveTextContent('Still missing: 1 from security');
    expect(votes).toHaveTextContent('and 23 more');
    expect(votes).toHaveTextContent('tamsin: asked for this review');
    expect(region('Your decision')).toHaveTextContent(
      'You asked for this review, so someone else must vote.',
    );
    expect(screen.queryByRole('radio', { name: 'Approve' })).toBeNull();
  });

  it('keeps a vote that no longer counts readable, with the reason', async () => {
    await renderReview(reviews.superseded);
    expect(
      screen.getByText(/approved/, { selector: 's *' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('does not count: it is about other content'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'the newer review' }),
    ).toHaveAttribute('href', '/security-profiles/reviews/r-payments');
  });

  it.each([
    ['approved', 'b40f1c77 is approved for production until 22 May 2027.'],
    ['rejected', 'This review is rejected. The profile keeps running.'],
    ['expired', 'The approval ended 20 Nov. Ask again to renew it.'],
    ['stale', '7c1e09d2 was approved, but other content is in force now.'],
    ['withdrawn', 'tamsin took this request back.'],
    ['superseded', 'A newer review took the place of this one.'],
    ['lapsed', 'Nobody decided in time, so this request ended.'],
  ])('that is %s says so in place of the decision', async (state, text) => {
    await renderReview(reviews[state]);
    expect(region('Your decision')).toHaveTextContent(text);
    expect(screen.queryByRole('radio')).toBeNull();
  });

  it('whose content is gone everywhere says that nobody can decide on it', async () => {
    await renderReview(reviews.changed);
    expect(
      screen.getByText('payments changed after this was asked.', {
        selector: ':not([role=status])',
      }),
    ).toBeInTheDocument();
    expect(screen.getByRole('status')).toHaveTextContent(
      'payments changed after this was asked.',
    );
    expect(screen.queryByRole('radio')).toBeNull();
  });

  it.each([
    [[], 'payments is gone from every cluster of production.'],
    [
      reviews.changed.observed.slice(1),
      "What payments allows can't be told at the moment.",
    ],
  ])('does not call lost facts a change: %j', async (observed, text) => {
    await renderReview({ ...reviews.changed, observed });
    expect(screen.getByRole('status')).toHaveTextContent(text);
    expect(screen.queryByText(/changed after this was asked/)).toBeNull();
  });

  it('that the reader may not see does not say whether it exists', async () => {
    await renderPage({ reviews: [] }, { path: '/r-none' });
    expect(
      await screen.findByText('There is nothing here that you may read.'),
    ).toBeInTheDocument();
  });

  it('shows markup in a comment as text', async () => {
    const { rendered } = await renderReview(reviews['changes-requested']);
    expect(
      screen.getByText(
        '<img src=x onerror="alert(1)"> **bold** [link](javascript:1)',
      ),
    ).toBeInTheDocument();
    expect(rendered.container.querySelector('img')).toBeNull();
  });
});

describe('a vote', () => {
  it('is cast by keyboard alone, and says before and after what it does', async () => {
    const { server, user } = await renderReview(createReview());
    act(() => screen.getByRole('radio', { name: 'Approve' }).focus());
    await user.keyboard(' ');
    const button = screen.getByRole('button', {
      name: 'Approve b40f1c77 for production',
    });
    const effect =
      'Completes the quorum: b40f1c77 is approved for production until 22 May 2027. It reaches 1 service, 10 pods. It changes nothing in the clusters.';
    expect(screen.getByText(effect)).toBeInTheDocument();
    expect(button).toHaveAccessibleDescription(effect);
    await user.tab();
    await user.keyboard('We need it');
    await user.tab();
    expect(button).toHaveFocus();
    await user.keyboard('{Enter}');
    const said =
      'Your vote is cast. b40f1c77 is approved for production until 22 May 2027. It changes nothing in the clusters.';
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent(said),
    );
    expect(region('Your decision')).toHaveTextContent(said);
    expect(server.writes).toEqual([
      {
        path: '/reviews/r-payments/votes',
        body: {
          decision: 'approve',
          expectedDigest: PAYMENTS_DIGEST,
          comment: 'We need it',
        },
        idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    ]);
  });

  it.each(['Request changes', 'Reject'])(
    'to %s needs a reason',
    async decision => {
      const { server, user } = await renderReview(createReview());
      await user.click(screen.getByRole('radio', { name: decision }));
      await user.click(
        screen.getByRole('button', {
          name: new RegExp(`^${decision} .*b40f1c77 for production`),
        }),
      );
      expect(screen.getByText(/^Write a reason/)).toBeInTheDocument();
      expect(server.writes).toEqual([]);
      await user.type(screen.getByRole('textbox', { name: /^Reason/ }), 'wide');
      await user.click(
        screen.getByRole('button', { name: new RegExp(`^${decision} .*b40f`) }),
      );
      await waitFor(() => expect(server.writes).toHaveLength(1));
    },
  );

  it('is sent once when the button is pressed twice', async () => {
    let answer = () => {};
    const { server, user } = await renderReview(createReview(), {
      writesWaitFor: new Promise(resolve => {
        answer = resolve;
      }),
    });
    await user.click(screen.getByRole('radio', { name: 'Approve' }));
    await user.dblClick(
      screen.getByRole('button', { name: 'Approve b40f1c77 for production' }),
    );
    answer();
    await screen.findByText(/^Your vote is cast/, {
      selector: ':not([role=status])',
    });
    expect(server.writes).toHaveLength(1);
  });

  async function voteAgainst(refusal: FakeRefusal, next?: Review) {
    let isRefused = true;
    const result = await renderReview(createReview(), {
      refuse: () => (isRefused ? refusal : undefined),
    });
    await result.user.click(screen.getByRole('radio', { name: 'Approve' }));
    await result.user.type(
      screen.getByRole('textbox', { name: /^Reason/ }),
      'We need it',
    );
    if (next) {
      result.server.options.reviews = [next];
    }
    await result.user.click(
      screen.getByRole('button', { name: 'Approve b40f1c77 for production' }),
    );
    await screen.findByRole('alert');
    return {
      ...result,
      carryOut: () => {
        isRefused = false;
      },
    };
  }

  it('on content that has changed is not cast, says so, and keeps the reason', async () => {
    const { user } = await voteAgainst(
      {
        status: 409,
        error: {
          name: 'ConflictError',
          message: 'payments changed',
          code: 'digest-changed',
          changed: { expected: PAYMENTS_DIGEST, observed: OLD_DIGEST },
        },
      },
      { ...reviews.changed, id: 'r-payments' },
    );
    expect(screen.getByRole('alert')).toHaveTextContent(
      'payments changed while you were reading: now 7c1e09d2.',
    );
    expect(screen.getByRole('alert')).toHaveTextContent(
      'Your vote was not cast.',
    );
    expect(await screen.findByText('differs: prod-eu')).toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: /^Reason/ })).toHaveValue(
      'We need it',
    );
    await user.click(screen.getByRole('button', { name: 'Show the change' }));
    expect(document.activeElement).toContainElement(region('In force now'));
  });

  it('after the end leads to the review that speaks', async () => {
    await voteAgainst({
      status: 409,
      error: {
        name: 'ConflictError',
        message: 'This review was superseded by a newer one. Open that one.',
        code: 'closed',
        reviewId: 'r-new',
      },
    });
    expect(screen.getByRole('alert')).toHaveTextContent('was superseded');
    expect(
      screen.getByRole('link', { name: 'Open that review' }),
    ).toHaveAttribute('href', '/security-profiles/reviews/r-new');
  });

  it.each([
    ['own-review', 'You asked for this review, so someone else must vote.'],
    ['not-eligible', 'Only owners can vote here.'],
  ])('that is refused (%s) says why', async (code, message) => {
    await voteAgainst({
      status: 403,
      error: { name: 'NotAllowedError', message, code },
    });
    expect(screen.getByRole('alert')).toHaveTextContent(message);
  });

  it('of somebody who is signed out is kept, even when the page is loaded anew', async () => {
    const { rendered } = await voteAgainst({
      status: 401,
      error: { name: 'AuthenticationError', message: 'no token' },
    });
    expect(screen.getByRole('alert')).toHaveTextContent(
      'Sign in again; your reason is kept.',
    );
    rendered.unmount();
    await renderReview(createReview());
    expect(screen.getByRole('textbox', { name: /^Reason/ })).toHaveValue(
      'We need it',
    );
  });

  it('without an answer is tried again under the same key', async () => {
    const { server, user, carryOut } = await voteAgainst({
      error: { name: 'TypeError', message: 'Failed to fetch' },
    });
    expect(screen.getByRole('alert')).toHaveTextContent(
      'No answer from the server. Nothing was saved.',
    );
    carryOut();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText(/^Your vote is cast/, {
      selector: ':not([role=status])',
    });
    const [first, second] = server.writes;
    expect(second).toEqual(first);
  });

  it('that was changed after a failure is another vote with another key', async () => {
    const { server, user, carryOut } = await voteAgainst({
      status: 503,
      error: { name: 'ServiceUnavailableError', message: 'x' },
    });
    carryOut();
    await user.click(screen.getByRole('radio', { name: 'Reject' }));
    await user.click(screen.getByRole('button', { name: /^Reject b40f/ }));
    await waitFor(() => expect(server.writes).toHaveLength(2));
    const [first, second] = server.writes;
    expect(second.idempotencyKey).not.toBe(first.idempotencyKey);
  });
});

describe('the discussion', () => {
  it('takes a comment and shows it as it was written', async () => {
    const { server, user } = await renderReview(createReview());
    await user.type(
      screen.getByRole('textbox', { name: 'Comment' }),
      '<b>why</b>?',
    );
    await user.click(screen.getByRole('button', { name: 'Send the comment' }));
    expect(await screen.findByText('<b>why</b>?')).toBeInTheDocument();
    expect(screen.getByRole('status')).toHaveTextContent(
      'Your comment is saved.',
    );
    expect(server.writes[0].idempotencyKey).toMatch(/^[0-9a-f-]{36}$/);
    expect(screen.getByRole('textbox', { name: 'Comment' })).toHaveValue('');
  });
});

describe('the requester', () => {
  it('takes the request back', async () => {
    const { server, user } = await renderReview(reviews['asked-by-me']);
    await user.click(
      screen.getByRole('button', { name: 'Withdraw the request' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Closes the review. It stays in the log.');
    await user.click(
      within(dialog).getByRole('button', {
        name: 'Withdraw ledger for production',
      }),
    );
    expect(
      await screen.findByText('tamsin took this request back.'),
    ).toBeInTheDocument();
    expect(server.writes[0].path).toBe('/reviews/r-ledger/withdraw');
    expect(screen.getByRole('status')).toHaveTextContent(
      'The request is withdrawn.',
    );
  });
});

import axe from 'axe-core';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Review } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { FakeServer, type FakeServerOptions } from '../fixtures/FakeServer';
import {
  createComparison,
  createLine,
  ledgerProfile,
} from '../fixtures/profiles';
import { OLD_DIGEST, PAYMENTS_DIGEST, reviews } from '../fixtures/reviews';
import { rootRouteRef } from '../routes';
import { ReviewsPage } from './ReviewsPage';

// Every key renders the whole screen.
jest.setTimeout(60_000);

async function renderReview(
  review: Review,
  options: Omit<FakeServerOptions, 'reviews'> = {},
  width = 1440,
) {
  window.innerWidth = width;
  window.dispatchEvent(new Event('resize'));
  const server = new FakeServer({ reviews: [review], ...options });
  await renderInTestApp(<ReviewsPage />, {
    apis: [[securityProfilesApiRef, server.client()], catalogApiMock()],
    mountedRoutes: { '/security-profiles': rootRouteRef },
    initialRouteEntries: [`/${review.id}`],
  });
  await screen.findByRole('heading', { level: 2 });
  return { server, user: userEvent.setup() };
}

async function violations(part: Element): Promise<string[]> {
  const results = await axe.run(part, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return results.violations.map(({ id }) => id);
}

function region(name: string | RegExp): HTMLElement {
  return screen.getByRole('region', { name });
}

/** The profile of a cluster that has had both contents. */
function compared(profileId: string) {
  return {
    ...ledgerProfile,
    detail: { ...ledgerProfile.detail, id: profileId },
    comparisons: {
      [`${OLD_DIGEST}..${PAYMENTS_DIGEST}`]: createComparison({
        lines: [createLine({ subject: 'io_uring_setup' })],
      }),
    },
  };
}

describe('a review with a tier', () => {
  it('says the tier and why', async () => {
    await renderReview(reviews.wider);
    expect(screen.getByText('tier T2')).toBeInTheDocument();
    expect(region('Why tier T2')).toHaveTextContent(
      'it allows io_uring_setup, which RuntimeDefault does not',
    );
  });

  it('says that nothing raises the tier, and that the rules approved it', async () => {
    await renderReview(reviews.revocable);
    expect(region('Why tier T1')).toHaveTextContent(
      'Nothing raises its tier.The rules approved this by themselves.',
    );
  });

  it('says by which groups a voter was eligible', async () => {
    await renderReview(reviews.wider);
    expect(region(/^Votes/)).toHaveTextContent(
      'wren approved as owner through checkout, shop',
    );
  });
});

describe('the change that a review asks for', () => {
  it('is compared with what was approved before', async () => {
    const { server } = await renderReview(reviews.wider, {
      profiles: [compared('prod-eu-payments')],
    });
    const change = region('Change at kernel level');
    expect(
      await within(change).findByText('b40f1c77 compared with 7c1e09d2'),
    ).toBeInTheDocument();
    expect(within(change).getAllByText('io_uring_setup')).not.toHaveLength(0);
    expect(server.requests).toContain(
      `/profiles/prod-eu-payments/compare?from=${encodeURIComponent(
        OLD_DIGEST,
      )}&to=${encodeURIComponent(PAYMENTS_DIGEST)}`,
    );
  });

  it('is compared in another cluster where the first never had the approved content', async () => {
    await renderReview(reviews.wider, {
      profiles: [compared('prod-us-payments')],
    });
    expect(
      await screen.findByText('b40f1c77 compared with 7c1e09d2'),
    ).toBeInTheDocument();
  });

  it('is called unknown, not identical, where no cluster has had both', async () => {
    await renderReview(reviews.wider);
    expect(
      await screen.findByText(/^7c1e09d2 was approved before, but what it/),
    ).toBeInTheDocument();
  });

  it('is everything where nothing was approved before', async () => {
    await renderReview(reviews.pending);
    expect(region('Change at kernel level')).toHaveTextContent(
      'No other content of this profile was approved for production before',
    );
  });
});

describe('the history of a review', () => {
  it('says what happened, by whom and why, oldest first', async () => {
    const { user } = await renderReview(reviews.wider);
    const history = region('History (2)');
    await user.click(within(history).getByText('Show 2 events'));
    const [first, second] = within(history).getAllByRole('listitem');
    expect(first).toHaveTextContent(
      'asked for by tamsinThe async uploader needs io_uring.',
    );
    expect(second).toHaveTextContent('voted: approved by wren');
  });
});

describe('an emergency', () => {
  it('says how long it holds, who broke the glass, why, and when others must review it', async () => {
    await renderReview(reviews.emergency);
    expect(screen.getByText('emergency, 23 h left')).toBeInTheDocument();
    expect(
      screen.getByText(/^In force as an emergency until/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        'Approved by ida: Payments are down. · Others must review it by 26 Nov.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /^Open the incident/ }),
    ).toHaveAttribute('href', 'https://incidents.example.com/41');
    expect(screen.getByRole('radio', { name: 'Approve' })).toBeInTheDocument();
  });

  it('that is over says so, and links to no address that is not a page', async () => {
    await renderReview(reviews['emergency-over']);
    expect(screen.getByText('The emergency ended 22 Nov.')).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: /incident/ })).toBeNull();
  });

  it.each([1440, 400])(
    'is asked for with a reason and an incident, at a width of %d',
    async width => {
      const { server, user } = await renderReview(reviews.wider, {}, width);
      await user.click(screen.getByRole('button', { name: 'Break the glass' }));
      const dialog = await screen.findByRole('dialog');
      expect(dialog).toHaveTextContent(
        'Approves for at most 24 h and must be reviewed by 26 Nov.',
      );
      const submit = within(dialog).getByRole('button', {
        name: 'Approve for 24 h',
      });
      await user.click(
        within(dialog).getByRole('textbox', { name: /incident/ }),
      );
      await user.paste('incident 41');
      await user.click(submit);
      expect(dialog).toHaveTextContent('Write a reason: it stays in the log.');
      expect(dialog).toHaveTextContent('Enter the address of the incident.');
      expect(await violations(dialog)).toEqual([]);
      expect(server.writes).toEqual([]);
      const incident = within(dialog).getByRole('textbox', {
        name: /incident/,
      });
      await user.clear(incident);
      await user.paste('https://incidents.example.com/41');
      await user.click(
        within(dialog).getByRole('textbox', { name: /^Reason/ }),
      );
      await user.paste('Payments are down');
      await user.click(submit);
      await waitFor(() => expect(server.writes).toHaveLength(1));
      expect(server.writes[0]).toMatchObject({
        path: '/reviews/r-wider/break-glass',
        body: {
          expectedDigest: PAYMENTS_DIGEST,
          reason: 'Payments are down',
          incident: 'https://incidents.example.com/41',
        },
        idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
      expect(
        await screen.findByText('emergency, 23 h left'),
      ).toBeInTheDocument();
    },
  );

  it('that was broken before says so in the dialog', async () => {
    const { user } = await renderReview(reviews.wider, {
      refuse: () => ({
        status: 409,
        error: {
          name: 'ConflictError',
          code: 'already-broken',
          message: 'The glass is broken already; there is no renewal.',
        },
      }),
    });
    await user.click(screen.getByRole('button', { name: 'Break the glass' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('textbox', { name: /^Reason/ }));
    await user.paste('again');
    await user.click(within(dialog).getByRole('textbox', { name: /incident/ }));
    await user.paste('https://incidents.example.com/41');
    await user.click(
      within(dialog).getByRole('button', { name: 'Approve for 24 h' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'The glass is broken already; there is no renewal.',
    );
  });

  it('is not offered to who may not', async () => {
    await renderReview(reviews.pending);
    expect(
      screen.queryByRole('button', { name: 'Break the glass' }),
    ).toBeNull();
    expect(
      screen.queryByRole('button', { name: 'Revoke the approval' }),
    ).toBeNull();
  });
});

describe('revoking an approval', () => {
  it.each([1440, 400])(
    'needs a reason and says what it does, at a width of %d',
    async width => {
      const { server, user } = await renderReview(reviews.revocable, {}, width);
      await user.click(
        screen.getByRole('button', { name: 'Revoke the approval' }),
      );
      const dialog = await screen.findByRole('dialog');
      expect(dialog).toHaveTextContent(
        'Ends the approval now. It covers 1 service, 10 pods. Nothing is removed from the clusters.',
      );
      const submit = within(dialog).getByRole('button', {
        name: 'Revoke b40f1c77 for production',
      });
      await user.click(submit);
      expect(dialog).toHaveTextContent('Write a reason: it stays in the log.');
      expect(await violations(dialog)).toEqual([]);
      await user.click(within(dialog).getByRole('textbox'));
      await user.paste('keyctl is unused');
      await user.click(submit);
      await waitFor(() =>
        expect(screen.getByRole('status')).toHaveTextContent(
          'The approval is revoked.',
        ),
      );
      expect(server.writes).toMatchObject([
        {
          path: '/reviews/r-revocable/revoke',
          body: { reason: 'keyctl is unused' },
        },
      ]);
      expect(screen.getByText('keyctl is unused')).toBeInTheDocument();
    },
  );

  it('leaves who revoked it, and why, on the page', async () => {
    await renderReview(reviews.revoked);
    expect(screen.getByText(/^Revoked by ida/)).toBeInTheDocument();
    expect(
      screen.getByText('keyctl turned out to be unused.'),
    ).toBeInTheDocument();
    expect(region('Your decision')).toHaveTextContent(
      'The approval was revoked. Ask again to have it approved.',
    );
  });
});

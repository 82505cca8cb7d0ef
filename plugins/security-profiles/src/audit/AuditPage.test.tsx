import axe from 'axe-core';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  AuditEvent,
  AuditVerification,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { FIXTURE_NOW } from '../fixtures/builders';
import { FakeServer, type FakeServerOptions } from '../fixtures/FakeServer';
import { PAYMENTS_DIGEST } from '../fixtures/reviews';
import { rootRouteRef } from '../routes';
import { AuditPage } from './AuditPage';

jest.setTimeout(60_000);

const auditEvents: AuditEvent[] = [
  {
    seq: 2,
    at: '2026-11-23T09:28:01.000Z',
    actor: 'user:default/wren',
    action: 'voted',
    decision: 'approve',
    reviewId: 'r-payments',
    environment: 'production',
    profile: { kind: 'SeccompProfile', name: 'payments' },
    digest: PAYMENTS_DIGEST,
    prevHash: '41bb000000000000',
    hash: '9e02000000000000',
  },
  {
    seq: 1,
    at: '2026-11-23T06:30:00.000Z',
    actor: 'user:default/tamsin',
    action: 'requested',
    reviewId: 'r-payments',
    environment: 'production',
    profile: { kind: 'SeccompProfile', name: 'payments' },
    digest: PAYMENTS_DIGEST,
    erased: true,
    prevHash: '0000000000000000',
    hash: '41bb000000000000',
  },
];

function createVerification(
  overrides: Partial<AuditVerification> = {},
): AuditVerification {
  return {
    result: 'intact',
    rows: 2,
    lastSeq: 2,
    lastHash: '9e02000000000000',
    erased: 0,
    checkpoints: { matched: 1, signed: 1, unsigned: 0 },
    verifiedAt: FIXTURE_NOW,
    signing: 'signed',
    keyId: '5d1a0000ffff',
    ...overrides,
  };
}

async function renderAudit(
  options: FakeServerOptions,
  settings: { path?: string; width?: number } = {},
) {
  window.innerWidth = settings.width ?? 1440;
  window.dispatchEvent(new Event('resize'));
  const server = new FakeServer(options);
  const { container } = await renderInTestApp(<AuditPage />, {
    apis: [[securityProfilesApiRef, server.client()], catalogApiMock()],
    mountedRoutes: { '/security-profiles': rootRouteRef },
    initialRouteEntries: [settings.path ?? '/'],
  });
  return { server, container, user: userEvent.setup() };
}

describe('the record of approvals', () => {
  it.each([1440, 400])(
    'says who did what on which content, in UTC, at a width of %d',
    async width => {
      const { container } = await renderAudit({ auditEvents }, { width });
      expect(await screen.findByText('voted approve')).toBeInTheDocument();
      expect(screen.getByText('2026-11-23 09:28:01 UTC')).toBeInTheDocument();
      expect(
        screen.getByText(
          'What was written is erased; the chain still verifies.',
        ),
      ).toBeInTheDocument();
      const results = await axe.run(container, {
        rules: {
          'color-contrast': { enabled: false },
          region: { enabled: false },
        },
      });
      expect(results.violations.map(({ id }) => id)).toEqual([]);
    },
  );

  it('asks the server for the events of the address', async () => {
    const { server } = await renderAudit(
      { auditEvents },
      { path: '/?action=revoked&actor=user:default/wren' },
    );
    expect(
      await screen.findByText('No event matches these filters.'),
    ).toBeInTheDocument();
    expect(server.requests[0]).toContain('action=revoked');
    expect(server.requests[0]).toContain('actor=user');
  });

  it('says which permission is missing', async () => {
    await renderAudit({
      failWith: { status: 403, name: 'NotAllowedError', message: 'no' },
    });
    expect(
      await screen.findByText(/security-profiles\.audit\.read/),
    ).toBeInTheDocument();
  });

  it.each<[string, Partial<AuditVerification>, string]>([
    [
      'signed',
      {},
      'Verified just now: 2 events, no gap. 1 signed checkpoint agrees, key 5d1a0000.',
    ],
    [
      'without a key',
      { signing: 'unsigned', keyId: undefined },
      'Verified just now: 2 events, no gap. Not signed: no key is configured, so an owner of the database could rewrite the log unseen.',
    ],
    [
      'edited',
      {
        result: 'broken',
        problem: { kind: 'edited', seq: 845, message: 'Row 845 differs.' },
      },
      'Broken at #845: the row was changed after it was written. Row 845 differs.',
    ],
  ])('that is verified says the result: %s', async (_, verification, text) => {
    const { user } = await renderAudit({
      auditEvents,
      verification: createVerification(verification),
    });
    await user.click(await screen.findByRole('button', { name: 'Verify' }));
    expect(
      await screen.findByText(text, { selector: ':not([role=status])' }),
    ).toBeInTheDocument();
    expect(screen.queryAllByRole('alert')).toHaveLength(
      verification.result === 'broken' ? 1 : 0,
    );
  });
});

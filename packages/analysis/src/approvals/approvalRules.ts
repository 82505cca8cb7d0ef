import { canonicalDigest } from '../profiles/canonicalJson';
import { VoterSlot } from './approvalEvent';
import { durationInMilliseconds } from './lifetime';

/** How many people a slot asks for. @public */
export interface QuorumSlot {
  slot: VoterSlot;
  count: number;
}

/** Rules that votes are added up by. @public */
export interface ApprovalRules {
  /** `sha256:…` over everything else here; part of every decision. */
  digest: string;
  /** Each slot once. Never filled by the requester, and by one person in one slot only. */
  quorum: readonly QuorumSlot[];
  /** How long an approval lasts: ISO 8601 duration in weeks, days, hours, minutes or seconds, as `P365D`. */
  grantLife: string;
  /** How long a request waits for an answer: same form. */
  requestLife: string;
}

/**
 * Rules with their digest.
 *
 * @throws TypeError with the field, where a duration can't be read or is zero, or where the quorum is empty, asks a slot
 * for less than one person or names a slot twice.
 * @public
 */
export function approvalRules(
  options: Omit<ApprovalRules, 'digest'>,
): ApprovalRules {
  const { quorum, grantLife, requestLife } = options;
  for (const [field, value] of Object.entries({ grantLife, requestLife })) {
    if (!durationInMilliseconds(value)) {
      throw new TypeError(
        `${field} is ${JSON.stringify(
          value,
        )}; expected an ISO 8601 duration such as P365D or PT24H, without years and months`,
      );
    }
  }
  if (quorum.length === 0) {
    throw new TypeError('quorum is empty; expected at least one slot');
  }
  for (const { slot, count } of quorum) {
    if (!Number.isSafeInteger(count) || count < 1) {
      throw new TypeError(
        `quorum asks for ${count} from ${slot}; expected a whole number of 1 or more`,
      );
    }
  }
  if (new Set(quorum.map(({ slot }) => slot)).size < quorum.length) {
    throw new TypeError('quorum names a slot twice; expected each slot once');
  }
  return {
    digest: canonicalDigest({
      schema: 'sp-approval-rules/1',
      quorum: quorum.map(({ slot, count }) => ({ slot, count: `${count}` })),
      grantLife,
      requestLife,
    }),
    quorum,
    grantLife,
    requestLife,
  };
}

/**
 * One eligible owner who did not ask; an approval lasts 365 days, a request 14.
 *
 * @remarks
 * The lives are those of the lowest tier that people decide on; approvals that never end are forgotten, not agreed to.
 * @public
 */
export const defaultApprovalRules: ApprovalRules = approvalRules({
  quorum: [{ slot: 'owner', count: 1 }],
  grantLife: 'P365D',
  requestLife: 'P14D',
});

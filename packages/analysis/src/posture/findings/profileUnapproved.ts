import { UsedApproval } from '../usedApprovals';
import { FindingCheck, Step } from './finding';
import {
  askAction,
  isUnresolved,
  judgeApprovals,
  missingText,
  openAction,
  placeOf,
  voteAction,
} from './judgeApprovals';

/** Somebody has agreed to every profile. */
export const profileUnapproved: FindingCheck = {
  id: 'profile-unapproved',
  title: 'Every profile is approved in its environment',
  severity: 'medium',
  weight: { points: 5, because: 'nobody has agreed to it yet' },
  responsible: 'owner',
  meaning:
    'A profile that nobody but its author has read may allow anything. An approval says that a second person agrees to what it allows.',
  decidedBy:
    'Warns for every profile that a container names and that has no approval in force in the environment of its cluster. An approval in another environment does not count. A profile that changed after an approval is told by approval-stale instead.',
  fix: 'Ask for approval of the profile.',
  sources: ['docs/adr/0010-approvals-bind-to-content.md of this project'],
  judge: entity =>
    judgeApprovals(entity, {
      pass: 'Every profile is approved in its environment, or its change is told by approval-stale.',
      judge(one) {
        return one.standing === 'approved' || one.changed === 'yes'
          ? undefined
          : { status: 'warn', value: valueOf(one), step: stepOf(one) };
      },
    }),
};

function valueOf(one: UsedApproval): string {
  switch (one.decision?.state) {
    case 'pending':
      return `waits for ${missingText(one)}`;
    case 'changes-requested':
      return 'waits: changes were requested';
    case 'rejected':
      return 'was rejected';
    case 'expired':
      return hasUndecidedRequest(one)
        ? 'was asked for, but nobody decided in time'
        : 'had an approval that has ended';
    default:
      return isUnresolved(one)
        ? "can't be approved, because its content can't be told"
        : 'is not reviewed';
  }
}

function stepOf(one: UsedApproval): Step {
  switch (one.decision?.state) {
    case 'pending':
      return {
        text: `Decide on ${placeOf(one)}: missing ${missingText(one)}.`,
        action: voteAction(one),
      };
    case 'changes-requested':
      return {
        text: `Answer the request for changes of ${placeOf(one)}.`,
        action: openAction(one),
      };
    case 'rejected':
      return {
        text: `Change ${placeOf(one)}: its approval was rejected.`,
        action: openAction(one),
      };
    case 'expired':
      return {
        text: hasUndecidedRequest(one)
          ? `Ask again for approval of ${placeOf(one)}: nobody decided in time.`
          : `Ask again for approval of ${placeOf(one)}: the last one ended.`,
        action: askAction(one),
      };
    default:
      return isUnresolved(one)
        ? {
            text: `Make the content of ${placeOf(
              one,
            )} readable, so that it can be approved.`,
            action: openAction(one),
          }
        : {
            text: `Ask for approval of ${placeOf(one)}.`,
            action: askAction(one),
          };
  }
}

function hasUndecidedRequest({ decision }: UsedApproval): boolean {
  return decision?.limitations.includes('request-expired') === true;
}

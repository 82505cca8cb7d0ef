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

/** No profile has changed since it was approved. */
export const approvalStale: FindingCheck = {
  id: 'approval-stale',
  title: 'No profile has changed since it was approved',
  severity: 'high',
  weight: { points: 18, because: 'what runs is not what somebody agreed to' },
  responsible: 'owner',
  meaning:
    'An approval is for content. When the rules in force are other rules than those that people read, nobody has agreed to them.',
  decidedBy:
    "Fails when something else was approved before and the content in force is not approved: the profile's own rules or one of its bases changed, or its content can't be told any more.",
  fix: 'Ask for approval of the change, or revert it.',
  sources: ['docs/adr/0010-approvals-bind-to-content.md of this project'],
  judge: entity =>
    judgeApprovals(entity, {
      pass: 'No profile has changed since it was approved.',
      judge(one) {
        return one.changed === 'yes'
          ? { status: 'fail', value: valueOf(one), step: stepOf(one) }
          : undefined;
      },
    }),
};

function valueOf(one: UsedApproval): string {
  switch (one.decision?.state) {
    case 'pending':
      return `changed after its approval and waits for ${missingText(one)}`;
    case 'changes-requested':
      return 'changed after its approval, and changes were requested';
    case 'rejected':
      return 'changed after its approval, and the change was rejected';
    default:
      return isUnresolved(one)
        ? "was approved, but its content can't be told now"
        : 'changed after its approval';
  }
}

function stepOf(one: UsedApproval): Step {
  switch (one.decision?.state) {
    case 'pending':
      return {
        text: `Approve or revert the change of ${placeOf(
          one,
        )}; missing ${missingText(one)}.`,
        action: voteAction(one),
      };
    case 'changes-requested':
      return {
        text: `Answer the request for changes of ${placeOf(
          one,
        )}, or revert the change.`,
        action: openAction(one),
      };
    case 'rejected':
      return {
        text: `Revert the change of ${placeOf(one)}: it was rejected.`,
        action: openAction(one),
      };
    default:
      return isUnresolved(one)
        ? {
            text: `Make the content of ${placeOf(
              one,
            )} readable again: it can't be compared with what was approved.`,
            action: openAction(one),
          }
        : {
            text: `Approve or revert the change of ${placeOf(one)}.`,
            action: askAction(one),
          };
  }
}

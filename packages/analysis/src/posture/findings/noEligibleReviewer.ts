import { FindingCheck } from './finding';
import {
  judgeApprovals,
  missingText,
  openAction,
  placeOf,
} from './judgeApprovals';

/** Somebody is left who may decide on every profile. */
export const noEligibleReviewer: FindingCheck = {
  id: 'no-eligible-reviewer',
  title: 'Somebody may decide on every profile',
  severity: 'medium',
  weight: { points: 0, because: 'it is shown and charged to nobody' },
  responsible: 'platform',
  meaning:
    'When nobody but the requester may vote, a review waits for ever. This is a mistake in ownership or configuration, not something to wait for.',
  decidedBy:
    'Warns when the people who may vote, without the requester and whoever else is excluded, are too few for what an approval still needs.',
  fix: "Name an owner in the profile's or the entity's catalog data, add people to the owner group, or configure reviewers.",
  sources: ['docs/review.md of this project, Who may vote'],
  judge: entity =>
    judgeApprovals(entity, {
      pass: 'Somebody may decide on every profile.',
      judge(one) {
        const { decision } = one;
        if (
          decision?.unsatisfiable !== 'yes' ||
          decision.state === 'rejected' ||
          decision.state === 'approved'
        ) {
          return undefined;
        }
        return {
          status: 'warn',
          value: `needs ${missingText(one)}, and too few people may vote`,
          step: {
            text: `Name owners or reviewers for ${placeOf(
              one,
            )}: an approval needs ${missingText(
              one,
            )}, and too few people may vote.`,
            action: openAction(one),
          },
        };
      },
    }),
};

import { ApprovalTier } from './approvalEvent';
import { ApprovalRules } from './approvalRules';
import { Decision } from './evaluate';

/**
 * The decision of an environment, with the approval of another in its place where a rule says so.
 *
 * @remarks
 * Without a rule nothing inherits: what was agreed to for staging was not agreed to for production. What people decided
 * or are deciding here goes first, and so does broken glass. Only an approval by the ordinary way is inherited, on the
 * same digest, and not one that was inherited itself.
 * @param tier - what is at stake here
 * @public
 */
export function inheritApproval(
  own: Decision,
  options: {
    environment: string;
    tier: ApprovalTier;
    others: readonly { environment: string; decision: Decision }[];
    rules: ApprovalRules;
  },
): Decision {
  const { environment, tier, others, rules } = options;
  if (!['unreviewed', 'stale', 'expired', 'withdrawn'].includes(own.state)) {
    return own;
  }
  for (const rule of rules.inherits) {
    const other = others.find(one => one.environment === rule.from);
    if (
      rule.to === environment &&
      rule.tiers.includes(tier) &&
      own.digest !== null &&
      other?.decision.digest === own.digest &&
      other.decision.inheritedFrom === undefined &&
      (other.decision.state === 'approved' ||
        other.decision.state === 'approved-renewing')
    ) {
      const { renewFrom: _renewFrom, ...decision } = other.decision;
      return { ...decision, inheritedFrom: rule.from };
    }
  }
  return own;
}

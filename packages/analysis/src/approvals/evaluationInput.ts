import { ApprovalEvent } from './approvalEvent';
import { ApprovalIdentities } from './approvalIdentities';
import { ApprovalRules } from './approvalRules';
import { ObservedContent } from './evaluate';

/** All that a decision on one subject in one environment depends on. @public */
export interface EvaluationInput {
  events: readonly ApprovalEvent[];
  /** What the cluster enforces now. */
  observed: ObservedContent;
  rules: ApprovalRules;
  identities: ApprovalIdentities;
  /** ISO time. */
  now: string;
}

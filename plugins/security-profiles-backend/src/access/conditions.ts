import { createConditionExports } from '@backstage/plugin-permission-node';
import {
  clusterResourceRef,
  postureResourceRef,
  profileResourceRef,
  reviewResourceRef,
} from './resources';
import { clusterRules, postureRules, profileRules, reviewRules } from './rules';

const posture = createConditionExports({
  resourceRef: postureResourceRef,
  rules: postureRules,
});
const profile = createConditionExports({
  resourceRef: profileResourceRef,
  rules: profileRules,
});
const cluster = createConditionExports({
  resourceRef: clusterResourceRef,
  rules: clusterRules,
});

const review = createConditionExports({
  resourceRef: reviewResourceRef,
  rules: reviewRules,
});

/** Conditions on postures, for permission policies. @public */
export const securityPostureConditions = posture.conditions;
/** Makes a conditional decision on postures. @public */
export const createSecurityPostureConditionalDecision =
  posture.createConditionalDecision;
/** Conditions on profiles, for permission policies. @public */
export const securityProfileConditions = profile.conditions;
/** Makes a conditional decision on profiles. @public */
export const createSecurityProfileConditionalDecision =
  profile.createConditionalDecision;
/** Conditions on clusters, for permission policies. @public */
export const securityClusterConditions = cluster.conditions;
/** Makes a conditional decision on clusters. @public */
export const createSecurityClusterConditionalDecision =
  cluster.createConditionalDecision;
/** Conditions on reviews, for permission policies. @public */
export const securityReviewConditions = review.conditions;
/** Makes a conditional decision on reviews. @public */
export const createSecurityReviewConditionalDecision =
  review.createConditionalDecision;

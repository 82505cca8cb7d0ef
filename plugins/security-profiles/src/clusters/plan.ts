import type { CiliumPlan } from '@security-profiles/backstage-plugin-security-profiles-common';
import { formatDate } from '../texts/formatTime';
import type { Texts } from '../texts/useTexts';

/** What is planned, by whom and why; said as late once the day has passed. */
export function planText(texts: Texts, plan: CiliumPlan, now: number): string {
  const key =
    plan.state === 'late' || plan.state === 'done'
      ? (`plan.${plan.state}` as const)
      : 'plan.shown';
  return texts.t(key, {
    version: plan.version,
    date: formatDate(texts, plan.date, now),
    by: plan.by.slice(plan.by.lastIndexOf('/') + 1),
    reason: plan.reason,
  });
}

import type { CiliumPlan } from '@security-profiles/backstage-plugin-security-profiles-common';
import { Chip } from '../components/Chip';
import { useTexts } from '../texts/useTexts';
import { planText } from './plan';

/** Props of {@link PlanMark}. */
export interface PlanMarkProps {
  plan: CiliumPlan;
  now: number;
}

/** What the cluster's owner plans for its Cilium. */
export function PlanMark(props: PlanMarkProps) {
  const { plan, now } = props;
  const texts = useTexts();
  return (
    <Chip tone={plan.state === 'late' ? 'warning' : 'announcement'}>
      {planText(texts, plan, now)}
    </Chip>
  );
}

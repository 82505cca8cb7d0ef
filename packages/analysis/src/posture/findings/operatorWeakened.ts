import { HardeningSwitch } from '../../operator/judgeOperator';
import { FindingCheck } from './finding';
import { ownerOf } from './judgeClusters';
import { judgeOperators } from './judgeOperators';

/** Switches that are judged by a finding of their own. */
const judgedElsewhere = new Set(['signature-verification']);

/** No switch weakens the operator. */
export const operatorWeakened: FindingCheck = {
  id: 'operator-weakened',
  title: 'No switch weakens the operator',
  severity: 'low',
  weight: { points: 2, because: 'the owner of a service cannot mend it' },
  responsible: 'cluster',
  meaning:
    'The operator decides what the kernel refuses. A recorder that stays on, open metrics or a webhook that lets pods through without their profile make it easier to go around.',
  decidedBy:
    "Warns where the operator's settings switch a recorder, profiling or open metrics on, or its webhook is to be ignored while it is down. What is merely left as it comes is shown on the page of the cluster. Signatures are judged by profile-signed-by-anyone.",
  fix: 'Ask who runs the cluster to switch it back.',
  sources: [
    'kubernetes-sigs/security-profiles-operator v1.0.0, api/spod/v1/spod_types.go',
  ],
  judge: entity =>
    judgeOperators(entity, {
      pass: 'No switch weakens the operator.',
      notApplicable: 'No container has a profile of the operator.',
      nextSteps: 'none',
      judge({ state, hardening }, cluster) {
        if (state === 'not-installed') {
          return { status: 'not-applicable' };
        }
        const judged = hardening.filter(({ id }) => !judgedElsewhere.has(id));
        const weak = judged.filter(one => one.state === 'weakened');
        if (weak.length > 0) {
          return {
            status: 'warn',
            because: weak.map(({ because }) => because).join(', '),
            evidence: weak.map(({ field, value }) => ({ field, value })),
            text: `Ask ${ownerOf(cluster)} about the operator of ${
              cluster.name
            }: ${weak.map(wish).join('; ')}.`,
          };
        }
        const [unread] = judged.filter(one => one.state === 'unknown');
        // The webhook configuration needs a right of its own; without it the rest can still be told.
        return unread && judged.every(one => one.state === 'unknown')
          ? { status: 'unknown', because: unread.because }
          : { status: 'pass' };
      },
    }),
};

function wish({ field, value, fix }: HardeningSwitch): string {
  return `${field} is ${value}. ${fix}`;
}

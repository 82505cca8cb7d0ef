import { CiliumVersions } from '../../dataplane/ciliumVersions';
import { dayInWords, nameInRef } from '../../words';
import { ClusterFacts } from '../entityFacts';
import { JudgedEntity } from '../judgedEntity';
import { Evidence, Fix } from '../posture';
import { FindingVerdict, Step } from './finding';

/** What a check says of one cluster's dataplane. */
export type ClusterVerdict =
  | { status: 'pass' | 'not-applicable' }
  | { status: 'unknown'; because: string }
  | { status: 'warn' | 'fail'; value: string; text: string };

const order = ['fail', 'warn', 'unknown', 'pass', 'not-applicable'] as const;

/** Judges the dataplane of every cluster in which the entity has workloads: once per cluster, not per pod. */
export function judgeClusters(
  entity: JudgedEntity,
  rule: {
    judge(cilium: CiliumVersions, cluster: ClusterFacts): ClusterVerdict;
    /** What is looked at, for the evidence. */
    field: string;
    pass: string;
    /** `not-shown` where what the cluster's owner plans changes nothing. */
    plan?: 'not-shown';
  },
): FindingVerdict {
  const verdicts = entity.matchedClusters.map(cluster => ({
    cluster,
    verdict: cluster.cilium
      ? rule.judge(cluster.cilium, cluster)
      : withoutCilium(cluster),
  }));
  const status =
    order.find(one => verdicts.some(({ verdict }) => verdict.status === one)) ??
    'not-applicable';
  const evidence: Evidence[] = [];
  const fixes: Fix[] = [];
  const steps: Step[] = [];
  const problems: string[] = [];
  const unknown: string[] = [];
  for (const { cluster, verdict } of verdicts) {
    if (verdict.status === 'warn' || verdict.status === 'fail') {
      const value = `${verdict.value}${
        rule.plan === 'not-shown' ? '' : planOf(cluster)
      }`;
      problems.push(`${cluster.name}: ${value}`);
      evidence.push({ cluster: cluster.name, field: rule.field, value });
      fixes.push({ text: verdict.text });
      steps.push({
        text: verdict.text,
        action: { kind: 'open', ref: `cluster:${cluster.id}` },
      });
    } else if (verdict.status === 'unknown') {
      unknown.push(`${cluster.name}: ${verdict.because}`);
    }
  }
  const reasons = {
    fail: `${problems.join('; ')}.`,
    warn: `${problems.join('; ')}.`,
    unknown: `Can't tell for ${unknown.join('; ')}.`,
    pass: rule.pass,
    'not-applicable': 'No cluster below runs a Cilium that this applies to.',
  };
  return { status, reason: reasons[status], evidence, fixes, steps };
}

/** What the cluster's owner plans, as the end of a sentence; nothing where nothing is planned. */
function planOf({ dataplane }: ClusterFacts): string {
  const { plan } = dataplane ?? {};
  if (!plan || plan.state === 'done') {
    return '';
  }
  const what = `${plan.version} on ${dayInWords(plan.date)} (${nameInRef(
    plan.by,
  )}: ${plan.reason})`;
  return plan.state === 'late'
    ? `; planned was ${what}, which has passed`
    : `; planned is ${what}`;
}

/** Who to ask about a cluster: the owner's name, as `platform` of `group:default/platform`. */
export function ownerOf(cluster: ClusterFacts): string {
  return cluster.owner?.split('/').at(-1) ?? `who runs ${cluster.name}`;
}

function withoutCilium(cluster: ClusterFacts): ClusterVerdict {
  return cluster.ciliumInstalled === 'no'
    ? { status: 'not-applicable' }
    : {
        status: 'unknown',
        because: cluster.ciliumReason ?? 'Cilium was not read',
      };
}

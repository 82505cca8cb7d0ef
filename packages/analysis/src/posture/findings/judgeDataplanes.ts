import { DataplaneVerdict } from '../../dataplane/dataplaneVerdict';
import { ClusterFacts } from '../entityFacts';
import { JudgedEntity } from '../judgedEntity';
import { FindingVerdict } from './finding';
import { ClusterVerdict, judgeClusters } from './judgeClusters';

/** Judges what is said of the dataplane of every cluster in which the entity has workloads, once per cluster. */
export function judgeDataplanes(
  entity: JudgedEntity,
  rule: {
    judge(verdict: DataplaneVerdict, cluster: ClusterFacts): ClusterVerdict;
    field: string;
    pass: string;
    plan?: 'not-shown';
  },
): FindingVerdict {
  return judgeClusters(entity, {
    field: rule.field,
    pass: rule.pass,
    plan: rule.plan,
    judge: (_, cluster) =>
      cluster.dataplane
        ? rule.judge(cluster.dataplane, cluster)
        : { status: 'unknown', because: 'its dataplane was not judged' },
  });
}

import { ClusterFacts } from '../entityFacts';
import { Source } from '../posture';
import { clusterFreshness } from '../sourceOf';
import { FindingCheck } from './finding';

/** Resources on which a level rests; missing others show in their own findings. */
const needed = [
  'pods',
  'nodes',
  'seccompprofiles',
  'selinuxprofiles',
  'rawselinuxprofiles',
  'apparmorprofiles',
  'securityprofilenodestatuses',
];

/** All facts are read and fresh. */
export const factsMissing: FindingCheck = {
  id: 'facts-missing',
  title: 'All facts are read and fresh',
  severity: 'medium',
  weight: {
    points: 0,
    because: 'missing facts are shown and charged to nobody',
  },
  responsible: 'platform',
  meaning:
    'What could not be read is not known, and what is old may have changed. Neither is shown as good.',
  decidedBy:
    "Unknown when pods, nodes, profiles or node states of a cluster could not be read and nothing older is held; a warning when older facts are held. Resources that the cluster doesn't have are no gap.",
  fix: "Read the source's reason: grant the missing right, or see why the cluster doesn't answer.",
  sources: ['docs/connect-a-cluster.md of this project'],
  judge(entity) {
    const gaps: { cluster: ClusterFacts; source: Source }[] = [];
    let missing = 0;
    for (const cluster of entity.clusters) {
      for (const source of cluster.sources) {
        const plural = source.resource.split('.')[0];
        if (
          needed.includes(plural) &&
          source.state !== 'fresh' &&
          source.state !== 'not-installed'
        ) {
          gaps.push({ cluster, source });
          if (source.state !== 'stale' && source.lastFresh === undefined) {
            missing += 1;
          }
        }
      }
      if (
        clusterFreshness(cluster) === 'not-collected' &&
        cluster.sources.length === 0
      ) {
        gaps.push({
          cluster,
          source: {
            cluster: cluster.name,
            resource: 'pods',
            state: 'not-collected',
            since: '',
          },
        });
        missing += 1;
      }
    }
    if (entity.clusters.length === 0) {
      return {
        status: 'unknown',
        reason: 'No cluster is connected.',
        evidence: [],
        fixes: [],
        steps: [],
      };
    }
    const [first] = gaps;
    if (!first) {
      return {
        status: 'pass',
        reason: 'All facts are read and fresh.',
        evidence: [],
        fixes: [],
        steps: [],
      };
    }
    const text = `Find out why ${first.source.resource} of ${
      first.cluster.name
    } can't be read: ${first.source.reason ?? first.source.state}.`;
    return {
      status: missing > 0 ? 'unknown' : 'warn',
      reason:
        missing > 0
          ? `${missing} of the sources that a level rests on could not be read.`
          : `${gaps.length} of the sources that a level rests on are old.`,
      evidence: gaps.map(({ cluster, source }) => ({
        cluster: cluster.name,
        field: source.resource,
        value: source.since
          ? `${source.state} since ${source.since}`
          : source.state,
      })),
      fixes: [{ text }],
      steps: [
        { text, action: { kind: 'open', ref: `cluster:${first.cluster.id}` } },
      ],
    };
  },
};

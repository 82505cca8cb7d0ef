import { evidenceOf } from '../judgedEntity';
import { FindingCheck } from './finding';
import { ownerOf } from './judgeClusters';
import { judgeContainers } from './judgeContainers';
import { isMissingEverywhere } from './missingProfile';
import { mechanisms } from './mechanisms';
import { nameList } from './nameList';

/** Every profile is on all nodes that can run its pods. */
export const profileMissingOnNodes: FindingCheck = {
  id: 'profile-missing-on-nodes',
  title: 'Every profile is on all nodes that can run its pods',
  severity: 'high',
  weight: { points: 10, because: 'a restart on such a node fails' },
  responsible: 'cluster',
  meaning:
    'Where a profile is missing, new pods fail to start: after a restart, a scale-up or the loss of another node.',
  decidedBy:
    'Warns for a profile that some, not all, of the nodes that run or can run the container lack; fails when its pods are on such a node now.',
  fix: 'Ask who runs the cluster why the operator does not serve these nodes.',
  sources: [
    'kubernetes-sigs/security-profiles-operator v1.0.0, api/secprofnodestatus/v1',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'name a profile that some of their nodes lack',
      pass: 'Every named profile is on all nodes that can run its pods.',
      notApplicable: 'No container names a profile.',
      judge(container) {
        const { cluster, facts } = container;
        const named = mechanisms
          .map(mechanism => container.confinement[mechanism])
          .filter(
            one =>
              one.state === 'profile' && !isMissingEverywhere(container, one),
          );
        const [missing] = named.filter(one => one.missingOn !== undefined);
        if (missing) {
          const nodes = missing.missingOn ?? [];
          const pods = nodes.reduce(
            (sum, node) => sum + (facts.nodes[node] ?? 0),
            0,
          );
          const text = `Ask ${ownerOf(cluster)} why ${
            missing.profileName
          } is missing on ${nameList(nodes)}; ${
            pods || 'none'
          } of your pods run there now, new ones can't start there.`;
          return {
            status: pods > 0 ? 'fail' : 'warn',
            evidence: nodes.map(node =>
              evidenceOf(container, {
                field: missing.field,
                value: `${missing.profileName} missing on ${node}`,
              }),
            ),
            fix: { text },
            step: {
              text,
              action: { kind: 'open', ref: `cluster:${cluster.id}` },
            },
          };
        }
        const [unknown] = named.filter(({ inForce }) => inForce === 'unknown');
        if (unknown) {
          return {
            status: 'unknown',
            because: unknown.because ?? 'node states are not known',
          };
        }
        return { status: named.length > 0 ? 'pass' : 'not-applicable' };
      },
    }),
};

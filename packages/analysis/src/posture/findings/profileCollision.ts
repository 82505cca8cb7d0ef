import { evidenceOf } from '../judgedEntity';
import { FindingCheck } from './finding';
import { judgeContainers } from './judgeContainers';

/** No two profiles share a file or a status. */
export const profileCollision: FindingCheck = {
  id: 'profile-collision',
  title: 'No two profiles share a file or a status',
  severity: 'medium',
  weight: {
    points: 10,
    because: 'which of the profiles is in force depends on chance',
  },
  responsible: 'owner',
  meaning:
    "Two profiles that write one file overwrite each other on the node; two kinds with one name corrupt each other's node status.",
  decidedBy:
    'Fails when a container names a file that two profiles write; warns when its profile has a namesake of another kind.',
  fix: 'Rename one of the profiles.',
  sources: [
    'kubernetes-sigs/security-profiles-operator v1.0.0, file names of installed profiles',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'name a profile that collides with another',
      pass: 'No named profile collides with another.',
      notApplicable: 'No container names a profile.',
      judge(container) {
        const { used, confinement, context } = container;
        const [ambiguous] = used.filter(
          ({ mechanism }) => confinement[mechanism].state === 'ambiguous',
        );
        if (ambiguous) {
          const { field, because, value } = confinement[ambiguous.mechanism];
          const text = `Rename one of the profiles behind ${value.replace(
            /^Localhost /,
            '',
          )} in ${container.cluster.name}: ${because}.`;
          return {
            status: 'fail',
            evidence: [evidenceOf(container, { field, value })],
            fix: { text },
            step: { text },
          };
        }
        for (const { profile, mechanism } of used) {
          const [namesake] = context.index.namesakes(profile);
          if (namesake) {
            const text = `Rename ${profile.kind} or ${namesake.kind} ${profile.name} in ${container.cluster.name}: they share their node status, so whether each is installed is not certain.`;
            return {
              status: 'warn',
              evidence: [
                evidenceOf(container, {
                  field: confinement[mechanism].field,
                  value: `${profile.kind} and ${namesake.kind} ${profile.name}`,
                }),
              ],
              fix: { text },
              step: { text },
            };
          }
        }
        return { status: used.length > 0 ? 'pass' : 'not-applicable' };
      },
    }),
};

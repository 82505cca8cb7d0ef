import { evidenceOf, workloadName } from '../judgedEntity';
import { FindingCheck } from './finding';
import { judgeContainers } from './judgeContainers';
import { mechanisms } from './mechanisms';

/** Every profile that a container names exists. */
export const seccompDangling: FindingCheck = {
  id: 'seccomp-dangling',
  title: 'Every profile that a container names exists',
  severity: 'high',
  weight: { points: 20, because: 'the next restart fails' },
  responsible: 'owner',
  meaning:
    'Kubernetes refuses to start a container whose profile does not exist. Running pods go on; the next restart fails.',
  decidedBy:
    'Fails for a seccomp or SELinux setting that names a profile of the operator without an object in that cluster.',
  fix: 'Create the profile in that cluster, or correct the name in the workload.',
  sources: [
    'Kubernetes documentation, Seccomp and Kubernetes: a missing Localhost profile keeps the container from starting',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'name a profile that does not exist',
      pass: 'Every named profile exists.',
      notApplicable: 'No container names a profile.',
      judge(container) {
        const named = mechanisms
          .map(mechanism => container.confinement[mechanism])
          .filter(({ state }) =>
            ['profile', 'ambiguous', 'dangling', 'unknown'].includes(state),
          );
        const [dangling] = named.filter(({ state }) => state === 'dangling');
        if (dangling) {
          const name = dangling.value.replace(/^Localhost /, '');
          const text = `Create the profile ${name} in ${
            container.cluster.name
          } or correct \`localhostProfile\` in ${workloadName(
            container.workload,
          )}.`;
          return {
            status: 'fail',
            evidence: [
              evidenceOf(container, {
                field: dangling.field,
                value: dangling.value,
              }),
            ],
            fix: { text },
            step: { text },
          };
        }
        const [unknown] = named.filter(({ state }) => state === 'unknown');
        if (unknown) {
          return {
            status: 'unknown',
            because: unknown.because ?? 'profiles could not be read',
          };
        }
        return { status: named.length > 0 ? 'pass' : 'not-applicable' };
      },
    }),
};

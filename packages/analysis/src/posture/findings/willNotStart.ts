import { evidenceOf, workloadName } from '../judgedEntity';
import { FindingCheck } from './finding';
import { judgeContainers } from './judgeContainers';
import { isMissingEverywhere } from './missingProfile';
import { mechanisms } from './mechanisms';

/** Every named profile can be used where its pods run. */
export const willNotStart: FindingCheck = {
  id: 'will-not-start',
  title: 'Every named profile can be used where its pods run',
  severity: 'high',
  weight: { points: 20, because: 'the next restart fails' },
  responsible: 'owner',
  meaning:
    "A container whose profile is on none of its nodes can't start: the next restart or roll-out fails.",
  decidedBy:
    'Fails for a container whose profile exists but was disabled before it was ever installed, or is on none of the nodes that run or can run it; warns for one that is being deleted. Names without an object are judged by seccomp-dangling, profiles missing on some nodes by profile-missing-on-nodes.',
  fix: 'Enable the profile, or find out why the operator does not install it.',
  sources: [
    'kubernetes-sigs/security-profiles-operator v1.0.0, api/profilebase/v1: state Disabled',
    'Kubernetes documentation, Seccomp and Kubernetes: a missing Localhost profile keeps the container from starting',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'name a profile that none of their nodes has',
      pass: 'Every named profile can be used.',
      notApplicable: 'No container names a profile.',
      judge(container) {
        const named = mechanisms
          .map(mechanism => container.confinement[mechanism])
          .filter(({ state }) => state === 'profile');
        const [blocked] = named.filter(one =>
          isMissingEverywhere(container, one),
        );
        if (blocked) {
          const text = `Enable or install the profile ${
            blocked.profileName
          } in ${container.cluster.name}: ${workloadName(
            container.workload,
          )} can't start without it.`;
          return {
            status: 'fail',
            evidence: [
              evidenceOf(container, {
                field: blocked.field,
                value: blocked.value,
              }),
            ],
            fix: { text },
            step: { text },
          };
        }
        const leaving = container.used.find(({ profile }) => profile.deleting);
        if (leaving) {
          const { profile, mechanism } = leaving;
          const { field, because } = container.confinement[mechanism];
          const text = `Keep ${profile.kind} ${profile.name} in ${
            container.cluster.name
          }, or take it out of ${workloadName(
            container.workload,
          )}: it is being deleted.`;
          return {
            status: 'warn',
            evidence: [
              evidenceOf(container, {
                field,
                value: because ?? `${profile.name} is being deleted`,
              }),
            ],
            fix: { text },
            step: { text },
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

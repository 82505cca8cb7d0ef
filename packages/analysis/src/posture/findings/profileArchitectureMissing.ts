import { architectureOf } from '../../confinement/couldRunOn';
import {
  coversArchitecture,
  seccompArchitecture,
} from '../../profiles/architectures';
import { evidenceOf } from '../judgedEntity';
import { FindingCheck } from './finding';
import { judgeContainers } from './judgeContainers';
import { nameList } from './nameList';
import { profilePatch } from './patches';

/** Every seccomp profile covers the architectures of its nodes. */
export const profileArchitectureMissing: FindingCheck = {
  id: 'profile-architecture-missing',
  title: 'Every seccomp profile covers the architectures of its nodes',
  severity: 'medium',
  weight: {
    points: 10,
    because: 'on such a node the program is killed at its first call',
  },
  responsible: 'owner',
  meaning:
    'A filter kills programs of an architecture that it does not list. That opens nothing, but a pod that moves to a node of another architecture does not run there. Recorded profiles list that of the node on which they were recorded.',
  decidedBy:
    "Fails for a seccomp profile that lists architectures without that of a node that runs the container, and warns where a node could run it. Unknown where a node doesn't tell its architecture. A profile that lists none, or SCMP_ARCH_NATIVE, is for all.",
  fix: "Add the architecture to the profile's architectures.",
  sources: [
    'libseccomp, seccomp_attr_set(3), SCMP_FLTATR_ACT_BADARCH',
    'SPO v1.0.0, deploy/base-crds/crds/seccompprofile.yaml',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem:
        'run or could run on nodes of an architecture that their profile does not cover',
      pass: 'Every seccomp profile covers the architectures of its nodes.',
      notApplicable: 'No container names a seccomp profile.',
      judge(container) {
        const used = container.used.filter(
          ({ mechanism }) => mechanism === 'seccomp',
        );
        const nodes = container.cluster.nodes.filter(({ name }) =>
          container.candidateNodes.includes(name),
        );
        for (const { profile, content } of used) {
          const seccomp = content?.seccomp;
          if (!seccomp || coversArchitecture(seccomp, '')) {
            continue;
          }
          const uncovered = nodes.filter(node => {
            const architecture = architectureOf(node);
            return (
              architecture !== undefined &&
              !coversArchitecture(seccomp, architecture)
            );
          });
          if (uncovered.length > 0) {
            const missing = [
              ...new Set(
                uncovered.map(node => {
                  const architecture = architectureOf(node) ?? '';
                  return seccompArchitecture(architecture) ?? architecture;
                }),
              ),
            ];
            const running = uncovered.filter(
              ({ name }) => container.facts.nodes[name] > 0,
            );
            const names = nameList(uncovered.map(({ name }) => name));
            const text = `Add ${nameList(missing)} to the architectures of ${
              profile.name
            }: ${container.facts.container.name} ${
              running.length > 0 ? 'runs' : 'could run'
            } on ${names}.`;
            return {
              status: running.length > 0 ? 'fail' : 'warn',
              evidence: uncovered.map(({ name }) =>
                evidenceOf(container, {
                  field: `SeccompProfile ${profile.name} spec.architectures`,
                  value: `${name} is not covered by ${nameList(
                    seccomp.architectures,
                  )}`,
                }),
              ),
              fix: {
                text,
                patch: profilePatch(container, profile, [
                  `architectures: [${[
                    ...seccomp.architectures,
                    ...missing,
                  ].join(', ')}]`,
                ]),
              },
              step: {
                text,
                action: { kind: 'open', ref: `profile:${profile.id}` },
              },
            };
          }
          const silent = nodes.filter(
            node => architectureOf(node) === undefined,
          );
          if (silent.length > 0) {
            return {
              status: 'unknown',
              because: `${nameList(
                silent.map(({ name }) => name),
              )} does not tell its architecture`,
            };
          }
          if (nodes.length === 0) {
            return {
              status: 'unknown',
              because: `no node is known that could run ${container.facts.container.name}`,
            };
          }
        }
        const unresolved = used.find(({ content }) => !content);
        if (unresolved) {
          return {
            status: 'unknown',
            because: `${unresolved.profile.name}: ${unresolved.effective.because}`,
          };
        }
        return { status: used.length > 0 ? 'pass' : 'not-applicable' };
      },
    }),
};

import { BaseDisagreement } from '../../profiles/resolveEffectiveProfile';
import { evidenceOf } from '../judgedEntity';
import { FindingCheck } from './finding';
import { judgeContainers } from './judgeContainers';
import { nameList } from './nameList';

/** What the operator installed is what a profile and its bases say. */
export const profileBaseDisagrees: FindingCheck = {
  id: 'profile-base-disagrees',
  title: 'What the operator installed is what the profile and its bases say',
  severity: 'high',
  weight: {
    points: 10,
    because: 'what is enforced is not what can be read and approved',
  },
  responsible: 'platform',
  meaning:
    "The operator writes the rules that it installs into the profile's annotation syscalls. Where these are others than the profile and its bases give, a base has just changed, the operator doesn't run, or somebody edited the annotation.",
  decidedBy:
    "Warns for a seccomp profile whose annotation syscalls, rule by rule, differs from the union of its own rules and those of its bases. Rules that a base in a registry may have brought are no difference; rules that are missing are. The operator mends the annotation within 30 seconds of a change. A container under such a profile isn't profiled.",
  fix: "See that the operator's daemon runs; it writes the annotation again. If the difference stays, read the events of the profile.",
  sources: [
    'SPO v1.0.0, internal/pkg/daemon/seccompprofile/seccompprofile.go and internal/pkg/util/union_syscalls.go',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem:
        'run under a profile of which the operator says something else than its bases',
      pass: 'Where the operator says what it installed, that is what the profiles and their bases say.',
      notApplicable: 'No container names a seccomp profile.',
      judge(container) {
        const used = container.used.filter(
          ({ mechanism }) => mechanism === 'seccomp',
        );
        for (const { profile, effective } of used) {
          if (effective.disagreement) {
            const text = `Find out why the operator's annotation of ${
              profile.name
            } in ${container.cluster.name} ${inWords(effective.disagreement)}.`;
            return {
              status: 'warn',
              evidence: [
                evidenceOf(container, {
                  field: `SeccompProfile ${profile.name} metadata.annotations.syscalls`,
                  value: inWords(effective.disagreement),
                }),
              ],
              fix: { text },
              step: {
                text,
                action: { kind: 'open', ref: `profile:${profile.id}` },
              },
            };
          }
        }
        const [unresolved] = used.filter(
          ({ effective }) => effective.resolution === 'unresolved',
        );
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

/** As "adds ptrace and lacks read and write (2 calls of the bases)". */
function inWords({ missing, added }: BaseDisagreement): string {
  return [
    ...(added.length > 0
      ? [`has other rules for ${nameList(added)} than the bases`]
      : []),
    ...(missing.length > 0
      ? [`lacks rules of the bases for ${nameList(missing)}`]
      : []),
  ].join(' and ');
}

import { isPinned } from '../../profiles/resolveEffectiveProfile';
import { evidenceOf } from '../judgedEntity';
import { FindingCheck } from './finding';
import { judgeContainers } from './judgeContainers';

/** Every base in a registry is named by digest. */
export const profileBaseUnpinned: FindingCheck = {
  id: 'profile-base-unpinned',
  title: 'Every base in a registry is named by digest',
  severity: 'medium',
  weight: {
    points: 5,
    because: 'whoever may move the tag changes what the kernel enforces',
  },
  responsible: 'owner',
  meaning:
    'Each node pulls a base by itself and keeps it for a day. A tag may be moved, and nodes of other architectures may get other content, so what is enforced changes while the profile stays as it was read and approved.',
  decidedBy:
    'Warns for a seccomp profile whose chain of bases ends at an oci:// reference without @sha256:. Bases in the cluster are read and need no digest.',
  fix: 'Name the base by digest: oci://<repository>@sha256:<digest>.',
  sources: [
    'SPO v1.0.0, internal/pkg/daemon/seccompprofile/seccompprofile.go and internal/pkg/artifact/artifact.go',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'run under a profile with a base that may be moved',
      pass: 'Every base in a registry is named by digest, or there is none.',
      notApplicable: 'No container names a seccomp profile.',
      judge(container) {
        const used = container.used.filter(
          ({ mechanism }) => mechanism === 'seccomp',
        );
        for (const { profile, effective } of used) {
          const { registryBase, bases } = effective;
          if (registryBase !== undefined && !isPinned(registryBase)) {
            // The reference stands in the last object of the chain before it.
            const holder = bases.at(-2) ?? profile.name;
            const text = `Name the base ${registryBase} of ${holder} by digest, as ${withoutTag(
              registryBase,
            )}@sha256:…: the registry's tool shows which digest the tag has now.`;
            return {
              status: 'warn',
              evidence: [
                evidenceOf(container, {
                  field: `SeccompProfile ${holder} spec.baseProfileName`,
                  value: registryBase,
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
        // A chain that ends too early may go on to a registry.
        const broken = used.find(
          ({ effective }) =>
            effective.resolution === 'unresolved' &&
            effective.registryBase === undefined,
        );
        if (broken) {
          return {
            status: 'unknown',
            because: `${broken.profile.name}: ${broken.effective.because}`,
          };
        }
        return { status: used.length > 0 ? 'pass' : 'not-applicable' };
      },
    }),
};

/** `oci://example.org:5000/a` of `oci://example.org:5000/a:v1`. */
function withoutTag(reference: string): string {
  return reference.replace(/:[^:/]*$/, '').replace(/@.*$/, '');
}

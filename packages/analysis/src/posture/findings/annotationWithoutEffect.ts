import { evidenceOf } from '../judgedEntity';
import { FindingCheck } from './finding';
import { judgeContainers } from './judgeContainers';
import { annotationPath } from '../../confinement/fieldPaths';
import { appArmorAnnotation } from '../../confinement/resolveConfinement';

/** No annotation pretends to confine. */
export const annotationWithoutEffect: FindingCheck = {
  id: 'annotation-without-effect',
  title: 'No annotation pretends to confine',
  severity: 'low',
  weight: { points: 3, because: 'it misleads whoever reads the manifest' },
  responsible: 'owner',
  meaning:
    'Kubernetes ignores seccomp annotations since 1.27. Whoever reads them believes in a filter that is not there.',
  decidedBy:
    "Warns for a pod with a seccomp annotation, and for an AppArmor annotation that the container's own field overrules.",
  fix: 'Remove the annotation and set the field of the security context.',
  sources: [
    'Kubernetes documentation, Deprecated AppArmor and seccomp annotations',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'carry an annotation that has no effect',
      pass: 'No annotation pretends to confine.',
      notApplicable: 'No container to judge.',
      judge(container) {
        const { container: declared } = container.facts;
        const { annotations } = declared.pod;
        const own = `${appArmorAnnotation}${declared.name}`;
        const idle = Object.keys(annotations ?? {}).filter(
          key =>
            key === 'seccomp.security.alpha.kubernetes.io/pod' ||
            key ===
              `container.seccomp.security.alpha.kubernetes.io/${declared.name}` ||
            (key === own && declared.securityContext?.appArmorProfile),
        );
        if (idle.length === 0) {
          return { status: 'pass' };
        }
        const text = `Remove the annotation \`${idle[0]}\` from ${container.workload.kind} ${container.workload.name}: it has no effect.`;
        return {
          status: 'warn',
          evidence: idle.map(key =>
            evidenceOf(container, {
              field: annotationPath(container.workload.pathPrefix, key),
              value: annotations?.[key],
            }),
          ),
          fix: { text },
          step: { text },
        };
      },
    }),
};

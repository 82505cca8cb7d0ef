import { timeInWords } from '../../words';
import { evidenceOf, workloadName } from '../judgedEntity';
import { FindingCheck } from './finding';
import { judgeContainers } from './judgeContainers';

/** Every container runs the present content of its profile. */
export const runningOlderRevision: FindingCheck = {
  id: 'running-older-revision',
  title: 'Every container runs the present content of its profile',
  severity: 'medium',
  weight: {
    points: 10,
    because: 'what was approved is not yet what the kernel enforces',
  },
  responsible: 'owner',
  meaning:
    'A container keeps the seccomp filter that it was started with. After a change of the profile, what was approved and what the kernel enforces differ until the next start.',
  decidedBy:
    "Warns for a container that was started before the profile's present content was first seen, while an older one was. AppArmor and SELinux policies hold at once and are not judged.",
  fix: 'Restart the workload, so that its containers start with the present content.',
  sources: [
    'Kubernetes documentation, "Seccomp and Kubernetes"',
    "seccomp(2): a filter can't be removed from a running process",
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'were started before their profile got its present content',
      pass: 'Every container was started with the present content of its profile.',
      notApplicable: 'No running container has a seccomp profile of its own.',
      judge(container) {
        const { revision, confinement, workload } = container;
        if (!revision) {
          return { status: 'not-applicable' };
        }
        if (revision.state === 'present') {
          return { status: 'pass' };
        }
        if (revision.state === 'unknown') {
          return { status: 'unknown', because: revision.because };
        }
        const { profileName, field } = confinement.seccomp;
        const changed = timeInWords(revision.changedBefore);
        const text = `Restart ${workloadName(workload)}: ${
          container.facts.container.name
        } still runs the content that ${profileName} had before ${changed}.`;
        return {
          status: 'warn',
          evidence: [
            evidenceOf(container, {
              field,
              value: `started ${timeInWords(
                revision.startedAt,
              )}, ${profileName} changed by ${changed}`,
            }),
          ],
          fix: { text },
          step: { text },
        };
      },
    }),
};

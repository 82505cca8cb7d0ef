import { annotationPath } from '../../confinement/fieldPaths';
import { expectedRecordings } from '../../confinement/recordings';
import { evidenceOf, workloadName } from '../judgedEntity';
import { FindingCheck } from './finding';
import { clustersPlace, judgeContainers } from './judgeContainers';
import { mechanismNames } from './mechanisms';

/** No container is being recorded. */
export const recordingLive: FindingCheck = {
  id: 'recording-live',
  title: 'No container is being recorded',
  severity: 'high',
  weight: { points: 25, because: 'recorded with Logs, nothing is refused' },
  responsible: 'owner',
  meaning:
    'A container that is recorded with Logs runs under a profile that allows and logs everything: it is unconfined in effect. A recording with Bpf keeps the profile, and keeps the recorder running on the node with far more rights.',
  decidedBy:
    "Fails for a pod with the operator's annotation of a recording with Logs, warns for one with Bpf and for a recording that selects the workload and waits for its next pods.",
  fix: 'Delete the ProfileRecording when it has seen enough, and restart the workload.',
  sources: [
    'kubernetes-sigs/security-profiles-operator v1.0.0, internal/pkg/webhooks/recording/recording.go',
    'kubernetes-sigs/security-profiles-operator issue 2904',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'are being recorded, or will be from their next start on',
      pass: 'No container is being recorded.',
      notApplicable: 'No container to judge.',
      judge(container) {
        const { workload, cluster, recordings } = container;
        const { container: declared } = container.facts;
        const [live] = [...recordings].sort(
          (a, b) => rank(a.recorder) - rank(b.recorder),
        );
        if (live) {
          const text = `Delete ProfileRecording ${live.name} in namespace ${
            workload.namespace
          } of ${clustersPlace} and restart ${workloadName(workload)}: ${
            live.recorder === 'logs'
              ? `until then ${mechanismNames[live.mechanism]} refuses nothing`
              : 'until then its calls are recorded'
          }.`;
          return {
            status: live.recorder === 'logs' ? 'fail' : 'warn',
            evidence: recordings.map(one =>
              evidenceOf(container, {
                field: annotationPath(workload.pathPrefix, one.annotation),
                value: `recording ${one.name} with ${
                  one.recorder === 'logs' ? 'Logs' : 'Bpf'
                }`,
              }),
            ),
            fix: { text },
            step: { text },
          };
        }
        const expected = expectedRecordings(declared, {
          namespace: workload.namespace,
          labels: workload.labels,
          recordings: cluster.recordings ?? [],
          namespaceLabels: cluster.namespaceLabels,
          webhooks: cluster.webhooks,
          ...(cluster.operator?.settings && {
            settings: cluster.operator.settings,
          }),
        });
        if (expected.state === 'unknown') {
          return { status: 'unknown', because: expected.because };
        }
        const [next] = expected.recordings;
        if (next) {
          const text = `Delete ProfileRecording ${next.name} in namespace ${
            workload.namespace
          } of ${clustersPlace}, or expect it to record the next pods of ${workloadName(
            workload,
          )}.`;
          return {
            status: 'warn',
            evidence: [
              evidenceOf(container, {
                field: `ProfileRecording ${next.namespace}/${next.name}`,
                value: `selects the pods of ${workloadName(workload)}`,
              }),
            ],
            fix: { text },
            step: { text },
          };
        }
        return { status: 'pass' };
      },
    }),
};

function rank(recorder: 'logs' | 'bpf'): number {
  return recorder === 'logs' ? 0 : 1;
}

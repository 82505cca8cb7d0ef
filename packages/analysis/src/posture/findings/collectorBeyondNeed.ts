import { looksLikeCollector } from '../../elevation/judgeCollector';
import { evidenceOf } from '../judgedEntity';
import { trustedClass } from '../trustedClass';
import { FindingCheck } from './finding';
import { judgeContainers } from './judgeContainers';
import { nameList } from './nameList';

/** No collector asks for more than its makers do. */
export const collectorBeyondNeed: FindingCheck = {
  id: 'collector-beyond-need',
  title: 'No collector asks for more than its makers have it ask for',
  severity: 'medium',
  weight: {
    points: 8,
    because: 'a collector sees the whole node, so whatever it has more counts',
  },
  responsible: 'owner',
  meaning:
    'An eBPF collector needs much of the kernel by design. What it asks for beyond that is an accident, or a program under its name.',
  decidedBy:
    "Compares a container by its image and name with what the makers of that collector ship. Fails for anything beyond their default and lists only that; warns where they support less than what is asked for, and names the setting; unknown for a container of a collector that is not in the table. An image name is a claim: this explains what is asked for and lowers neither a level nor what an approval takes. Filters (Wasm) inside a proxy or agent add no privilege and are not visible in a pod's spec.",
  fix: "Remove what the makers' own manifests don't ask for, or use the leaner mode that they support.",
  sources: [
    'packages/analysis/src/elevation/collectorBaselines.ts, each baseline with the chart it was read from',
    'capabilities(7): CAP_BPF and CAP_PERFMON since Linux 5.8',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'ask for more than their makers support or need',
      pass: 'No collector asks for more than its makers have it ask for.',
      notApplicable: 'No container is a collector.',
      judge(container) {
        const { collector, facts, elevations } = container;
        const { name } = facts.container;
        if (!collector) {
          return trustedClass(container) === 'ebpf-collector' &&
            looksLikeCollector(elevations)
            ? {
                status: 'unknown',
                because: `${name} is no collector of the table, so its owner has to say what it needs`,
              }
            : { status: 'not-applicable' };
        }
        if (elevations.length === 0) {
          return { status: 'pass' };
        }
        if (collector.verdict === 'beyond-need') {
          const text = `Remove ${nameList(
            collector.extras.map(({ value, field }) =>
              value === 'true' ? field.split('.').at(-1) ?? field : value,
            ),
          )} from ${name}: ${collector.name} is not made to need it.`;
          return {
            status: 'fail',
            evidence: collector.extras.map(({ field, value }) =>
              evidenceOf(container, { field, value }),
            ),
            fix: { text },
            step: { text },
          };
        }
        if (collector.verdict === 'could-be-leaner') {
          const text = `Run ${name} with less: ${collector.how}.`;
          return {
            status: 'warn',
            evidence: elevations
              .filter(({ risk }) => risk === 'critical' || risk === 'high')
              .map(({ field, value }) =>
                evidenceOf(container, { field, value }),
              ),
            fix: { text },
            step: { text },
          };
        }
        return { status: 'pass' };
      },
    }),
};

import { dayInWords } from '../../words';
import { FindingCheck } from './finding';
import { ownerOf } from './judgeClusters';
import { judgeDataplanes } from './judgeDataplanes';

/** The settings of Cilium are live. */
export const ciliumConfigPending: FindingCheck = {
  id: 'cilium-config-pending',
  title: 'The settings of Cilium are live',
  severity: 'low',
  weight: {
    points: 2,
    because: 'what was configured may not be what is enforced',
  },
  responsible: 'cluster',
  meaning:
    'Agents read cilium-config when they start. A setting that was changed later is wanted and not in force, encryption and audit mode among them.',
  decidedBy:
    'Warns when agents run that started before the last change to cilium-config. Unknown where it can not be read.',
  fix: 'Ask who runs the cluster to restart the agents.',
  sources: [
    'cilium/cilium#24772',
    'cilium/cilium#27972',
    'cilium/cilium#34614',
  ],
  judge: entity =>
    judgeDataplanes(entity, {
      field: 'cilium.config',
      pass: 'Every agent started after the last change to the settings.',
      judge({ config, settingsReason }, cluster) {
        if (config.state === 'not-live') {
          const agents =
            config.olderAgents === 1
              ? '1 agent still runs'
              : `${config.olderAgents} agents still run`;
          const since = dayInWords(config.changedAt ?? '');
          return {
            status: 'warn',
            value: `changed on ${since}, ${agents} the old settings`,
            text: `Ask ${ownerOf(cluster)} to restart the agents of Cilium in ${
              cluster.name
            }: the settings changed on ${since} and ${agents} the old ones.`,
          };
        }
        return config.state === 'unknown'
          ? {
              status: 'unknown',
              because:
                settingsReason ?? 'when its settings changed is not known',
            }
          : { status: 'pass' };
      },
    }),
};

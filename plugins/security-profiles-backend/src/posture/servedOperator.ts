import {
  judgeOperator,
  operatorVersion,
  type OperatorFacts,
  type OperatorWebhook,
} from '@security-profiles/analysis';
import type { Cluster } from '@security-profiles/backstage-plugin-security-profiles-common';

type ServedOperator = Omit<Cluster['spo'], 'state' | 'profiles'>;

/** The container that every pod of the operator's daemon has. */
const daemonItself = 'security-profiles-operator';

/** The operator of one cluster as it is served: version, health and switches. */
export function servedOperator(
  facts: OperatorFacts | undefined,
  context: {
    installed: 'yes' | 'no' | 'unknown';
    webhooks?: OperatorWebhook[];
    api?: { version: string; namespaced: 'yes' | 'no' };
  },
): ServedOperator {
  const { state, because, hardening } = judgeOperator(facts, context);
  const version =
    context.installed === 'no'
      ? undefined
      : operatorVersion(facts, context.api);
  const { manager, webhook, daemon } = facts ?? {};
  return {
    version: version?.value ?? null,
    ...(version && { versionFrom: version.from }),
    ...(facts && { namespace: facts.namespace }),
    health: {
      state,
      because,
      ...(manager && {
        manager: { wanted: manager.desired, ready: manager.available },
      }),
      ...(webhook && {
        webhook: { wanted: webhook.desired, ready: webhook.available },
      }),
      ...(daemon && {
        daemon: { wanted: daemon.desired, ready: daemon.ready },
        features: daemon.containers.filter(name => name !== daemonItself),
      }),
    },
    hardening,
  };
}

import type {
  OperatorDaemon,
  OperatorDeployment,
  OperatorSettings,
  OperatorWebhook,
} from '@security-profiles/analysis';
import type { KubernetesObject } from '../../clusters/ClusterSource';
import { projectSelector } from './projectBinding';
import {
  asFlag,
  asInteger,
  asLabels,
  asRecord,
  asRecords,
  asText,
  asTexts,
  withoutUndefined,
} from './readFields';

/** The operator's own workloads, by the names that it gives them. */
export const operatorNames = {
  manager: 'security-profiles-operator',
  webhook: 'security-profiles-operator-webhook',
  daemon: 'spod',
} as const;

/** Keeps of one of the operator's Deployments whether it is up and which version it is. */
export function projectOperatorDeployment(
  object: KubernetesObject,
): OperatorDeployment {
  const spec = asRecord(object.spec) ?? {};
  const status = asRecord(object.status) ?? {};
  const labels = asLabels(object.metadata.labels);
  const [container] = asRecords(
    asRecord(asRecord(spec.template)?.spec)?.containers,
  );
  return withoutUndefined<OperatorDeployment>({
    desired: asInteger(spec.replicas) ?? 1,
    available: asInteger(status.availableReplicas) ?? 0,
    image: asText(container?.image),
    versionLabel: labels['app.kubernetes.io/version'],
    clusterServiceVersion:
      labels['olm.owner.kind'] === 'ClusterServiceVersion'
        ? labels['olm.owner']
        : undefined,
  });
}

/** Keeps of the operator's DaemonSet whether it is up and which features run. */
export function projectOperatorDaemon(
  object: KubernetesObject,
): OperatorDaemon {
  const status = asRecord(object.status) ?? {};
  const template = asRecord(asRecord(object.spec)?.template);
  return {
    desired: asInteger(status.desiredNumberScheduled) ?? 0,
    ready: asInteger(status.numberReady) ?? 0,
    containers: asRecords(asRecord(template?.spec)?.containers)
      .flatMap(container => asText(container.name) ?? [])
      .sort(),
  };
}

/**
 * Keeps of the operator's settings what weakens or hardens it. Fields are grouped since 1.0; before, they stood
 * directly below the spec under the same names.
 */
export function projectOperatorSettings(
  object: KubernetesObject,
): OperatorSettings {
  const spec = asRecord(object.spec) ?? {};
  const group = (name: string) => ({ ...spec, ...asRecord(spec[name]) });
  const [enricher, security] = [group('enricher'), group('security')];
  const selinux = asRecord(spec.selinux) ?? {};
  const webhook = asRecord(spec.webhook) ?? {};
  const syscalls = asTexts(security.allowedSyscalls);
  const actions = asTexts(security.allowedSeccompActions);
  const options = asRecords(webhook.options ?? spec.webhookOptions).map(
    option =>
      withoutUndefined({
        name: asText(option.name) ?? '',
        failurePolicy: asText(option.failurePolicy),
      }),
  );
  return withoutUndefined<OperatorSettings>({
    enableAppArmor: asFlag(spec.enableAppArmor),
    enableInsecureMetricsAccess: asFlag(spec.enableInsecureMetricsAccess),
    enableMemoryOptimization: asFlag(spec.enableMemoryOptimization),
    enableProfiling: asFlag(spec.enableProfiling),
    enableLogEnricher: asFlag(enricher.enableLogEnricher),
    enableBpfRecorder: asFlag(enricher.enableBpfRecorder),
    enableJsonEnricher: asFlag(enricher.enableJsonEnricher),
    allowedIdentityRegexp: asText(security.allowedIdentityRegexp),
    allowedOidcIssuerRegexp: asText(security.allowedOidcIssuerRegexp),
    disableOciArtifactSignatureVerification: asFlag(
      security.disableOciArtifactSignatureVerification,
    ),
    allowedSyscalls: syscalls?.length || undefined,
    allowedSeccompActions: actions?.length ? actions : undefined,
    selinuxEnable: asFlag(selinux.enable) ?? asFlag(spec.enableSelinux),
    enableRawSelinuxProfiles: asFlag(selinux.enableRawSelinuxProfiles),
    allowedSystemProfiles:
      asTexts(asRecord(selinux.options)?.allowedSystemProfiles) ??
      asTexts(asRecord(spec.selinuxOptions)?.allowedSystemProfiles),
    webhookStaticConfig:
      asFlag(webhook.staticConfig) ?? asFlag(spec.staticWebhookConfig),
    webhookOptions: options.length > 0 ? options : undefined,
    state: asText(asRecord(object.status)?.state),
  });
}

/** Keeps of the operator's webhook configuration which pods its webhooks see, and what happens without them. */
export function projectWebhooks(object: KubernetesObject): OperatorWebhook[] {
  return asRecords(object.webhooks).map(webhook =>
    withoutUndefined<OperatorWebhook>({
      name: asText(webhook.name) ?? '',
      failurePolicy: asText(webhook.failurePolicy),
      namespaceSelector: projectSelector(webhook.namespaceSelector),
      objectSelector: projectSelector(webhook.objectSelector),
    }),
  );
}

/** The handler of a RuntimeClass. */
export function projectRuntimeHandler(object: KubernetesObject): string {
  return asText(object.handler) ?? '';
}

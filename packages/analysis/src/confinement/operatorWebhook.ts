import { LabelSelector, matchesSelector } from './labelSelector';

/** One webhook of the operator's MutatingWebhookConfiguration. @public */
export interface OperatorWebhook {
  /** As `binding.spo.io`. */
  name: string;
  failurePolicy?: string;
  namespaceSelector?: LabelSelector;
  objectSelector?: LabelSelector;
}

/** The two webhooks that change pods. @public */
export type PodWebhook = 'binding' | 'recording';

/** Whether a namespace is served by a webhook, and how one would switch it on. */
export type ServedNamespace =
  | { state: 'yes' }
  | { state: 'no'; /** Label key to set. */ label: string }
  | { state: 'unknown'; because: string };

/**
 * Whether one of the operator's webhooks looks at the pods of a namespace.
 *
 * @remarks
 * The label's key decides, its value does not. The selector can be changed in the operator's settings; where the webhook
 * configuration was read, its own selector counts. Source: SPO v1.0.0, internal/pkg/manager/spod/bindata/webhook.go.
 */
export function servedNamespace(
  webhook: PodWebhook,
  options: {
    namespace: string;
    namespaceLabels: Record<string, Record<string, string>> | undefined;
    webhooks: OperatorWebhook[] | undefined;
  },
): ServedNamespace {
  const { namespace, namespaceLabels, webhooks } = options;
  const label = `spo.x-k8s.io/enable-${webhook}`;
  const labels =
    namespaceLabels && Object.hasOwn(namespaceLabels, namespace)
      ? namespaceLabels[namespace]
      : undefined;
  if (!labels) {
    return {
      state: 'unknown',
      because: `the labels of namespace ${namespace} were not read`,
    };
  }
  const configured = webhooks?.find(({ name }) => name === `${webhook}.spo.io`);
  const selector = configured?.namespaceSelector ?? {
    matchExpressions: [{ key: label, operator: 'Exists' }],
  };
  return matchesSelector(labels, selector)
    ? { state: 'yes' }
    : { state: 'no', label: neededLabel(selector) ?? label };
}

/** The one label that a selector asks for, where it asks for one. */
function neededLabel(selector: LabelSelector): string | undefined {
  const [pair] = Object.entries(selector.matchLabels ?? {});
  if (pair) {
    return pair.join('=');
  }
  const wanted = (selector.matchExpressions ?? []).find(
    ({ operator }) => operator === 'Exists' || operator === 'In',
  );
  return wanted && wanted.values?.length
    ? `${wanted.key}=${wanted.values[0]}`
    : wanted?.key;
}

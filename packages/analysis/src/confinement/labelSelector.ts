/** A label selector as Kubernetes has it. @public */
export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

/**
 * Whether labels match a selector; an empty one matches everything. An operator that is not known matches nothing.
 *
 * @remarks Source: Kubernetes, "Labels and Selectors".
 * @public
 */
export function matchesSelector(
  labels: Record<string, string>,
  selector: LabelSelector | undefined,
): boolean {
  const has = (key: string) => Object.hasOwn(labels, key);
  return (
    Object.entries(selector?.matchLabels ?? {}).every(
      ([key, value]) => has(key) && labels[key] === value,
    ) &&
    (selector?.matchExpressions ?? []).every(({ key, operator, values }) => {
      switch (operator) {
        case 'In':
          return has(key) && (values ?? []).includes(labels[key]);
        case 'NotIn':
          return !has(key) || !(values ?? []).includes(labels[key]);
        case 'Exists':
          return has(key);
        case 'DoesNotExist':
          return !has(key);
        default:
          return false;
      }
    })
  );
}

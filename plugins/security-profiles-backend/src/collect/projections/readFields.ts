/**
 * Reading untrusted objects: a field of the wrong type is as good as absent. A cluster's API checks objects against a
 * schema, but a folder of manifests does not, and one odd object must not stop the collection of the others.
 */

/** The value as a plain object, or undefined. */
export function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** The objects among the items of a list; empty when it is no list. */
export function asRecords(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value)
    ? value.flatMap(item => {
        const record = asRecord(item);
        return record ? [record] : [];
      })
    : [];
}

/** The value as text, or undefined. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? storable(value) : undefined;
}

/**
 * PostgreSQL takes no text with a NUL in it: one such value, which a tenant can put into fields that an API server
 * does not check, would keep everything of the same write out of the inventory.
 */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '\ufffd');
}

/** `true` or `false` as given, or undefined. */
export function asFlag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** The value as a safe integer, or undefined. */
export function asInteger(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value)
    ? value
    : undefined;
}

/** The texts among the items of a list, or undefined when it is no list. */
export function asTexts(value: unknown): string[] | undefined {
  return Array.isArray(value)
    ? value.flatMap(item => asText(item) ?? [])
    : undefined;
}

const longestLabelKey = 317;
const longestLabelValue = 63;

/** The entries whose value is text, as labels and annotations are, sorted, so that equal facts have equal JSON. */
export function asTextMap(value: unknown): Record<string, string> {
  const entries = Object.entries(asRecord(value) ?? {}).flatMap(
    ([key, entry]): [string, string][] =>
      typeof entry === 'string' ? [[storable(key), storable(entry)]] : [],
  );
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Labels within the bounds of Kubernetes; others could not have been made by an API server. */
export function asLabels(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(asTextMap(value)).filter(
      ([key, text]) =>
        key.length <= longestLabelKey && text.length <= longestLabelValue,
    ),
  );
}

/** Drops the keys whose value is undefined, so that equal facts have equal JSON. */
export function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined),
  ) as T;
}

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
  // Nearly no text has one, and looking for it is cheaper than replacing nothing.
  return text.includes('\u0000') ? text.replaceAll('\u0000', '\ufffd') : text;
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
  const record = asRecord(value) ?? {};
  const entries: [string, string][] = [];
  for (const key of Object.keys(record).sort()) {
    const entry = record[key];
    if (typeof entry === 'string') {
      entries.push([storable(key), storable(entry)]);
    }
  }
  return Object.fromEntries(entries);
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
  // A loop of its own: this runs some twenty times for each pod.
  const kept: Partial<T> = {};
  for (const key of Object.keys(value) as (keyof T)[]) {
    if (value[key] !== undefined) {
      kept[key] = value[key];
    }
  }
  return kept as T;
}

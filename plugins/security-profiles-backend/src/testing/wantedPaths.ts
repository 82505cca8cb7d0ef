import type { WantedMessage } from '../clusters/kubernetesApi/protobuf/fields';

/** Every path of a table of fields, as `spec.containers[].image`; `labels.*` for a map. */
export function wantedPaths(wanted: WantedMessage, prefix = ''): string[] {
  return wanted.byNumber.flatMap(entry => {
    if (!entry) {
      return [];
    }
    const { name, field } = entry;
    const path = prefix ? `${prefix}.${name}` : name;
    switch (field.type) {
      case 'inline':
        return wantedPaths(field.message, prefix);
      case 'message':
        return [path, ...wantedPaths(field.message, path)];
      case 'messages':
        return [path, ...wantedPaths(field.message, `${path}[]`)];
      case 'textMap':
        return [path, `${path}.*`];
      default:
        return [path];
    }
  });
}

/** The part of an object of JSON that a table of fields names: what decoding has to give. */
export function pickWanted(
  wanted: WantedMessage,
  object: Record<string, unknown>,
): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const entry of wanted.byNumber) {
    if (entry?.field.type === 'inline') {
      Object.assign(picked, pickWanted(entry.field.message, object));
    } else if (entry && object[entry.name] !== undefined) {
      const value = pickValue(entry.field, object[entry.name]);
      if (value !== undefined) {
        picked[entry.name] = value;
      }
    }
  }
  return picked;
}

function pickValue(
  field: NonNullable<WantedMessage['byNumber'][number]>['field'],
  value: unknown,
): unknown {
  if (value === null) {
    return undefined;
  }
  switch (field.type) {
    case 'message':
      return pickWanted(field.message, value as Record<string, unknown>);
    case 'messages':
      return (value as Record<string, unknown>[]).map(item =>
        pickWanted(field.message, item),
      );
    case 'textMap': {
      const entries = Object.entries(value as object).filter(
        ([key]) => field.wanted?.(key) !== false,
      );
      return entries.length > 0 ? Object.fromEntries(entries) : undefined;
    }
    default:
      return value;
  }
}

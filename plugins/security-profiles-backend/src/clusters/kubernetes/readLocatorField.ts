import { InputError } from '@backstage/errors';
import type { ClusterEntry } from '../ClusterAdapter';

/** The flag of a field; false when left out. Throws an `InputError` that names the key for anything else. */
export function readOptionalFlag(entry: ClusterEntry, field: string): boolean {
  try {
    return entry.config.getOptionalBoolean(field) ?? false;
  } catch {
    throw new InputError(`${entry.key}.${field}: expected true or false`);
  }
}

/** The list of texts of a field. Throws an `InputError` that names the key for anything but one or more texts. */
export function readOptionalTexts(
  entry: ClusterEntry,
  field: string,
): string[] | undefined {
  const value = entry.config.getOptional(field);
  if (value === undefined) {
    return undefined;
  }
  const isValid =
    Array.isArray(value) &&
    value.every(each => typeof each === 'string' && each !== '');
  if (!isValid) {
    throw new InputError(`${entry.key}.${field}: expected a list of texts`);
  }
  return value as string[];
}

/** The texts of a field by their names. Throws an `InputError` that names the key, and quotes no value. */
export function readTextMap(
  entry: ClusterEntry,
  field: string,
): Record<string, string> {
  const value = entry.config.getOptional(field) ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new InputError(`${entry.key}.${field}: expected names with texts`);
  }
  for (const [name, text] of Object.entries(value as object)) {
    if (typeof text !== 'string') {
      throw new InputError(
        `${entry.key}.${field}: expected a text for ${JSON.stringify(name)}`,
      );
    }
  }
  return value as Record<string, string>;
}

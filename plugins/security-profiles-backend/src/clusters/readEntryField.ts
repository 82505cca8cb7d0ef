import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import type { ClusterEntry } from './ClusterAdapter';

/** The text of a field of an entry; undefined when left out. Throws an `InputError` for anything but a text. */
export function readOptionalText(
  entry: ClusterEntry,
  field: string,
): string | undefined {
  const value = entry.config.getOptional(field);
  if (value === undefined) {
    return undefined;
  }
  if (typeof value !== 'string' || value.trim() === '') {
    throw new InputError(
      `${entry.key}.${field}: expected a text that is not empty, found ${kindOf(
        value,
      )}`,
    );
  }
  return value;
}

/** The text of a field of an entry. Throws an `InputError` that says what the field is for when it is left out. */
export function readText(
  entry: ClusterEntry,
  field: string,
  meaning: string,
): string {
  const text = readOptionalText(entry, field);
  if (text === undefined) {
    throw new InputError(
      `${entry.key}.${field}: found nothing; expected ${meaning}`,
    );
  }
  return text;
}

/** A configured path as an absolute one: `~` is the home folder, relative paths start at the working directory. */
export function resolvePath(path: string): string {
  return /^~(?=[\\/]|$)/.test(path)
    ? join(homedir(), path.slice(1))
    : resolve(path);
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') {
    return 'an empty text';
  }
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}

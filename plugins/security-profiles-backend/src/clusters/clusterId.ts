import { createHash } from 'node:crypto';

const URL_SAFE = /^[a-z0-9][a-z0-9-]{0,62}$/;

/**
 * The id of a cluster in addresses and keys, stable for a name: the name itself where it is made of small letters,
 * digits and dashes, else a readable part, `~` and a hash that keeps ids of different names apart.
 */
export function clusterId(name: string): string {
  if (URL_SAFE.test(name)) {
    return name;
  }
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 10);
  return `${slug || 'cluster'}~${hash}`;
}

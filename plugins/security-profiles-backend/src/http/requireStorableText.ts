import { RequestError } from './RequestError';

/**
 * Refuses text with the character U+0000, which PostgreSQL stores nowhere and which no name or message has.
 *
 * @throws RequestError that names each field
 */
export function requireStorableText(request: {
  path: unknown;
  query: unknown;
  body: unknown;
}): void {
  const found = Object.entries(request).flatMap(([part, value]) =>
    fieldsWithNul(value, `/${part}`),
  );
  if (found.length > 0) {
    throw new RequestError(
      found.map(field => ({ field, message: 'holds the character U+0000' })),
    );
  }
}

function fieldsWithNul(value: unknown, field: string): string[] {
  if (typeof value === 'string') {
    return value.includes('\u0000') ? [field] : [];
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, entry]) =>
        fieldsWithNul(entry, `${field}/${name}`),
      )
    : [];
}

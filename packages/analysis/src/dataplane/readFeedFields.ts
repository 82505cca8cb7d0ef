/** A feed that can't be used, with the reason in words. */
export class UnusableFeedError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'UnusableFeedError';
  }
}

/** What a feed's entries gave. */
export interface FeedContent<T> {
  /** Day or time of the newest fact, or when the source was made. */
  asOf: string;
  items: T[];
  /** Entries that were left out, with the reason; at most 20. */
  skipped: string[];
}

const mostSkipped = 20;

/** Collects what is left out of a feed. */
export class Skipped {
  readonly reasons: string[] = [];

  add(what: string, why: string): void {
    if (this.reasons.length < mostSkipped) {
      this.reasons.push(`${what.slice(0, 100)}: ${why}`);
    }
  }
}

/** The value as a plain object, or undefined. */
export function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** The objects among the items of a list; empty when it is no list. */
export function asObjects(value: unknown): Record<string, unknown>[] {
  const items: unknown[] = Array.isArray(value) ? value : [];
  return items.flatMap(item => {
    const object = asObject(item);
    return object ? [object] : [];
  });
}

/** Short text, or undefined: what is longer is no name, date or version. */
export function asShortText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 1000
    ? value.replaceAll('\u0000', '\ufffd')
    : undefined;
}

/** Cilium's first commit was in 2015; a day of tolerance for clocks that differ. */
const firstDay = '2015-01-01';
const dayMilliseconds = 24 * 60 * 60_000;

/** A day or time that can be true; undefined for what is none, too old, or still to come. */
export function asPastDate(value: unknown, now: string): string | undefined {
  const text = asShortText(value);
  if (
    text === undefined ||
    !/^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/.test(text)
  ) {
    return undefined;
  }
  const time = Date.parse(text);
  return !Number.isNaN(time) &&
    text >= firstDay &&
    time <= Date.parse(now) + dayMilliseconds
    ? text
    : undefined;
}

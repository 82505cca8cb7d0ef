/** How old the data is that verdicts rest on. @public */
export interface FeedAge {
  /** `old`: newer releases or advisories may exist. */
  state: 'fresh' | 'old' | 'none';
  asOf?: string;
  days?: number;
}

/** Patches come monthly: data older than this has most likely missed one. */
export const freshDays = 45;

const day = 24 * 60 * 60_000;

/** Age of a feed by the day of its newest fact. */
export function feedAge(asOf: string | undefined, now: string): FeedAge {
  const time = Date.parse(asOf ?? '');
  if (Number.isNaN(time)) {
    return { state: 'none' };
  }
  const days = Math.max(0, Math.floor((Date.parse(now) - time) / day));
  return { state: days > freshDays ? 'old' : 'fresh', asOf, days };
}

/** When data of a day becomes old. */
export function oldFrom(asOf: string): string | undefined {
  const time = Date.parse(asOf);
  return Number.isNaN(time)
    ? undefined
    : new Date(time + (freshDays + 1) * day).toISOString();
}

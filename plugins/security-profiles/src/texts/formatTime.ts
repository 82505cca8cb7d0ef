import type { Texts } from './useTexts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in one unit, as "40 s", "3 min", "2 h" or "68 days". */
export function formatAge(texts: Texts, milliseconds: number): string {
  const age = Math.max(0, milliseconds);
  if (age < MINUTE) {
    return texts.t('age.seconds', { count: Math.floor(age / SECOND) });
  }
  if (age < HOUR) {
    return texts.t('age.minutes', { count: Math.floor(age / MINUTE) });
  }
  if (age < DAY) {
    return texts.t('age.hours', { count: Math.floor(age / HOUR) });
  }
  return texts.t('age.days', { count: Math.floor(age / DAY) });
}

/** A day, as "7 Dec"; with the year when it is another year than now's. */
export function formatDate(texts: Texts, iso: string, now: number): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) {
    return iso;
  }
  // A bare day has no zone: read in the viewer's it could become the day before.
  const timeZone = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? 'UTC' : undefined;
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(texts.locale, {
    day: 'numeric',
    month: 'short',
    year: sameYear ? undefined : 'numeric',
    timeZone,
  }).format(date);
}

/** A moment: "09:12" within 24 hours of now, else the day. */
export function formatMoment(texts: Texts, iso: string, now: number): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) {
    return iso;
  }
  if (Math.abs(now - date.getTime()) >= DAY) {
    return formatDate(texts, iso, now);
  }
  return new Intl.DateTimeFormat(texts.locale, {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(date);
}

/** A list of names with the language's commas, as "prod-eu, prod-us". */
export function formatList(names: readonly string[]): string {
  return names.join(', ');
}

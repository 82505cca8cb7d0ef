const durationPattern =
  /^P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})S)?)?$/;

const unitsInSeconds = [7 * 24 * 3600, 24 * 3600, 3600, 60, 1];

/** Last instant that an ISO time can name in JavaScript. */
const latestTime = 8.64e15;

/**
 * Length of an ISO 8601 duration; undefined where it can't be read. Years and months have no fixed length and are not
 * read.
 */
export function durationInMilliseconds(duration: string): number | undefined {
  const units = durationPattern.exec(duration)?.slice(1);
  if (!units?.some(unit => unit !== undefined)) {
    return undefined;
  }
  return units.reduce(
    (sum, unit, index) =>
      sum + Number(unit ?? 0) * unitsInSeconds[index] * 1000,
    0,
  );
}

/** Whether an end has come: at its exact millisecond it has. An end that can't be read has come, so that nothing lasts for ever by mistake. */
export function hasEnded(end: string, now: string): boolean {
  return !(Date.parse(now) < Date.parse(end));
}

/** A time after a time. Where either can't be read, the start itself: it lasts for no time. */
export function endOf(start: string, duration: string): string {
  const end = Date.parse(start) + (durationInMilliseconds(duration) ?? NaN);
  return Math.abs(end) <= latestTime ? new Date(end).toISOString() : start;
}

/** The earlier of two ends; one that can't be read is no end. */
export function earlierEnd(end: string, other: string | undefined): string {
  return other !== undefined && Date.parse(other) < Date.parse(end)
    ? other
    : end;
}

/** The time at which a part of a life has passed, in percent. Where either end can't be read, the end. */
export function partOfLife(
  start: string,
  end: string,
  percent: number,
): string {
  const [from, to] = [Date.parse(start), Date.parse(end)];
  return Number.isNaN(from) || Number.isNaN(to)
    ? end
    : new Date(from + Math.floor(((to - from) * percent) / 100)).toISOString();
}

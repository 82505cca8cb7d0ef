/** The first eight digits of a digest, by which people compare it. */
export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 8);
}

/** A time for a message: `2026-11-23 09:31 UTC`; as it came where it can't be read. */
export function timeInWords(time: string): string {
  const milliseconds = Date.parse(time);
  return Number.isNaN(milliseconds)
    ? time
    : `${new Date(milliseconds)
        .toISOString()
        .slice(0, 16)
        .replace('T', ' ')} UTC`;
}

/** The name in a ref, by which people know each other. */
export function nameInRef(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A day for a sentence: `3 February 2026`; as it came where it can't be read. */
export function dayInWords(day: string): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})/.exec(day) ?? [];
  const name = months[Number(month) - 1];
  return name === undefined ? day : `${Number(date)} ${name} ${year}`;
}

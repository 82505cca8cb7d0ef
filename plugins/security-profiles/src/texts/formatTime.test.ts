import { formatAge, formatDate, formatMoment } from './formatTime';
import type { Texts } from './useTexts';

const texts: Texts = {
  t: (key, params) => `${params?.count} ${key.split('.')[1]}`,
  maybe: () => undefined,
  locale: 'en-GB',
};
const now = Date.parse('2026-11-23T09:30:00Z');

describe('formatAge', () => {
  it.each([
    [-5_000, '0 seconds'],
    [0, '0 seconds'],
    [40_000, '40 seconds'],
    [60_000, '1 minutes'],
    [2 * 3_600_000, '2 hours'],
    [68 * 86_400_000, '68 days'],
  ])('writes %d ms as %s', (age, expected) => {
    expect(formatAge(texts, age)).toBe(expected);
  });
});

describe('formatDate', () => {
  it('leaves the year out when it is this year', () => {
    expect(formatDate(texts, '2026-12-07', now)).toBe('7 Dec');
  });

  it('writes the year when it is another', () => {
    expect(formatDate(texts, '2025-02-03', now)).toBe('3 Feb 2025');
  });

  it('keeps text that is no date', () => {
    expect(formatDate(texts, 'soon', now)).toBe('soon');
  });
});

describe('formatMoment', () => {
  it('writes the hour within a day', () => {
    expect(formatMoment(texts, '2026-11-23T09:12:00Z', now)).toMatch(
      /^\d{2}:12$/,
    );
  });

  it('writes the day for what is older', () => {
    expect(formatMoment(texts, '2026-11-20T09:12:00Z', now)).toBe('20 Nov');
  });
});

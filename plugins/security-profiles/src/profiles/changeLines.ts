import type {
  ComparisonLine,
  RevisionComparison,
} from '@security-profiles/backstage-plugin-security-profiles-common';

/** What changed in the same way, in the same group and from the same source: one line for a reader. */
export interface ChangeLine {
  id: string;
  direction: string;
  /** `none` where nothing speaks against it. */
  risk: string;
  group: string | undefined;
  before: string | undefined;
  after: string | undefined;
  /** The base that brought it; undefined for an own rule. */
  broughtBy: string | undefined;
  /** Why it matters; one sentence per subject where they differ. */
  because: string[];
  subjects: string[];
}

/** The lines of a comparison, by what they mean for who has to agree. */
export interface ChangeLines {
  wider: ChangeLine[];
  /** Neither wider nor narrower, or not to be told. */
  changed: ChangeLine[];
  narrower: ChangeLine[];
}

function merge(lines: readonly ComparisonLine[]): ChangeLine[] {
  const merged = new Map<string, ChangeLine>();
  for (const line of lines) {
    const { direction, risk, subject, before, after, group } = line;
    const { because, broughtBy } = line;
    const id = JSON.stringify([
      direction,
      risk,
      group,
      before,
      after,
      broughtBy,
    ]);
    const same = merged.get(id);
    if (!same) {
      merged.set(id, {
        id,
        direction,
        risk,
        group,
        before,
        after,
        broughtBy,
        because: because === undefined ? [] : [because],
        subjects: [subject],
      });
      continue;
    }
    if (!same.subjects.includes(subject)) {
      same.subjects.push(subject);
    }
    if (because !== undefined && !same.because.includes(because)) {
      same.because.push(because);
    }
  }
  return [...merged.values()];
}

/** Puts the lines of a comparison together, in the order in which the server ranks them. */
export function changeLines(
  comparison: Pick<RevisionComparison, 'lines'>,
): ChangeLines {
  const { lines } = comparison;
  return {
    wider: merge(lines.filter(({ direction }) => direction === 'wider')),
    // A direction of a newer server is read, not dropped.
    changed: merge(
      lines.filter(
        ({ direction }) => direction !== 'wider' && direction !== 'narrower',
      ),
    ),
    narrower: merge(lines.filter(({ direction }) => direction === 'narrower')),
  };
}

const SIGNS: Record<string, string> = { wider: '+', narrower: '−' };

/** The sign before a line. */
export function signOf(direction: string): string {
  return SIGNS[direction] ?? '~';
}

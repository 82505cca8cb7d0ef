import { Level } from './posture';

/** Worst first. Missing facts can't make an exposed entity better, and never count as baseline. */
const ladder: Level[] = [
  'exposed',
  'unknown',
  'accepted',
  'baseline',
  'profiled',
];

/** The worst of several levels; `unknown` for none. */
export function worstLevel(levels: Iterable<Level>): Level {
  const found = new Set(levels);
  return ladder.find(level => found.has(level)) ?? 'unknown';
}

/** The best of several levels; `unknown` for none. */
export function bestLevel(levels: Iterable<Level>): Level {
  const found = new Set(levels);
  return ladder.findLast(level => found.has(level)) ?? 'unknown';
}

/** Whether a level is at least as good as a target. */
export function reaches(
  level: Level,
  target: 'baseline' | 'profiled',
): 'yes' | 'no' | 'unknown' {
  if (level === 'unknown') {
    return 'unknown';
  }
  // An accepted exposure is what the environment has agreed to, so it is at baseline's place and not above.
  const rungs: Level[] =
    target === 'profiled' ? ['profiled'] : ['accepted', 'baseline', 'profiled'];
  return rungs.includes(level) ? 'yes' : 'no';
}

import type { Risk } from '../risk/risk';

/**
 * How one revision stands to another. `narrower` and `wider` are about what is permitted; `mode-relaxed` about a profile
 * that no longer enforces it or allows by default; `cosmetic` when only the writing differs.
 *
 * @public
 */
export type ChangeClass =
  | 'identical'
  | 'cosmetic'
  | 'narrower'
  | 'wider'
  | 'mode-relaxed'
  | 'incomparable';

/** One difference between two revisions. @public */
export interface ComparisonLine {
  /** `changed`: neither wider nor narrower, or not to be told. */
  direction: 'wider' | 'narrower' | 'changed';
  /** What a widening gives away; `none` where nothing more is permitted. */
  risk: Risk | 'none';
  /** The syscall, path, capability, `type:class:permission` or field. */
  subject: string;
  before?: string;
  after?: string;
  /** Id of a group of syscalls, or what the subject is, as `files`. */
  group?: string;
  /** One line of why it matters. */
  because?: string;
  /** The base that brought what is new, or had brought what is gone; absent for the profile's own. */
  broughtBy?: string;
  /** Of a syscall: whether a container without added capabilities may make it under RuntimeDefault. */
  runtimeDefault?: 'beyond' | 'within';
}

/** A line with what decides the class of the whole. */
export interface ClassifiedLine extends ComparisonLine {
  /** What decides whether anything is enforced at all. */
  about: 'mode' | 'content';
}

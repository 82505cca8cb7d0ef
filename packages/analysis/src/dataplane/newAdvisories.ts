import type { AdvisoryVerdict } from './judgeAdvisory';

/**
 * Advisories that apply to a cluster now and were not noted for it before.
 *
 * @remarks
 * Only what applies as a fact: `applies-if` and `unknown` are to be looked at, and nobody is woken for them.
 *
 * @public
 */
export function newAdvisories(
  advisories: readonly AdvisoryVerdict[],
  noted: ReadonlySet<string>,
): AdvisoryVerdict[] {
  return advisories.filter(
    ({ id, verdict }) => verdict === 'applies' && !noted.has(id),
  );
}

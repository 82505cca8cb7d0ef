/**
 * What has to hold in a cluster for an advisory to reach it. `object` names what settings don't tell; `component` is a
 * part of Cilium that may not be deployed.
 *
 * @public
 */
export type AdvisoryCondition =
  | { setting: string; is: string }
  | { setting: string; isNot: string }
  | { component: string }
  | { object: string }
  | { all: AdvisoryCondition[] }
  | { any: AdvisoryCondition[] };

/** Versions from the first affected one on. @public */
export interface AffectedRange {
  introduced: string;
  /** First good version. */
  fixed?: string;
  /** Where the source names the last affected version and no good one. */
  lastAffected?: string;
}

/** One security advisory of Cilium. @public */
export interface CiliumAdvisory {
  /** GHSA id where there is one. */
  id: string;
  /** CVE and other ids. */
  aliases: string[];
  severity: 'low' | 'medium' | 'high' | 'critical' | 'unknown';
  title: string;
  /** Day, or month where the day is not known. */
  published?: string;
  /**
   * `[introduced, fixed)`; `0` from the start, no `fixed` where nothing is fixed. `unknown` where the range is not one
   * that can be read.
   */
  ranges: AffectedRange[] | 'unknown';
  /** `one-branch`: only the branches in the ranges are documented, of others nothing is known. */
  documented: 'every-branch' | 'one-branch';
  /** The condition in words, as the source has it. */
  requires?: string;
  condition?: AdvisoryCondition;
  url?: string;
  /** Where these facts come from. */
  source?: string;
}

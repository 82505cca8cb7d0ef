import {
  capabilitiesOf,
  distanceFromRuntimeDefault,
  type IndexedProfile,
  profileContent,
  type ProfileContent,
  type ProfileIndex,
  profileMode,
  resolveEffectiveProfile,
  sourceDigest,
} from '@security-profiles/analysis';
import type { DbProfilesRow } from '../database/tables';
import { packContent } from '../facts/profileContents';

/** What follows from a profile's object and its bases. */
export type DerivedColumns = Pick<
  DbProfilesRow,
  | 'mode'
  | 'default_action'
  | 'source_digest'
  | 'effective_digest'
  | 'resolution'
  | 'because'
  | 'bases'
  | 'allows'
  | 'content_hash'
  | 'allows_rank'
  | 'beyond_calls'
  | 'beyond_rank'
  | 'worst_risk'
>;

/** The columns, and the content that the hash among them stands for. */
export interface DerivedProfile {
  columns: DerivedColumns;
  content?: string;
}

/** Ranks to sort by: more than any profile can name, and less than none. */
const everything = 1_000_000;
const notKnown = -1;

/** Works out digests, mode, what it allows and how far that goes beyond RuntimeDefault. */
export function deriveProfile(
  profile: IndexedProfile,
  index: ProfileIndex,
): DerivedProfile {
  const effective = resolveEffectiveProfile(profile, index);
  const content = profileContent(profile, effective);
  const packed = content && packContent(content);
  const spec = profile.spec as { defaultAction?: unknown } | undefined;
  return {
    content: packed?.text,
    columns: {
      mode: profileMode(profile),
      default_action:
        typeof spec?.defaultAction === 'string'
          ? withoutNul(spec.defaultAction).slice(0, 32)
          : null,
      source_digest: sourceDigest(profile),
      effective_digest: effective.effectiveDigest,
      resolution: effective.resolution,
      because:
        effective.because === undefined ? null : withoutNul(effective.because),
      bases: JSON.stringify(effective.bases),
      allows: effective.allows,
      content_hash: packed?.hash ?? null,
      ...rankColumns(content, effective.allows),
    },
  };
}

function rankColumns(
  content: ProfileContent | undefined,
  allows: number | null,
): Pick<
  DbProfilesRow,
  'allows_rank' | 'beyond_calls' | 'beyond_rank' | 'worst_risk'
> {
  const seccomp = content?.seccomp;
  if (!seccomp) {
    return {
      allows_rank: notKnown,
      beyond_calls: null,
      beyond_rank: notKnown,
      worst_risk: null,
    };
  }
  const { beyond } = distanceFromRuntimeDefault(content, {
    capabilities: capabilitiesOf(undefined),
  });
  // One that allows by default has no number: it allows what nobody has listed.
  const unlimited = ['SCMP_ACT_ALLOW', 'SCMP_ACT_LOG'].includes(
    seccomp.defaultAction,
  );
  return {
    allows_rank: unlimited ? everything : allows ?? notKnown,
    beyond_calls: unlimited ? null : beyond.length,
    beyond_rank: unlimited ? everything : beyond.length,
    // The riskiest comes first.
    worst_risk: beyond.at(0)?.risk ?? null,
  };
}

/** PostgreSQL takes no text with a NUL in it, and a spec may hold any text. */
function withoutNul(text: string): string {
  return text.replaceAll('\u0000', '\ufffd');
}

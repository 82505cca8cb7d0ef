import {
  type IndexedProfile,
  listCalls,
  type ProfileContent,
  type ProfileIndex,
} from '@security-profiles/analysis';
import type { ProfileDetail } from '@security-profiles/backstage-plugin-security-profiles-common';

type ProfileBase = ProfileDetail['chain'][number];

const pinnedReference = /@sha256:[0-9a-f]{64}$/;

/**
 * From the root of the bases to the profile itself, with how many of the allowed calls each brought: a call counts for
 * the profile that has it nearest to the profile itself.
 */
export function profileChain(
  profile: IndexedProfile,
  options: {
    /** Nearest first. */
    bases: readonly string[];
    index: ProfileIndex;
    /** Undefined where it is not known. */
    content: ProfileContent | undefined;
    distance: ProfileDetail['distance'];
    /** Ids of profiles that the caller may read. */
    readable: ReadonlySet<string>;
  },
): ProfileBase[] {
  const { bases, index, readable } = options;
  const calls = options.content?.seccomp
    ? listCalls(options.content)
    : undefined;
  const beyond = options.distance?.beyond.groups.flatMap(group => group.calls);
  const brought = (base: string | undefined) => ({
    brought: count(calls, base),
    broughtBeyond: count(beyond, base),
  });
  const chain = bases.map((name): ProfileBase => {
    if (name.startsWith('oci://')) {
      const pinned = pinnedReference.test(name);
      return { name, from: 'registry', pinned, ...brought(name) };
    }
    const base = index.byName(profile.kind, name, profile.namespace);
    return {
      name,
      from: base ? 'cluster' : 'missing',
      ...(base && readable.has(base.id) ? { profileId: base.id } : {}),
      ...brought(name),
    };
  });
  return [
    ...chain.reverse(),
    {
      name: profile.name,
      from: 'own',
      profileId: profile.id,
      ...brought(undefined),
    },
  ];
}

function count(
  calls: readonly { broughtBy?: string }[] | undefined,
  base: string | undefined,
): number | null {
  return calls
    ? calls.filter(({ broughtBy }) => broughtBy === base).length
    : null;
}

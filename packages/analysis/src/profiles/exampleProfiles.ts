import { ProfileContent, profileContent } from './profileContent';
import { indexProfiles, IndexedProfile } from './profileIndex';
import { resolveEffectiveProfile } from './resolveEffectiveProfile';

/** A rule for tests. */
export interface ExampleRule {
  names: string[];
  action: string;
  errnoRet?: number;
  args?: unknown[];
}

/** A profile for tests: a SeccompProfile of version v1 unless said otherwise. */
export function exampleObject(
  spec: unknown,
  overrides: Partial<IndexedProfile> = {},
): IndexedProfile {
  const name = overrides.name ?? 'payments';
  return {
    id: `id-${name}`,
    kind: 'SeccompProfile',
    version: 'v1',
    name,
    uid: `uid-${name}`,
    spec,
    ...overrides,
  };
}

/** A rule that allows calls. */
export function allowing(...names: string[]): ExampleRule {
  return { names, action: 'SCMP_ACT_ALLOW' };
}

/** The spec of a SeccompProfile that denies by default. */
export function seccompSpec(syscalls: ExampleRule[], rest: object = {}) {
  return { defaultAction: 'SCMP_ACT_ERRNO', syscalls, ...rest };
}

/** What a profile enforces in a cluster with these others; fails the test where it is unresolved. */
export function contentOf(
  profile: IndexedProfile,
  ...others: IndexedProfile[]
): ProfileContent {
  const effective = resolveEffectiveProfile(
    profile,
    indexProfiles([profile, ...others]),
  );
  const content = profileContent(profile, effective);
  if (!content) {
    throw new Error(`${profile.name} is unresolved: ${effective.because}`);
  }
  return content;
}

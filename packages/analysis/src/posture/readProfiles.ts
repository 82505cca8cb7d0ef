import { capabilitiesOf } from '../confinement/capabilities';
import { architectureOf, NodeFacts } from '../confinement/couldRunOn';
import { DeclaredContainer } from '../confinement/podSecurity';
import {
  BeyondCall,
  byRiskGroupAndName,
  distanceFromRuntimeDefault,
} from '../profiles/distanceFromRuntimeDefault';
import { isOlderKernel } from '../profiles/kernelVersion';
import { ProfileContent, profileContent } from '../profiles/profileContent';
import { IndexedProfile, ProfileIndex } from '../profiles/profileIndex';
import {
  EffectiveProfile,
  resolveEffectiveProfile,
} from '../profiles/resolveEffectiveProfile';

/** What a profile comes to for one container. */
export interface ReadProfile {
  effective: EffectiveProfile;
  content?: ProfileContent;
  beyond: BeyondCall[];
}

/** The profiles of one cluster, each resolved and compared once however many containers name it. */
export interface ProfileReader {
  read(
    profile: IndexedProfile,
    container: DeclaredContainer,
    nodes: readonly NodeFacts[],
  ): ReadProfile;
}

/** Makes the reader of one cluster's profiles for one assessment. */
export function profileReader(index: ProfileIndex): ProfileReader {
  const resolved = new Map<string, Omit<ReadProfile, 'beyond'>>();
  const distances = new Map<string, BeyondCall[]>();
  return {
    read(profile, container, nodes) {
      const known = resolved.get(profile.id) ?? resolve(profile, index);
      resolved.set(profile.id, known);
      const { content } = known;
      if (!content?.seccomp) {
        return { ...known, beyond: [] };
      }
      const capabilities = [...capabilitiesOf(container.securityContext)];
      const platforms = platformsOf(nodes);
      const key = JSON.stringify([profile.id, capabilities, platforms]);
      const beyond =
        distances.get(key) ??
        beyondOnAny(content, new Set(capabilities), platforms);
      distances.set(key, beyond);
      return { ...known, beyond };
    },
  };
}

function resolve(
  profile: IndexedProfile,
  index: ProfileIndex,
): Omit<ReadProfile, 'beyond'> {
  const effective = resolveEffectiveProfile(profile, index);
  const content = profileContent(profile, effective);
  return { effective, ...(content && { content }) };
}

interface Platform {
  architecture?: string;
  kernel?: string;
}

/** Of each architecture the oldest kernel, which allows least; what no node tells is left open. */
function platformsOf(nodes: readonly NodeFacts[]): Platform[] {
  const oldest = new Map<string | undefined, Platform>();
  for (const node of nodes) {
    const architecture = architectureOf(node);
    const held = oldest.get(architecture);
    const { kernel } = node;
    if (
      !held ||
      (kernel !== undefined &&
        (held.kernel === undefined || isOlderKernel(kernel, held.kernel)))
    ) {
      oldest.set(architecture, {
        ...(architecture !== undefined && { architecture }),
        ...(kernel !== undefined && { kernel }),
      });
    }
  }
  return oldest.size > 0 ? [...oldest.values()] : [{}];
}

function beyondOnAny(
  content: ProfileContent,
  capabilities: ReadonlySet<string>,
  platforms: readonly Platform[],
): BeyondCall[] {
  const [first, ...others] = platforms.map(
    platform =>
      distanceFromRuntimeDefault(content, { capabilities, ...platform }).beyond,
  );
  const beyond = [...first];
  const names = new Set(beyond.map(({ name }) => name));
  for (const call of others.flat()) {
    if (!names.has(call.name)) {
      names.add(call.name);
      beyond.push(call);
    }
  }
  return others.length > 0 ? beyond.sort(byRiskGroupAndName) : beyond;
}

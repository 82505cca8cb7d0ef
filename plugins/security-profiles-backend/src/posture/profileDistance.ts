import {
  capabilitiesOf,
  distanceFromRuntimeDefault,
  listCalls,
  type ProfileContent,
  syscallGroups,
  syscallRisk,
} from '@security-profiles/analysis';
import type {
  ProfileCall,
  ProfileCallGroups,
  ProfileDetail,
} from '@security-profiles/backstage-plugin-security-profiles-common';

/** Most calls of one group that an answer names; there are a few hundred in all, but a profile may name anything. */
const callsShown = 500;

/**
 * What a seccomp profile allows by risk group, beyond and within RuntimeDefault, and what it denies that RuntimeDefault
 * allows. Null for other kinds.
 */
export function profileDistance(
  content: ProfileContent,
): NonNullable<ProfileDetail['distance']> | null {
  if (!content.seccomp) {
    return null;
  }
  const capabilities = capabilitiesOf(undefined);
  const distance = distanceFromRuntimeDefault(content, { capabilities });
  const listed = new Map(listCalls(content).map(call => [call.name, call]));
  // One that is left to the default action stands in no rule.
  const callOf = (name: string): ProfileCall =>
    listed.get(name) ?? { name, action: content.seccomp?.defaultAction ?? '' };
  const refusals = new Map(
    content.seccomp.rules.map(({ name, action }) => [name, action]),
  );
  return {
    baseline: distance.baseline,
    capabilities: [...capabilities].sort(),
    beyond: inGroups(
      distance.beyond.map(({ name, risk, because, args }) => ({
        ...callOf(name),
        risk,
        because,
        ...(args === undefined ? {} : { runtimeDefault: args }),
      })),
    ),
    within: inGroups(distance.within.map(callOf)),
    denied: inGroups(
      distance.denied.map(name => ({
        name,
        action: refusals.get(name) ?? content.seccomp?.defaultAction ?? '',
      })),
    ),
  };
}

/** Groups with calls in them, in the order in which a reviewer wants them. */
function inGroups(calls: ProfileCall[]): ProfileCallGroups {
  const byGroup = new Map<string, ProfileCall[]>();
  for (const call of calls) {
    const { group } = syscallRisk(call.name);
    const held = byGroup.get(group) ?? [];
    held.push(call);
    byGroup.set(group, held);
  }
  return {
    total: calls.length,
    groups: syscallGroups.flatMap(group => {
      const found = byGroup.get(group.id) ?? [];
      return found.length === 0
        ? []
        : [
            {
              ...group,
              total: found.length,
              calls: found.slice(0, callsShown),
            },
          ];
    }),
  };
}

import { BeyondCall } from '../profiles/distanceFromRuntimeDefault';
import { syscallGroups } from '../profiles/syscallGroups';
import type { Risk } from '../risk/risk';
import { Elevation } from './listElevations';

const order: Risk[] = ['critical', 'high', 'medium', 'low'];

/**
 * Calls beyond RuntimeDefault as elevations, one for each group of calls, riskiest first.
 *
 * @remarks
 * At most of high risk: without the capability that RuntimeDefault would ask for, the kernel itself refuses most of what
 * such a call could do.
 * @param beyond - as from `distanceFromRuntimeDefault`
 * @param field - of the setting that names the profile
 * @public
 */
export function syscallElevations(
  beyond: readonly Pick<BeyondCall, 'name' | 'group' | 'risk'>[],
  field: string,
): Elevation[] {
  const byGroup = new Map<string, { names: Set<string>; risk: Risk }>();
  for (const { name, group, risk } of beyond) {
    const known = byGroup.get(group) ?? { names: new Set(), risk: 'low' };
    byGroup.set(group, {
      names: known.names.add(name),
      risk: riskier(known.risk, risk === 'critical' ? 'high' : risk),
    });
  }
  return [...byGroup]
    .map(([id, { names: distinct, risk }]) => {
      const names = [...distinct].sort();
      const group = syscallGroups.find(one => one.id === id);
      return {
        id: `syscalls-${id}`,
        field,
        value: names.join(', '),
        risk,
        because: `its profile allows what RuntimeDefault refuses it: ${
          group?.because ?? 'calls of no known group'
        }`,
        syscalls: names,
      };
    })
    .sort((a, b) => order.indexOf(a.risk) - order.indexOf(b.risk));
}

function riskier(a: Risk, b: Risk): Risk {
  return order.indexOf(a) <= order.indexOf(b) ? a : b;
}

import { compareCodeUnits } from './canonicalJson';
import { distanceFromRuntimeDefault } from './distanceFromRuntimeDefault';
import type { EffectiveRule } from './resolveEffectiveProfile';

/**
 * Names of the calls that rules let through and RuntimeDefault would not, sorted; see
 * {@link distanceFromRuntimeDefault} for what they give away.
 *
 * @param rules - of a profile that denies by default
 * @param capabilities - without prefix, as from `capabilitiesOf`; `ALL` stands for every one
 * @public
 */
export function beyondRuntimeDefault(
  rules: readonly EffectiveRule[],
  capabilities: ReadonlySet<string>,
): string[] {
  return distanceFromRuntimeDefault(
    {
      schema: 'sp-content/1',
      kind: 'SeccompProfile',
      state: 'Enabled',
      mode: 'enforcing',
      seccomp: {
        defaultAction: 'SCMP_ACT_ERRNO',
        architectures: [],
        flags: [],
        rules: [...rules],
      },
    },
    { capabilities },
  )
    .beyond.map(({ name }) => name)
    .sort(compareCodeUnits);
}

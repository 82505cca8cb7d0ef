import { compareCodeUnits } from './canonicalJson';
import type { EffectiveRule } from './resolveEffectiveProfile';
import { allowedForAll, allowedWithCapability } from './runtimeDefaultSyscalls';

/** Actions under which a call is made, at once or when something outside agrees. */
const letsThrough = new Set([
  'SCMP_ACT_ALLOW',
  'SCMP_ACT_LOG',
  'SCMP_ACT_TRACE',
  'SCMP_ACT_NOTIFY',
]);

/**
 * The calls that rules allow and RuntimeDefault would not allow a container with these capabilities, sorted.
 *
 * @remarks
 * Names only: a rule that allows `socket`, `clone` or `personality` without RuntimeDefault's limits on their arguments
 * is wider too, but nearly every profile does that, so it is not counted here. A name that RuntimeDefault doesn't list
 * counts as beyond it.
 * @param capabilities - without prefix, as from `capabilitiesOf`; `ALL` stands for every one
 * @public
 */
export function beyondRuntimeDefault(
  rules: readonly EffectiveRule[],
  capabilities: ReadonlySet<string>,
): string[] {
  const opened = new Set<string>();
  for (const [capability, names] of Object.entries(allowedWithCapability)) {
    if (capabilities.has('ALL') || capabilities.has(capability)) {
      for (const name of names) {
        opened.add(name);
      }
    }
  }
  const beyond = new Set<string>();
  for (const { name, action } of rules) {
    if (
      letsThrough.has(action) &&
      !allowedForAll.has(name) &&
      !opened.has(name)
    ) {
      beyond.add(name);
    }
  }
  return [...beyond].sort(compareCodeUnits);
}

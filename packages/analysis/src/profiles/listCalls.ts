import { ProfileContent } from './profileContent';
import { mostPermissive, outcomeOf } from './seccompAction';
import { broughtByOf, permissionInWords, rulesByName } from './seccompRules';

/** What a seccomp profile says of one call. @public */
export interface ListedCall {
  name: string;
  /** The most permissive of its rules. */
  action: string;
  /** When, in words; absent where no rule looks at an argument. */
  args?: string;
  /** The base that brought it; absent for the profile's own. */
  broughtBy?: string;
}

/**
 * The calls that a seccomp profile names and does not deny, sorted. Those that it leaves to its default action are not
 * among them.
 *
 * @public
 */
export function listCalls(content: ProfileContent): ListedCall[] {
  const { rules = [], defaultAction = '' } = content.seccomp ?? {};
  const calls: ListedCall[] = [];
  for (const [name, own] of rulesByName(rules)) {
    const action = mostPermissive(own.map(rule => rule.action)) ?? '';
    if (outcomeOf(action) !== 'denied') {
      const broughtBy = broughtByOf(own);
      calls.push({
        name,
        action,
        ...(own.some(({ args }) => args.length > 0) && {
          args: permissionInWords(name, own, defaultAction),
        }),
        ...(broughtBy !== undefined && { broughtBy }),
      });
    }
  }
  return calls.sort((a, b) => (a.name < b.name ? -1 : 1));
}

import { argumentsInWords } from './argumentsInWords';
import { EffectiveRule } from './resolveEffectiveProfile';
import { actionInWords, mostPermissive, permissiveness } from './seccompAction';

/** Rules by the call that they are about, in their order. */
export function rulesByName(
  rules: readonly EffectiveRule[],
): Map<string, EffectiveRule[]> {
  const byName = new Map<string, EffectiveRule[]>();
  for (const rule of rules) {
    const held = byName.get(rule.name);
    if (held) {
      held.push(rule);
    } else {
      byName.set(rule.name, [rule]);
    }
  }
  return byName;
}

/** What is said of a call: `denied`, `allowed`, `allowed only if address family is Unix, otherwise denied`. */
export function permissionInWords(
  name: string,
  rules: readonly EffectiveRule[],
  defaultAction: string,
): string {
  const always = rules.filter(({ args }) => args.length === 0);
  const rest =
    always.find(
      ({ action }) => action === mostPermissive(always.map(one => one.action)),
    ) ?? undefined;
  const restInWords = rest ? withError(rest) : actionInWords(defaultAction);
  const restRank = permissiveness(rest?.action ?? '') ?? -1;
  const conditions = new Map<string, string[]>();
  for (const rule of rules) {
    const when = argumentsInWords(name, rule.args);
    if (
      when !== undefined &&
      (permissiveness(rule.action) ?? Infinity) > restRank
    ) {
      const key = withError(rule);
      const whens = conditions.get(key);
      if (whens) {
        whens.push(when);
      } else {
        conditions.set(key, [when]);
      }
    }
  }
  if (conditions.size === 0) {
    return restInWords;
  }
  const parts = [...conditions].map(
    ([action, whens]) => `${action} if ${alternatives(whens)}`,
  );
  return `${parts.join('; ')}; otherwise ${restInWords}`;
}

function withError(rule: EffectiveRule): string {
  const words = actionInWords(rule.action);
  return rule.action === 'SCMP_ACT_ERRNO' && rule.errnoRet !== '0'
    ? `${words} (error ${rule.errnoRet})`
    : words;
}

/** The base behind the most permissive of the rules; undefined when the profile itself has such a rule. */
export function broughtByOf(
  rules: readonly EffectiveRule[],
): string | undefined {
  const most = mostPermissive(rules.map(({ action }) => action));
  const deciding = rules.filter(({ action }) => action === most);
  return deciding.some(({ broughtBy }) => broughtBy === undefined)
    ? undefined
    : deciding[0]?.broughtBy;
}

/** Most conditions in a sentence. */
const mostConditions = 5;

function alternatives(conditions: readonly string[]): string {
  const rest = conditions.length - mostConditions;
  return [
    ...conditions.slice(0, mostConditions),
    ...(rest > 0 ? [`${rest} more`] : []),
  ].join(' or ');
}

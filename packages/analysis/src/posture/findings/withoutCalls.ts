import type { BeyondCall } from '../../profiles/distanceFromRuntimeDefault';
import { runtimeDefaultLimits } from '../../profiles/distanceFromRuntimeDefault';
import { ProfileObject } from '../../profiles/profileObject';
import {
  readProfileSpec,
  SyscallArgument,
  SyscallRule,
} from '../../profiles/profileSpec';

/** Longest list of calls that a person reads in a patch. */
const mostNames = 500;

/**
 * The rules of a seccomp profile without some calls, as lines of YAML below `spec`; calls that RuntimeDefault allows with
 * limits get these. Undefined for a profile that is too long, or where no rule names these calls.
 */
export function withoutCalls(
  profile: ProfileObject,
  calls: readonly BeyondCall[],
): string[] | undefined {
  const spec = readProfileSpec(profile);
  if (spec.kind !== 'SeccompProfile') {
    return undefined;
  }
  const beyond = new Set(calls.map(({ name }) => name));
  const named = spec.syscalls.flatMap(({ names }) => names);
  if (named.length > mostNames || !named.some(name => beyond.has(name))) {
    return undefined;
  }
  const kept = spec.syscalls.flatMap(rule => {
    const names = rule.names.filter(name => !beyond.has(name));
    return names.length > 0 ? [{ ...rule, names }] : [];
  });
  const limited = calls.flatMap(({ name }) =>
    runtimeDefaultLimits(name).map(args => ({
      names: [name],
      action: 'SCMP_ACT_ALLOW',
      errnoRet: '0',
      args: [...args],
    })),
  );
  return ['syscalls:', ...[...kept, ...limited].flatMap(ruleLines)];
}

function ruleLines(rule: SyscallRule): string[] {
  const { names, action, errnoRet, args } = rule;
  return [
    `  - action: ${action}`,
    ...(errnoRet === '0' ? [] : [`    errnoRet: ${errnoRet}`]),
    `    names: [${names.map(inYaml).join(', ')}]`,
    ...(args.length > 0 ? ['    args:', ...args.map(argumentLine)] : []),
  ];
}

function argumentLine(arg: SyscallArgument): string {
  const { index, op, value, valueTwo } = arg;
  const second = valueTwo === '0' ? '' : `, valueTwo: ${valueTwo}`;
  return `      - { index: ${index}, op: ${inYaml(
    op,
  )}, value: ${value}${second} }`;
}

/** Names of calls are plain words; whatever else stands there is quoted. */
function inYaml(text: string): string {
  return /^[A-Za-z_][\w-]*$/.test(text) ? text : JSON.stringify(text);
}

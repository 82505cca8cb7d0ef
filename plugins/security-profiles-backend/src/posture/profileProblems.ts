import {
  type EffectiveProfile,
  type IndexedProfile,
  outcomeOf,
  podValues,
  type ProfileIndex,
} from '@security-profiles/analysis';
import type { ProfileDetail } from '@security-profiles/backstage-plugin-security-profiles-common';

type ProfileProblem = ProfileDetail['problems'][number];

const labelPrefix = 'spo.x-k8s.io/';
/** Most names of a list in one sentence. */
const namesShown = 10;

/** That the operator recorded the profile, from the labels that it sets. */
export function recordedAs(
  profile: IndexedProfile,
): ProfileDetail['recorded'] | undefined {
  const label = (name: string) => profile.labels?.[`${labelPrefix}${name}`];
  const recording = label('recording-id');
  if (recording === undefined && label('partial') === undefined) {
    return undefined;
  }
  const namespace = label('recording-namespace');
  const container = label('container-id');
  return {
    ...(recording === undefined ? {} : { recording }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(container === undefined ? {} : { container }),
    partial: label('partial') !== undefined,
  };
}

/**
 * What a reader of the profile has to know before anything else, each with its reason.
 *
 * @remarks
 * What a disabled, partial or deleted profile does differs by kind. Source: SPO v1.0.0, internal/pkg/daemon.
 */
export function profileProblems(
  profile: IndexedProfile,
  options: { effective: EffectiveProfile; index: ProfileIndex },
): ProfileProblem[] {
  const { effective } = options;
  const problems: ProfileProblem[] = [];
  const add = (id: string, because: string) => problems.push({ id, because });
  if (effective.resolution === 'unresolved') {
    add(
      'base-unresolved',
      `What it allows is not known: ${effective.because}.`,
    );
  } else if (effective.because !== undefined) {
    add('base-from-registry', `${capitalised(effective.because)}.`);
  }
  if (effective.disagreement) {
    const { missing, added } = effective.disagreement;
    add(
      'profile-base-disagrees',
      `The operator's annotation "syscalls" and the bases differ: ${[
        ...(missing.length ? [`it lacks ${nameList(missing)}`] : []),
        ...(added.length ? [`it adds ${nameList(added)}`] : []),
      ].join(
        ' and ',
      )}. The operator repairs it within half a minute; who may edit the profile may edit it too.`,
    );
  }
  if (effective.ambiguous) {
    add(
      'ambiguous-calls',
      `Rules of different actions name ${nameList(
        effective.ambiguous,
      )}. The most permissive one is shown.`,
    );
  }
  const isAppArmor = profile.kind === 'AppArmorProfile';
  if (effective.mode === 'disabled') {
    add(
      'disabled',
      "It is switched off: new nodes don't get it, and those that have it keep what they have.",
    );
  } else if (isAppArmor && saysDisabled(profile)) {
    add(
      'disabled',
      'It is switched off, which the operator ignores for this kind: it is loaded and enforced.',
    );
  }
  if (profile.deleting) {
    add(
      'deleting',
      profile.kind === 'SeccompProfile'
        ? 'It is being deleted, and goes once no pod uses it any longer.'
        : 'It is being deleted, and nodes drop it at once, whatever uses it.',
    );
  }
  const recorded = recordedAs(profile);
  if (recorded?.partial) {
    add(
      'partial',
      isAppArmor
        ? 'It is part of a recording that is not finished; for this kind the operator installs it all the same.'
        : 'It is part of a recording that is not finished, and is not installed.',
    );
  } else if (recorded) {
    add(
      'recorded',
      'The operator recorded it: it holds what the workload did then, and nobody has reviewed it.',
    );
  }
  for (const because of collisions(profile, options.index)) {
    add('name-collision', because);
  }
  for (const because of malformations(profile, effective)) {
    add('malformed', because);
  }
  return problems;
}

function saysDisabled(profile: IndexedProfile): boolean {
  const { state, disabled } = (profile.spec ?? {}) as Record<string, unknown>;
  return (
    String(state).toLocaleLowerCase('en-US') === 'disabled' ||
    (profile.version !== 'v1' && disabled === true)
  );
}

function collisions(profile: IndexedProfile, index: ProfileIndex): string[] {
  const names = podValues(profile);
  const sameFile = index.all.filter(
    other =>
      other.id !== profile.id &&
      other.kind === profile.kind &&
      [...podValues(other)].some(name => names.has(name)),
  );
  return [
    ...sameFile.map(
      other =>
        `${other.name} writes the same file on the nodes: the last one to be written is in force.`,
    ),
    ...index
      .namesakes(profile)
      .map(
        other =>
          `${other.kind} ${other.name} has the same name, and both share one state object per node: what it says may be the other's.`,
      ),
  ];
}

/** What a CRD would have refused, and what this version doesn't know. */
function malformations(
  profile: IndexedProfile,
  effective: EffectiveProfile,
): string[] {
  if (profile.kind !== 'SeccompProfile') {
    return [];
  }
  const { defaultAction, syscalls } = (profile.spec ?? {}) as Record<
    string,
    unknown
  >;
  const found: string[] = malformedRules(syscalls);
  if (typeof defaultAction !== 'string' || defaultAction === '') {
    found.push(
      'spec.defaultAction is missing: what happens by default is not known.',
    );
  } else if (outcomeOf(defaultAction) === 'unknown') {
    found.push(
      `spec.defaultAction is ${defaultAction}, which no version of the operator knows.`,
    );
  }
  const unknownActions = new Set(
    (effective.rules ?? [])
      .map(({ action }) => action)
      .filter(action => outcomeOf(action) === 'unknown'),
  );
  if (unknownActions.size > 0) {
    found.push(
      `Rules have actions that no version of the operator knows: ${nameList([
        ...unknownActions,
      ])}. They count as letting the call through.`,
    );
  }
  return found;
}

/** Rules of a shape that nobody can read count as absent, and must not go without a word. */
function malformedRules(syscalls: unknown): string[] {
  if (syscalls === undefined || syscalls === null) {
    return [];
  }
  if (!Array.isArray(syscalls)) {
    return ['spec.syscalls is no list: it counts as empty.'];
  }
  const without = (check: (rule: Record<string, unknown>) => boolean) =>
    syscalls.filter(rule => !check((rule ?? {}) as Record<string, unknown>))
      .length;
  const nameless = without(
    ({ names }) =>
      Array.isArray(names) && names.some(name => typeof name === 'string'),
  );
  const odd = without(
    ({ args }) =>
      args === undefined ||
      args === null ||
      (Array.isArray(args) && args.every(hasIntegers)),
  );
  return [
    ...(nameless > 0
      ? [`Rules of spec.syscalls without names: ${nameless}. They do nothing.`]
      : []),
    ...(odd > 0
      ? [
          `Rules of spec.syscalls with arguments that are no integers: ${odd}. They count as 0.`,
        ]
      : []),
  ];
}

function hasIntegers(argument: unknown): boolean {
  const { value, valueTwo } = (argument ?? {}) as Record<string, unknown>;
  return [value, valueTwo].every(
    entry =>
      entry === undefined ||
      typeof entry === 'bigint' ||
      Number.isInteger(entry),
  );
}

function nameList(names: readonly string[]): string {
  const rest = names.length - namesShown;
  return `${names.slice(0, namesShown).join(', ')}${
    rest > 0 ? ` and ${rest} more` : ''
  }`;
}

function capitalised(text: string): string {
  return `${text.charAt(0).toLocaleUpperCase('en-US')}${text.slice(1)}`;
}

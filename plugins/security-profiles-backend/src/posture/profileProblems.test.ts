import {
  indexProfiles,
  type IndexedProfile,
  resolveEffectiveProfile,
} from '@security-profiles/analysis';
import { profileProblems } from './profileProblems';

function profile(fields: Partial<IndexedProfile> = {}): IndexedProfile {
  const name = fields.name ?? 'cart';
  return {
    id: `${fields.kind ?? 'SeccompProfile'}/${name}`,
    kind: 'SeccompProfile',
    version: 'v1',
    name,
    uid: name,
    spec: {
      defaultAction: 'SCMP_ACT_ERRNO',
      syscalls: [{ action: 'SCMP_ACT_ALLOW', names: ['read'] }],
    },
    ...fields,
  };
}

function problemsOf(
  subject: IndexedProfile,
  ...others: IndexedProfile[]
): string[] {
  const index = indexProfiles([subject, ...others]);
  return profileProblems(subject, {
    effective: resolveEffectiveProfile(subject, index),
    index,
  }).map(({ id, because }) => `${id}: ${because}`);
}

const rule = (action: string, ...names: string[]) => ({ action, names });

describe('The problems of a profile', () => {
  it('are none of one that is in order', () => {
    expect(problemsOf(profile())).toEqual([]);
  });

  it.each<[string, Partial<IndexedProfile>, string]>([
    [
      'a base that does not exist',
      { spec: { defaultAction: 'SCMP_ACT_ERRNO', baseProfileName: 'gone' } },
      'base-unresolved: What it allows is not known: the base gone does not exist.',
    ],
    [
      'a base in a registry',
      {
        spec: {
          defaultAction: 'SCMP_ACT_ERRNO',
          baseProfileName: 'oci://registry.example/base:v1',
        },
        syscallsAnnotation:
          '[{"action":"SCMP_ACT_ALLOW","names":["read","write"]}]',
      },
      'base-from-registry: The base oci://registry.example/base:v1',
    ],
    [
      'an annotation that says more than the rules',
      {
        syscallsAnnotation:
          '[{"action":"SCMP_ACT_ALLOW","names":["bpf","read"]}]',
      },
      'profile-base-disagrees: The operator\'s annotation "syscalls" and the bases differ: it adds bpf.',
    ],
    [
      'two actions for one call',
      {
        spec: {
          defaultAction: 'SCMP_ACT_ERRNO',
          syscalls: [
            rule('SCMP_ACT_LOG', 'bpf'),
            rule('SCMP_ACT_ALLOW', 'bpf'),
          ],
        },
      },
      'ambiguous-calls: Rules of different actions name bpf.',
    ],
    [
      'its switch',
      { spec: { defaultAction: 'SCMP_ACT_ERRNO', state: 'Disabled' } },
      "disabled: It is switched off: new nodes don't get it",
    ],
    [
      'its switch, though the operator ignores it for AppArmor',
      { kind: 'AppArmorProfile', spec: { state: 'Disabled' } },
      'disabled: It is switched off, which the operator ignores for this kind',
    ],
    [
      'its deletion while pods use it',
      { deleting: true },
      'deleting: It is being deleted, and goes once no pod uses it any longer.',
    ],
    [
      'the deletion of a kind that is dropped at once',
      { kind: 'SelinuxProfile', spec: {}, deleting: true },
      'deleting: It is being deleted, and nodes drop it at once',
    ],
    [
      'a recording that nobody reviewed',
      { labels: { 'spo.x-k8s.io/recording-id': 'cart' } },
      'recorded: The operator recorded it',
    ],
    [
      'a recording that is not finished',
      {
        labels: {
          'spo.x-k8s.io/recording-id': 'cart',
          'spo.x-k8s.io/partial': 'true',
        },
      },
      'partial: It is part of a recording that is not finished, and is not installed.',
    ],
    [
      'no default action, which a CRD would refuse',
      { spec: {} },
      'malformed: spec.defaultAction is missing',
    ],
    [
      'no spec at all',
      { spec: undefined },
      'malformed: spec.defaultAction is missing',
    ],
    [
      'a default action that nobody knows',
      { spec: { defaultAction: 'SCMP_ACT_PERHAPS' } },
      'malformed: spec.defaultAction is SCMP_ACT_PERHAPS',
    ],
    [
      'an action of a rule that nobody knows',
      {
        spec: {
          defaultAction: 'SCMP_ACT_ERRNO',
          syscalls: [rule('SCMP_ACT_PERHAPS', 'bpf')],
        },
      },
      'malformed: Rules have actions that no version of the operator knows: SCMP_ACT_PERHAPS.',
    ],
  ])('name %s', (_what, fields, wanted) => {
    const problems = problemsOf(profile(fields));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(wanted);
  });

  it('name what shares its file, and what shares its states', () => {
    expect(
      problemsOf(
        profile({ name: 'a' }),
        profile({ name: 'a.json' }),
        profile({ name: 'a', kind: 'AppArmorProfile', spec: {} }),
        profile({ name: 'b' }),
      ),
    ).toEqual([
      expect.stringContaining('name-collision: a.json writes the same file'),
      expect.stringContaining('name-collision: AppArmorProfile a has the same'),
    ]);
  });

  it('name at most ten calls, and how many more there are', () => {
    const names = Array.from({ length: 25 }, (_, at) => `call_${at}`);
    const [problem] = problemsOf(
      profile({
        spec: {
          defaultAction: 'SCMP_ACT_ERRNO',
          syscalls: [
            rule('SCMP_ACT_LOG', ...names),
            rule('SCMP_ACT_ALLOW', ...names),
          ],
        },
      }),
    );
    expect(problem).toContain('and 15 more');
  });
});

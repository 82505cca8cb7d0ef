import { runtimeDefaultBaseline } from '../../profiles/runtimeDefaultTable';
import { syscallGroups } from '../../profiles/syscallGroups';
import type { BeyondCall } from '../../profiles/distanceFromRuntimeDefault';
import { evidenceOf, JudgedContainer, UsedProfile } from '../judgedEntity';
import { FindingCheck } from './finding';
import { judgeContainers } from './judgeContainers';
import { nameList } from './nameList';
import { profilePatch } from './patches';
import { withoutCalls } from './withoutCalls';
import { Fix } from '../posture';

const groupTitles = new Map(
  syscallGroups.map(({ id, title }) => [id, title.toLowerCase()]),
);

/** No seccomp profile allows more than RuntimeDefault. */
export const profileBeyondRuntimeDefault: FindingCheck = {
  id: 'profile-beyond-runtime-default',
  title: 'No seccomp profile allows more than RuntimeDefault',
  severity: 'medium',
  weight: {
    points: 10,
    because: 'the profile is wider than what every container gets anyway',
  },
  responsible: 'owner',
  meaning:
    "A profile that allows calls which RuntimeDefault refuses makes the kernel's surface larger instead of smaller.",
  decidedBy:
    'Warns for a seccomp profile that allows, logs or hands on a call which RuntimeDefault refuses a container with the same capabilities on the nodes that run or could run it. clone, personality and socket count where a rule allows more of their arguments. Each call is evidence with its group, why it matters and the base that brought it.',
  fix: 'Remove these calls from the profile or from the base that brought them, or limit their arguments as RuntimeDefault does, or ask for approval with the reason.',
  sources: [
    `${runtimeDefaultBaseline}, default.json; the table is packages/analysis/src/profiles/runtimeDefaultTable.ts`,
    'moby, "Seccomp security profiles for Docker"',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'may make calls that RuntimeDefault refuses',
      pass: 'No seccomp profile allows more than RuntimeDefault.',
      notApplicable: 'No container names a seccomp profile.',
      judge(container) {
        const used = container.used.filter(
          ({ mechanism }) => mechanism === 'seccomp',
        );
        const [wide] = used.filter(({ beyond }) => beyond.length > 0);
        if (wide) {
          const fix = fixOf(container, wide);
          return {
            status: 'warn',
            evidence: wide.beyond.map(call =>
              evidenceOf(container, {
                field: container.confinement.seccomp.field,
                value: `${wide.profile.name} ${inWords(call)}`,
              }),
            ),
            fix,
            step: {
              text: fix.text,
              action: { kind: 'open', ref: `profile:${wide.profile.id}` },
            },
          };
        }
        const [unresolved] = used.filter(
          ({ effective }) => effective.resolution === 'unresolved',
        );
        if (unresolved) {
          return {
            status: 'unknown',
            because: `${unresolved.profile.name}: ${unresolved.effective.because}`,
          };
        }
        return { status: used.length > 0 ? 'pass' : 'not-applicable' };
      },
    }),
};

/** As "allows setns (namespaces and mounts, from crun-base): enters namespaces of other containers or the node". */
function inWords(call: BeyondCall): string {
  const { name, group, because, args, broughtBy } = call;
  const place = [
    groupTitles.get(group) ?? group,
    ...(broughtBy === undefined ? [] : [`from ${broughtBy}`]),
  ].join(', ');
  const limit = args === undefined ? '' : `; RuntimeDefault: ${args}`;
  return `allows ${name} (${place}): ${because}${limit}`;
}

function fixOf(
  container: JudgedContainer,
  { profile, beyond, content }: UsedProfile,
): Fix {
  const names = nameList(beyond.map(({ name }) => name));
  const bases = [
    ...new Set(beyond.flatMap(({ broughtBy }) => broughtBy ?? [])),
  ];
  if (bases.length > 0) {
    const text = `Remove ${names} from ${
      profile.name
    }, which has them from ${nameList(
      bases,
    )}, or ask for approval with the reason.`;
    return { text };
  }
  const text = `Remove ${names} from ${profile.name} or ask for approval with the reason.`;
  const lines = content && withoutCalls(profile, beyond);
  return {
    text,
    ...(lines && { patch: profilePatch(container, profile, lines) }),
  };
}

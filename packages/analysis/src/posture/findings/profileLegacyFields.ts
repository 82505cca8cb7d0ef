import { LegacyField, legacyFields } from '../../profiles/legacyFields';
import { evidenceOf } from '../judgedEntity';
import { FindingCheck } from './finding';
import { judgeContainers } from './judgeContainers';
import { profilePatch } from './patches';

/** No profile is switched by fields that SPO 1.0 drops. */
export const profileLegacyFields: FindingCheck = {
  id: 'profile-legacy-fields',
  title: 'No profile is switched by fields that SPO 1.0 drops',
  severity: 'medium',
  weight: {
    points: 5,
    because: 'the profile does, or soon does, something else than it says',
  },
  responsible: 'owner',
  meaning:
    'In SPO 1.0 state and mode replaced the fields disabled, permissive and complainMode. The old API versions are still served there, with the new fields: Kubernetes drops the old ones without a word, and the profile is enabled or enforcing again.',
  decidedBy:
    "Warns for a profile that sets one of these fields to true: in version v1 it has no effect, in an older version it loses it with the upgrade to 1.0. Clusters with SPO 1.0 never show the fields; manifests and older clusters do. What a stored object becomes at the upgrade is deduced from Kubernetes' rules.",
  fix: 'Write state: Disabled, mode: Permissive or mode: Complain instead, or take the field out.',
  sources: [
    'SPO v1.0.0, deploy/base-crds/crds and doc/migration-guide-v1.md',
    'Kubernetes, "Extend the Kubernetes API with CustomResourceDefinitions", field pruning',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'name a profile with fields that SPO 1.0 drops',
      pass: 'No named profile uses a field that SPO 1.0 drops.',
      notApplicable: 'No container names a profile.',
      judge(container) {
        for (const { profile } of container.used) {
          const fields = legacyFields(profile);
          const [first] = fields;
          if (first) {
            const text = `Write ${first.replacement}: ${
              first.value
            } instead of ${first.field} in ${profile.kind} ${
              profile.name
            }: ${effectOf(first)}.`;
            return {
              status: 'warn',
              evidence: fields.map(one =>
                evidenceOf(container, {
                  field: `${profile.kind} ${profile.name} ${one.field}`,
                  value: `true, ${effectOf(one)}`,
                }),
              ),
              fix: {
                text,
                patch: profilePatch(
                  container,
                  profile,
                  fields.flatMap(({ field, replacement, value }) => [
                    `${field.replace(/^spec\./, '')}: null`,
                    `${replacement}: ${value}`,
                  ]),
                ),
              },
              step: {
                text,
                action: { kind: 'open', ref: `profile:${profile.id}` },
              },
            };
          }
        }
        return {
          status: container.used.length > 0 ? 'pass' : 'not-applicable',
        };
      },
    }),
};

function effectOf({ effect }: LegacyField): string {
  return effect === 'dropped'
    ? 'without effect in version v1'
    : 'without effect from SPO 1.0 on';
}

import { FindingCheck } from './finding';
import { ownerOf } from './judgeClusters';
import { judgeOperators } from './judgeOperators';
import { nameList } from './nameList';

const signatureSwitches = [
  'signature-verification',
  'signature-identity',
  'signature-issuer',
];

/** Profiles from a registry are signed by somebody who is known. */
export const profileSignedByAnyone: FindingCheck = {
  id: 'profile-signed-by-anyone',
  title: 'Profiles from a registry are signed by somebody who is known',
  severity: 'high',
  weight: {
    points: 8,
    because: 'whoever can push to the registry decides what is allowed',
  },
  responsible: 'cluster',
  meaning:
    'The base of a profile can come from a registry. By default the operator asks for a valid signature and takes any signer, so whoever may push there decides what the service is allowed to do.',
  decidedBy:
    'Warns for a profile with a base in a registry on a cluster whose operator takes any identity or any issuer (`.*`), fails where it does not look at signatures at all.',
  fix: 'Ask who runs the cluster to name the identities that may sign, and pin the base by digest.',
  sources: [
    'kubernetes-sigs/security-profiles-operator v1.0.0, internal/pkg/artifact/artifact.go',
    'kubernetes-sigs/security-profiles-operator v1.0.0, api/spod/v1/spod_types.go',
  ],
  judge: entity =>
    judgeOperators(entity, {
      pass: 'Profiles from a registry are signed by somebody who is known.',
      notApplicable: 'No profile has a base in a registry.',
      nextSteps: 'given',
      judge({ hardening }, cluster, containers) {
        const signed = new Set(
          containers.flatMap(({ used }) =>
            used.flatMap(({ profile, effective }) =>
              effective.bases.some(base => base.startsWith('oci://'))
                ? [profile.name]
                : [],
            ),
          ),
        );
        if (signed.size === 0) {
          return { status: 'not-applicable' };
        }
        const judged = hardening.filter(({ id }) =>
          signatureSwitches.includes(id),
        );
        const loose = judged.filter(
          ({ state }) => state === 'open' || state === 'weakened',
        );
        if (loose.length > 0) {
          return {
            status: loose.some(({ state }) => state === 'weakened')
              ? 'fail'
              : 'warn',
            because: `${loose
              .map(({ because }) => because)
              .join(', ')}; it concerns ${nameList([...signed])}`,
            evidence: loose.map(({ field, value }) => ({ field, value })),
            text: `Ask ${ownerOf(
              cluster,
            )} to name the identities that may sign profiles in ${
              cluster.name
            }: ${loose
              .map(({ field, value }) => `${field} is ${value}`)
              .join(', ')}.`,
          };
        }
        const [unread] = judged.filter(({ state }) => state === 'unknown');
        return unread
          ? { status: 'unknown', because: unread.because }
          : { status: 'pass' };
      },
    }),
};

import { FindingCheck, FindingVerdict } from './finding';
import {
  askAction,
  judgeApprovals,
  openAction,
  placeOf,
} from './judgeApprovals';

/** Labels that a recording leaves on its product. Source: SPO v1.0.0, internal/pkg/manager/recordingmerger. */
const recordingLabel = 'spo.x-k8s.io/recording-id';

/** Somebody has read every recorded profile. */
export const profileRecordedUnreviewed: FindingCheck = {
  id: 'profile-recorded-unreviewed',
  title: 'Somebody has read every recorded profile',
  severity: 'medium',
  weight: {
    points: 3,
    because:
      'profile-unapproved takes the rest: a recording is a draft, and this says so',
  },
  responsible: 'owner',
  meaning:
    'A recording allows whatever the program, and whoever was in its container, did while it ran, and nothing else: too much after an attack or a debugging session, too little for what happens rarely. The operator installs it at once unless told otherwise.',
  decidedBy: `Warns for every profile that a container names, that has the label ${recordingLabel} and no approval in force in the environment of its cluster. Where approvals are not known, it is unknown.`,
  fix: 'Read what the profile allows, take out what the program does not need, and ask for approval.',
  sources: [
    'SPO v1.0.0, internal/pkg/daemon/profilerecorder/profilerecorder.go and internal/pkg/manager/recordingmerger',
  ],
  judge: entity => {
    const recorded = entity.containers.filter(({ used }) =>
      used.some(({ profile }) => isRecorded(profile)),
    );
    if (recorded.length === 0) {
      return verdict(
        'not-applicable',
        'No container names a recorded profile.',
      );
    }
    if (!entity.approvals) {
      return verdict(
        'unknown',
        "Can't tell: recorded profiles are named, and approvals are not known here.",
      );
    }
    return judgeApprovals(entity, {
      pass: 'Every recorded profile is approved in its environment.',
      judge(one) {
        const { profile } = one.used;
        return !isRecorded(profile) || one.standing === 'approved'
          ? undefined
          : {
              status: 'warn',
              value: 'was recorded, and nobody has approved it',
              step: {
                text: `Read what was recorded as ${placeOf(
                  one,
                )}, take out what is not needed and ask for approval.`,
                action: one.decision ? openAction(one) : askAction(one),
              },
            };
      },
    });
  },
};

function isRecorded(profile: { labels?: Record<string, string> }): boolean {
  return Object.hasOwn(profile.labels ?? {}, recordingLabel);
}

function verdict(
  status: 'not-applicable' | 'unknown',
  reason: string,
): FindingVerdict {
  return { status, reason, evidence: [], fixes: [], steps: [] };
}

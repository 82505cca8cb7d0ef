import type {
  Posture,
  PostureProfile,
} from '@security-profiles/backstage-plugin-security-profiles-common';

/** One thing that a reader may do about an approval. */
export type ApprovalAction = 'vote' | 'request-review' | 'withdraw' | 'open';

/** Where one content of a profile stands in one environment. */
export interface ApprovalRow {
  id: string;
  kind: string;
  namespace: string | undefined;
  name: string;
  environment: string;
  /** Clusters of the environment with this content and state. */
  clusters: string[];
  profileIds: string[];
  digest: string | null;
  approval: PostureProfile['approval'];
  /** The one thing to offer; undefined where there is nothing for this reader. */
  action: ApprovalAction | undefined;
}

/** The most useful first: who may vote should, before opening or asking again. */
const ACTIONS: readonly ApprovalAction[] = [
  'vote',
  'request-review',
  'withdraw',
  'open',
];

function actionOf({
  approval,
  effectiveDigest,
}: PostureProfile): ApprovalAction | undefined {
  return ACTIONS.find(
    action =>
      approval.viewerMay.includes(action) &&
      // Without a digest there is nothing to ask for, without a review nothing to open.
      (action === 'request-review'
        ? effectiveDigest !== null
        : approval.reviewId !== undefined),
  );
}

/** The approvals of a posture: clusters of an environment that stand alike share a row. */
export function approvalRows(
  posture: Pick<Posture, 'profiles' | 'workloads'>,
): ApprovalRow[] {
  const environments = new Map(
    posture.workloads.map(({ cluster, environment }) => [cluster, environment]),
  );
  const rows = new Map<string, ApprovalRow>();
  for (const profile of posture.profiles) {
    const { id, cluster, kind, namespace, name, approval } = profile;
    const environment = approval.environment ?? environments.get(cluster) ?? '';
    const action = actionOf(profile);
    const key = JSON.stringify([
      name,
      environment,
      kind,
      namespace,
      profile.effectiveDigest,
      approval.state,
      approval.reviewId,
      action,
    ]);
    const row = rows.get(key);
    if (row) {
      row.clusters.push(cluster);
      row.profileIds.push(id);
    } else {
      rows.set(key, {
        id,
        kind,
        namespace,
        name,
        environment,
        clusters: [cluster],
        profileIds: [id],
        digest: profile.effectiveDigest,
        approval,
        action,
      });
    }
  }
  return [...rows.values()].sort(
    (a, b) =>
      a.name.localeCompare(b.name) ||
      a.environment.localeCompare(b.environment),
  );
}

/** How many reviews wait for the vote of the reader, each counted once. */
export function reviewsToVoteOn(posture: Pick<Posture, 'profiles'>): string[] {
  return [
    ...new Set(
      posture.profiles
        .filter(({ approval }) => approval.viewerMay.includes('vote'))
        .flatMap(({ approval }) => approval.reviewId ?? []),
    ),
  ];
}

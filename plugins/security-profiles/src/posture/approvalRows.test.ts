import { createPosture, createProfile } from '../fixtures/builders';
import { approvalsPosture } from '../fixtures/postures';
import { approvalRows, reviewsToVoteOn } from './approvalRows';

describe('approvalRows', () => {
  it('joins clusters of an environment that stand alike', () => {
    expect(
      approvalRows(approvalsPosture).map(({ environment, clusters }) => [
        environment,
        clusters,
      ]),
    ).toEqual([
      ['production', ['prod-eu', 'prod-us']],
      ['staging', ['staging']],
    ]);
  });

  it('keeps clusters apart whose content differs', () => {
    const [eu, us] = approvalsPosture.profiles;
    const rows = approvalRows({
      ...approvalsPosture,
      profiles: [eu, { ...us, effectiveDigest: 'sha256:ffff' }],
    });
    expect(rows.map(({ clusters }) => clusters)).toEqual([
      ['prod-eu'],
      ['prod-us'],
    ]);
  });

  it('offers voting before anything else', () => {
    const [row] = approvalRows(
      createPosture({
        profiles: [
          createProfile({
            approval: {
              state: 'pending',
              reviewId: 'r-1',
              viewerMay: ['open', 'request-review', 'vote'],
            },
          }),
        ],
      }),
    );
    expect(row.action).toBe('vote');
  });

  it('does not offer to ask for content that is not known', () => {
    const [row] = approvalRows(
      createPosture({
        profiles: [
          createProfile({
            effectiveDigest: null,
            approval: { state: 'unreviewed', viewerMay: ['request-review'] },
          }),
        ],
      }),
    );
    expect(row.action).toBeUndefined();
  });
});

describe('reviewsToVoteOn', () => {
  it('counts a review of several clusters once', () => {
    const approval = { state: 'pending', reviewId: 'r-1', viewerMay: ['vote'] };
    expect(
      reviewsToVoteOn({
        profiles: ['prod-eu', 'prod-us'].map(cluster =>
          createProfile({ id: cluster, cluster, approval }),
        ),
      }),
    ).toEqual(['r-1']);
  });
});

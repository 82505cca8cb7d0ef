import { dayInWords } from '../../words';
import { freshDays } from '../../dataplane/feedAge';
import { FindingCheck } from './finding';
import { judgeDataplanes } from './judgeDataplanes';

/** What is known of Cilium's releases is not old. */
export const ciliumFeedOld: FindingCheck = {
  id: 'cilium-feed-old',
  title: "What is known of Cilium's releases is not old",
  severity: 'low',
  weight: {
    points: 0,
    because: 'it says something of the portal and nothing of the service',
  },
  responsible: 'platform',
  meaning:
    'Patches and advisories come every month. From old data, "newest" only means newest of what is known here.',
  decidedBy: `Warns when the releases or the advisories that verdicts rest on are older than ${freshDays} days, and is unknown without any.`,
  fix: 'Point securityProfiles.dataplane at a current source, or update the plugin.',
  sources: ['cilium, Documentation/contributing/release/organization.rst'],
  judge: entity =>
    judgeDataplanes(entity, {
      field: 'dataplane.feed',
      plan: 'not-shown',
      pass: 'Releases and advisories are of the last weeks.',
      judge({ feed }, cluster) {
        const parts = Object.entries(feed).flatMap(([kind, { state, asOf }]) =>
          state === 'old' ? [`${kind} of ${dayInWords(asOf ?? '')}`] : [],
        );
        if (parts.length > 0) {
          return {
            status: 'warn',
            value: `judged by ${parts.join(' and ')}`,
            text: `Bring the data about Cilium up to date: ${
              cluster.name
            } is judged by ${parts.join(' and ')}.`,
          };
        }
        return feed.releases.state === 'none'
          ? { status: 'unknown', because: 'there is no release data' }
          : { status: 'pass' };
      },
    }),
};

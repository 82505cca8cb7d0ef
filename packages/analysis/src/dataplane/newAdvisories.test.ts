import type { AdvisoryVerdict } from './judgeAdvisory';
import { newAdvisories } from './newAdvisories';

const advisory = (
  id: string,
  verdict: AdvisoryVerdict['verdict'],
): AdvisoryVerdict => ({
  id,
  aliases: [],
  severity: 'high',
  title: id,
  verdict,
  because: 'the version is affected',
  decidedBy: [],
  versions: ['1.19.7'],
  nodes: 1,
  names: ['node-a'],
});

describe('New advisories of a cluster', () => {
  it('are those that apply and were not noted before', () => {
    const judged = [
      advisory('GHSA-a', 'applies'),
      advisory('GHSA-b', 'applies'),
    ];
    expect(newAdvisories(judged, new Set(['GHSA-a']))).toEqual([judged[1]]);
  });

  it.each(['applies-if', 'not-affected', 'unknown'] as const)(
    'are none where the verdict is %s',
    verdict => {
      expect(newAdvisories([advisory('GHSA-a', verdict)], new Set())).toEqual(
        [],
      );
    },
  );
});

import { ClusterContexts } from './ClusterContexts';
import { exampleCluster, exampleFacts } from './exampleFacts';
import { judgeEntity } from './judgeEntity';
import { defaultRuleset } from './ruleset';

const now = '2026-11-23T09:00:00Z';

describe('What is worked out of a cluster', () => {
  it('is worked out once for as long as its facts are the same', () => {
    const contexts = new ClusterContexts();
    const cluster = exampleCluster();
    expect(contexts.of(cluster)).toBe(contexts.of(cluster));
  });

  it('is worked out anew from new facts, even of the same cluster', () => {
    const contexts = new ClusterContexts();
    expect(contexts.of(exampleCluster())).not.toBe(
      contexts.of(exampleCluster()),
    );
  });

  it('changes nothing in the verdict on an entity', () => {
    const contexts = new ClusterContexts();
    const facts = exampleFacts();
    const first = judgeEntity(facts, defaultRuleset, now, contexts);
    const second = judgeEntity(facts, defaultRuleset, now, contexts);
    const alone = judgeEntity(facts, defaultRuleset, now);
    expect(first).toEqual(alone);
    expect(second).toEqual(alone);
  });
});

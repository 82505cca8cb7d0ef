import { RevisionFacts } from '../confinement/revisionInForce';
import { ContainerFacts } from './entityFacts';
import {
  exampleCluster,
  exampleContainer,
  exampleFacts,
  exampleProfile,
  exampleWorkload,
  underProfile,
} from './exampleFacts';
import { judgeEntity } from './judgeEntity';
import { defaultRuleset } from './ruleset';

const changed: RevisionFacts = {
  since: '2026-11-23T09:00:00Z',
  notBefore: '2026-11-23T08:59:00Z',
};

function judge(facts: Partial<ContainerFacts>, revision?: RevisionFacts) {
  const posture = judgeEntity(
    exampleFacts({
      clusters: [
        exampleCluster({
          profiles: [
            {
              profile: exampleProfile('pay'),
              nodeStates: { a: 'Installed', b: 'Installed' },
              ...(revision && { revision }),
            },
          ],
        }),
      ],
      workloads: [
        exampleWorkload({
          containers: [
            exampleContainer({ securityContext: underProfile('pay'), facts }),
          ],
        }),
      ],
    }),
    defaultRuleset,
    '2026-11-23T10:00:00Z',
  );
  return {
    finding: posture.findings.find(
      ({ id }) => id === 'running-older-revision',
    )!,
    container: posture.workloads[0].containers[0],
  };
}

describe('a container with a seccomp profile that was changed', () => {
  it('runs the older content when it was started while that was still there', () => {
    const { finding, container } = judge(
      { startedAt: '2026-11-22T00:00:00Z' },
      changed,
    );
    expect(finding).toMatchObject({
      status: 'warn',
      fixes: [
        {
          text: 'Restart Deployment cart: api still runs the content that pay had before 2026-11-23 09:00 UTC.',
        },
      ],
    });
    expect(container.revision).toEqual({
      state: 'older',
      startedAt: '2026-11-22T00:00:00Z',
    });
  });

  it('runs the present content when it was started after that was seen', () => {
    const { finding } = judge({ startedAt: '2026-11-23T09:00:00Z' }, changed);
    expect(finding.status).toBe('pass');
  });

  it('runs one or the other when it was started while nobody looked', () => {
    const { finding } = judge({ startedAt: '2026-11-23T08:59:30Z' }, changed);
    expect(finding).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('while the profile was not read'),
    });
  });

  it('cannot be judged when it is older than what was ever seen of the profile', () => {
    const { finding } = judge(
      { startedAt: '2026-11-22T00:00:00Z' },
      { since: changed.since },
    );
    expect(finding.status).toBe('unknown');
    expect(judge({ startedAt: '2026-11-22T00:00:00Z' }).finding.status).toBe(
      'unknown',
    );
  });

  it.each<[string, Partial<ContainerFacts>]>([
    ['that does not run now', {}],
    ['of a template', { basis: 'template', startedAt: '2026-11-22T00:00:00Z' }],
    ['whose time can not be read', { startedAt: 'yesterday' }],
  ])('has no content in force %s', (_, facts) => {
    const { finding, container } = judge(facts, changed);
    expect(finding.status).toBe('not-applicable');
    expect(container).not.toHaveProperty('revision');
  });
});

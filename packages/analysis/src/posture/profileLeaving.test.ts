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

describe('A profile that is deleted while a service uses it', () => {
  it.each([
    ['SeccompProfile', 'its files stay until its last pod is gone'],
    ['SelinuxProfile', 'its policy is taken from the nodes at once'],
    ['AppArmorProfile', 'its node files may be gone'],
  ] as const)('is a warning for %s', (kind, because) => {
    const profile = exampleProfile('pay', {
      kind,
      deleting: true,
      ...(kind !== 'SeccompProfile' && { spec: {} }),
    });
    const securityContext = {
      SeccompProfile: underProfile('pay'),
      SelinuxProfile: { seLinuxOptions: { type: 'pay.process' } },
      AppArmorProfile: {
        appArmorProfile: { type: 'Localhost', localhostProfile: 'pay' },
      },
    }[kind];
    const posture = judgeEntity(
      exampleFacts({
        clusters: [
          exampleCluster({
            profiles: [
              { profile, nodeStates: { a: 'Terminating', b: 'Terminating' } },
            ],
          }),
        ],
        workloads: [
          exampleWorkload({
            containers: [exampleContainer({ securityContext })],
          }),
        ],
      }),
      defaultRuleset,
      '2026-11-23T10:00:00Z',
    );
    const finding = posture.findings.find(({ id }) => id === 'will-not-start');
    expect(finding).toMatchObject({
      status: 'warn',
      evidence: [{ value: expect.stringContaining(because) }],
      fixes: [
        {
          text: `Keep ${kind} pay in eu, or take it out of Deployment cart: it is being deleted.`,
        },
      ],
    });
  });
});

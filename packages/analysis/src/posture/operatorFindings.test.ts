import { OperatorFacts, OperatorSettings } from '../operator/operatorFacts';
import { IndexedProfile } from '../profiles/profileIndex';
import { ClusterFacts } from './entityFacts';
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

const healthy: OperatorFacts = {
  namespace: 'spo',
  manager: { desired: 3, available: 3 },
  webhook: { desired: 3, available: 3 },
  daemon: { desired: 2, ready: 2, containers: ['security-profiles-operator'] },
  settings: {},
};
const fromRegistry = exampleProfile('pay', {
  spec: {
    defaultAction: 'SCMP_ACT_ERRNO',
    baseProfileName: `oci://registry.example/base@sha256:${'0'.repeat(64)}`,
    syscalls: [{ names: ['read'], action: 'SCMP_ACT_ALLOW' }],
  },
  syscallsAnnotation: '[{"names":["read"],"action":"SCMP_ACT_ALLOW"}]',
});

function judge(
  id: string,
  options: {
    operator?: OperatorFacts;
    cluster?: Partial<ClusterFacts>;
    profile?: IndexedProfile;
    named?: 'profile' | 'default';
  },
) {
  const { profile = exampleProfile('pay'), named = 'profile' } = options;
  const posture = judgeEntity(
    exampleFacts({
      clusters: [
        exampleCluster({
          owner: 'group:default/platform',
          ...(options.operator && { operator: options.operator }),
          profiles: [
            { profile, nodeStates: { a: 'Installed', b: 'Installed' } },
          ],
          ...options.cluster,
        }),
      ],
      workloads: [
        exampleWorkload({
          containers: [
            exampleContainer(
              named === 'profile'
                ? { securityContext: underProfile('pay') }
                : {},
            ),
          ],
        }),
      ],
    }),
    defaultRuleset,
    '2026-11-23T10:00:00Z',
  );
  const steps = posture.nextSteps.filter(({ findingId }) => findingId === id);
  return {
    ...posture.findings.find(one => one.id === id)!,
    nextSteps: steps.length,
  };
}

const withSettings = (settings: OperatorSettings) => ({
  operator: { ...healthy, settings },
});

describe('the finding operator-unhealthy', () => {
  const id = 'operator-unhealthy';

  it('passes where the operator does its work', () => {
    expect(judge(id, { operator: healthy }).status).toBe('pass');
  });

  it('warns who rests on an operator that does not, and says whom to ask', () => {
    const finding = judge(id, {
      operator: {
        ...healthy,
        daemon: { desired: 2, ready: 1, containers: [] },
      },
    });
    expect(finding).toMatchObject({
      status: 'warn',
      nextSteps: 1,
      responsible: 'cluster',
      evidence: [
        {
          cluster: 'eu',
          value: 'its daemon is not ready on all nodes that it is to serve',
        },
      ],
      fixes: [
        {
          text: 'Ask platform to bring the Security Profiles Operator of eu back: its daemon is not ready on all nodes that it is to serve.',
        },
      ],
    });
  });

  it('is no concern of a service without a profile of the operator', () => {
    const operator = { ...healthy, manager: { desired: 3, available: 0 } };
    expect(judge(id, { operator, named: 'default' }).status).toBe(
      'not-applicable',
    );
  });

  it('cannot tell where nothing of the operator was found', () => {
    expect(judge(id, {}).status).toBe('unknown');
  });
});

describe('the finding operator-weakened', () => {
  const id = 'operator-weakened';

  it('warns of a recorder that is on, with the field, and sends nobody to mend it', () => {
    expect(judge(id, withSettings({ enableBpfRecorder: true }))).toMatchObject({
      status: 'warn',
      nextSteps: 0,
      evidence: [{ field: 'spec.enricher.enableBpfRecorder', value: 'true' }],
    });
  });

  it('warns of a webhook that is ignored while it is down', () => {
    expect(
      judge(id, {
        operator: healthy,
        cluster: {
          webhooks: [{ name: 'binding.spo.io', failurePolicy: 'Ignore' }],
        },
      }).status,
    ).toBe('warn');
  });

  it('passes where everything is as it comes, the webhook configuration not read', () => {
    expect(judge(id, { operator: healthy }).status).toBe('pass');
  });

  it('cannot tell where the settings were not read', () => {
    const operator = { ...healthy, settings: undefined };
    expect(judge(id, { operator }).status).toBe('unknown');
  });
});

describe('the finding profile-signed-by-anyone', () => {
  const id = 'profile-signed-by-anyone';
  const strict: OperatorSettings = {
    allowedIdentityRegexp: '^release@example\\.org$',
    allowedOidcIssuerRegexp: '^https://accounts\\.example\\.org$',
  };

  it('warns where any identity and any issuer will do, as by default', () => {
    const finding = judge(id, { operator: healthy, profile: fromRegistry });
    expect(finding.status).toBe('warn');
    expect(finding.evidence.map(({ field }) => field)).toEqual([
      'spec.security.allowedIdentityRegexp',
      'spec.security.allowedOidcIssuerRegexp',
    ]);
    expect(finding.reason).toContain('it concerns pay');
  });

  it('fails where signatures are not looked at, whoever may sign', () => {
    expect(
      judge(id, {
        ...withSettings({
          ...strict,
          disableOciArtifactSignatureVerification: true,
        }),
        profile: fromRegistry,
      }).status,
    ).toBe('fail');
  });

  it('passes where signers are named', () => {
    expect(
      judge(id, { ...withSettings(strict), profile: fromRegistry }).status,
    ).toBe('pass');
  });

  it('has nothing to say of profiles without a base in a registry', () => {
    expect(judge(id, { operator: healthy }).status).toBe('not-applicable');
  });

  it('cannot tell where the settings were not read', () => {
    const operator = { ...healthy, settings: undefined };
    expect(judge(id, { operator, profile: fromRegistry }).status).toBe(
      'unknown',
    );
  });
});

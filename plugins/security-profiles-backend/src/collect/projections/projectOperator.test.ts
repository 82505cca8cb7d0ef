import { customObject, deployment } from '../../testing/kubernetesObjects';
import { plantedSecret } from '../../testing/podFullOfSecrets';
import {
  projectOperatorDaemon,
  projectOperatorDeployment,
  projectOperatorSettings,
  projectRuntimeHandler,
  projectWebhooks,
} from './projectOperator';

const group = 'security-profiles-operator.x-k8s.io';

function settings(spec: object, version = 'v1') {
  return projectOperatorSettings({
    ...customObject(`${group}/${version}`, 'SecurityProfilesOperatorDaemon', {
      name: 'spod',
    }),
    spec,
    status: { state: 'Running', conditions: [{ type: 'Ready' }] },
  });
}

describe("What is kept of the operator's settings", () => {
  const grouped = {
    enableAppArmor: true,
    enricher: { enableLogEnricher: true, jsonEnricherFilters: plantedSecret },
    security: {
      allowedIdentityRegexp: '^release@example.org$',
      allowedSyscalls: ['read', 'write'],
      disableOciArtifactSignatureVerification: false,
    },
    selinux: {
      enable: false,
      options: { allowedSystemProfiles: ['container', 'net_container'] },
    },
    webhook: {
      staticConfig: true,
      options: [{ name: 'binding.spo.io', failurePolicy: 'Ignore' }],
    },
    imagePullSecrets: [{ name: plantedSecret }],
    scheduling: { affinity: { note: plantedSecret } },
  };

  it('is what hardens or weakens it', () => {
    expect(settings(grouped)).toEqual({
      enableAppArmor: true,
      enableLogEnricher: true,
      allowedIdentityRegexp: '^release@example.org$',
      allowedSyscalls: 2,
      disableOciArtifactSignatureVerification: false,
      selinuxEnable: false,
      allowedSystemProfiles: ['container', 'net_container'],
      webhookStaticConfig: true,
      webhookOptions: [{ name: 'binding.spo.io', failurePolicy: 'Ignore' }],
      state: 'Running',
    });
  });

  it('is the same for the flat fields of releases before 1.0', () => {
    expect(
      settings(
        {
          enableAppArmor: true,
          enableLogEnricher: true,
          allowedSyscalls: ['read', 'write'],
          enableSelinux: false,
          selinuxOptions: {
            allowedSystemProfiles: ['container', 'net_container'],
          },
          staticWebhookConfig: true,
          webhookOptions: [{ name: 'binding.spo.io', failurePolicy: 'Ignore' }],
        },
        'v1alpha1',
      ),
    ).toMatchObject({
      enableAppArmor: true,
      enableLogEnricher: true,
      allowedSyscalls: 2,
      selinuxEnable: false,
      allowedSystemProfiles: ['container', 'net_container'],
      webhookStaticConfig: true,
      webhookOptions: [{ name: 'binding.spo.io', failurePolicy: 'Ignore' }],
    });
  });

  it('holds nothing else of the object', () => {
    expect(JSON.stringify(settings(grouped))).not.toContain(plantedSecret);
    expect(settings({ enricher: [], security: 'x', webhook: 7 })).toEqual({
      state: 'Running',
    });
  });
});

describe("What is kept of the operator's workloads", () => {
  const env = [{ name: 'TOKEN', value: plantedSecret }];

  it('is whether its Deployment is up, and where its version stands', () => {
    const object = deployment({
      name: 'security-profiles-operator',
      labels: {
        'app.kubernetes.io/version': '1.0.0',
        'olm.owner': 'security-profiles-operator.v1.0.0',
        'olm.owner.kind': 'ClusterServiceVersion',
      },
      templateSpec: {
        containers: [{ name: 'operator', image: 'spo:v1.0.0', env }],
      },
    });
    expect(
      projectOperatorDeployment({
        ...object,
        spec: { ...(object.spec as object), replicas: 3 },
        status: { availableReplicas: 2 },
      }),
    ).toEqual({
      desired: 3,
      available: 2,
      image: 'spo:v1.0.0',
      versionLabel: '1.0.0',
      clusterServiceVersion: 'security-profiles-operator.v1.0.0',
    });
    expect(projectOperatorDeployment(object)).toMatchObject({
      desired: 1,
      available: 0,
    });
  });

  it('is on how many nodes its daemon is ready, and with which containers', () => {
    expect(
      projectOperatorDaemon({
        ...customObject('apps/v1', 'DaemonSet', { name: 'spod' }),
        spec: {
          template: {
            spec: {
              containers: [
                { name: 'security-profiles-operator', env },
                { name: 'log-enricher' },
              ],
            },
          },
        },
        status: { desiredNumberScheduled: 3, numberReady: 2 },
      }),
    ).toEqual({
      desired: 3,
      ready: 2,
      containers: ['log-enricher', 'security-profiles-operator'],
    });
  });
});

describe("What is kept of the operator's webhook configuration", () => {
  it('is which pods each webhook sees, and what happens without it', () => {
    expect(
      projectWebhooks({
        metadata: { name: 'spo-mutating-webhook-configuration' },
        webhooks: [
          {
            name: 'binding.spo.io',
            failurePolicy: 'Fail',
            clientConfig: { caBundle: plantedSecret },
            namespaceSelector: {
              matchExpressions: [
                { key: 'spo.x-k8s.io/enable-binding', operator: 'Exists' },
              ],
            },
          },
        ],
      }),
    ).toEqual([
      {
        name: 'binding.spo.io',
        failurePolicy: 'Fail',
        namespaceSelector: {
          matchExpressions: [
            { key: 'spo.x-k8s.io/enable-binding', operator: 'Exists' },
          ],
        },
      },
    ]);
  });
});

describe('What is kept of a RuntimeClass', () => {
  it('is its handler', () => {
    const object = {
      metadata: { name: 'box' },
      handler: 'runsc',
      overhead: {},
    };
    expect(projectRuntimeHandler(object)).toBe('runsc');
    expect(projectRuntimeHandler({ metadata: { name: 'box' } })).toBe('');
  });
});

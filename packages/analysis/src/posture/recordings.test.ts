import { RecordingFacts } from '../confinement/recordings';
import { OperatorSettings } from '../operator/operatorFacts';
import { ContainerSecurityContext } from '../confinement/podSecurity';
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

const trace = 'io.containers.trace-';

function judge(options: {
  annotations?: Record<string, string>;
  securityContext?: ContainerSecurityContext;
  labels?: Record<string, string>;
  cluster?: Partial<ClusterFacts>;
}) {
  const posture = judgeEntity(
    exampleFacts({
      clusters: [
        exampleCluster({
          profiles: [
            {
              profile: exampleProfile('pay'),
              nodeStates: { a: 'Installed', b: 'Installed' },
            },
          ],
          ...options.cluster,
        }),
      ],
      workloads: [
        exampleWorkload({
          labels: options.labels ?? {},
          containers: [
            exampleContainer({
              securityContext: options.securityContext,
              pod: { annotations: options.annotations },
            }),
          ],
        }),
      ],
    }),
    defaultRuleset,
    '2026-11-23T10:00:00Z',
  );
  return {
    level: posture.level,
    headline: posture.headline,
    container: posture.workloads[0].containers[0],
    finding: posture.findings.find(({ id }) => id === 'recording-live')!,
  };
}

function recording(overrides: Partial<RecordingFacts> = {}): RecordingFacts {
  return {
    namespace: 'shop',
    name: 'learn',
    kind: 'SeccompProfile',
    recorder: 'logs',
    ...overrides,
  };
}

describe('a container that is recorded with Logs', () => {
  const recorded = judge({
    annotations: { [`${trace}logs/api`]: 'learn_api_abc_1700000000' },
    securityContext: underProfile('pay'),
  });

  it('is unconfined in effect, whatever profile it names', () => {
    expect(recorded.level).toBe('exposed');
    expect(recorded.headline.params.cause).toBe(
      'while a recording allows everything',
    );
    expect(recorded.container.confinement.seccomp).toMatchObject({
      inForce: 'no',
      because:
        'recording learn runs with Logs: everything is allowed and logged',
    });
    expect(recorded.container.recording).toEqual({
      name: 'learn',
      mechanism: 'seccomp',
      recorder: 'logs',
    });
  });

  it('fails with the annotation as evidence', () => {
    expect(recorded.finding).toMatchObject({
      status: 'fail',
      evidence: [
        {
          field: `spec.template.metadata.annotations[${trace}logs/api]`,
          value: 'recording learn with Logs',
        },
      ],
      fixes: [
        {
          text: 'Delete ProfileRecording learn in namespace shop of eu and restart Deployment cart: until then seccomp refuses nothing.',
        },
      ],
    });
  });

  it('of SELinux keeps its seccomp filter and loses its type', () => {
    const { level, container, finding } = judge({
      annotations: { [`${trace}avcs/api`]: 'learn_api_abc_1700000000' },
      securityContext: { seLinuxOptions: { type: 'selinuxrecording.process' } },
    });
    expect(level).toBe('baseline');
    expect(container.confinement.seLinux).toMatchObject({
      state: 'unconfined',
      inForce: 'no',
    });
    expect(finding.status).toBe('fail');
  });

  it('fails to start where the recorder wrote a name with a namespace', () => {
    const { level, container } = judge({
      annotations: { [`${trace}logs/api`]: 'learn_api_abc_1700000000' },
      securityContext: underProfile(
        'security-profiles-operator/log-enricher-trace',
      ),
    });
    expect(container.confinement.seccomp).toMatchObject({
      state: 'dangling',
      inForce: 'will-not-start',
      because: expect.stringContaining('issue 2904'),
    });
    expect(level).toBe('baseline');
  });
});

describe('a container that is recorded with Bpf', () => {
  it.each(['bpf', 'bpf-apparmor'])('keeps its profile (%s)', how => {
    const { level, container, finding } = judge({
      annotations: { [`${trace}${how}/api`]: 'learn_api_abc_1700000000' },
      securityContext: underProfile('pay'),
    });
    expect(level).toBe('profiled');
    expect(container.confinement.seccomp.inForce).toBe('yes');
    expect(finding.status).toBe('warn');
  });
});

describe('a recording that waits for the next pods', () => {
  const on = { shop: { 'spo.x-k8s.io/enable-recording': '' } };

  it.each<[string, RecordingFacts]>([
    ['without a selector', recording()],
    [
      'whose selector matches',
      recording({ podSelector: { matchLabels: { app: 'cart' } } }),
    ],
    ['that lists the container', recording({ containers: ['api'] })],
  ])('%s is announced', (_, one) => {
    const { finding, level } = judge({
      labels: { app: 'cart' },
      cluster: { recordings: [one], namespaceLabels: on },
    });
    expect(finding).toMatchObject({
      status: 'warn',
      evidence: [{ field: 'ProfileRecording shop/learn' }],
    });
    expect(level).toBe('baseline');
  });

  it.each<[string, RecordingFacts, ClusterFacts['namespaceLabels']]>([
    ['in a namespace without the label', recording(), { shop: {} }],
    ['in another namespace', recording({ namespace: 'other' }), on],
    [
      'for other pods',
      recording({ podSelector: { matchLabels: { app: 'other' } } }),
      on,
    ],
    ['for other containers', recording({ containers: ['other'] }), on],
  ])('%s is no concern', (_, one, namespaceLabels) => {
    const { finding } = judge({
      labels: { app: 'cart' },
      cluster: { recordings: [one], namespaceLabels },
    });
    expect(finding.status).toBe('pass');
  });

  it.each<[string, OperatorSettings, Record<string, string>, string]>([
    ['with its recorder off', {}, {}, 'pass'],
    ['with its recorder on', { enableLogEnricher: true }, {}, 'warn'],
    ['with the other recorder on', { enableBpfRecorder: true }, {}, 'pass'],
    [
      'for a pod that an operator with optimised memory does not see',
      { enableLogEnricher: true, enableMemoryOptimization: true },
      {},
      'pass',
    ],
    [
      'for a pod with the label that it then needs',
      { enableLogEnricher: true, enableMemoryOptimization: true },
      { 'spo.x-k8s.io/enable-recording': 'true' },
      'warn',
    ],
  ])('%s is announced or not', (_, settings, labels, status) => {
    const { finding } = judge({
      labels,
      cluster: {
        recordings: [recording()],
        namespaceLabels: on,
        operator: { namespace: 'spo', settings },
      },
    });
    expect(finding.status).toBe(status);
  });

  it('cannot be judged without the labels of its namespace', () => {
    const { finding } = judge({ cluster: { recordings: [recording()] } });
    expect(finding.status).toBe('unknown');
  });
});

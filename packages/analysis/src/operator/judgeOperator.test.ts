import { judgeOperator } from './judgeOperator';
import { OperatorFacts, OperatorSettings } from './operatorFacts';

function facts(overrides: Partial<OperatorFacts> = {}): OperatorFacts {
  return {
    namespace: 'spo',
    manager: { desired: 3, available: 3 },
    webhook: { desired: 3, available: 3 },
    daemon: {
      desired: 2,
      ready: 2,
      containers: ['security-profiles-operator'],
    },
    settings: { state: 'Running' },
    ...overrides,
  };
}

function hardening(id: string, settings: OperatorSettings) {
  return judgeOperator(facts({ settings })).hardening.find(
    one => one.id === id,
  )!;
}

describe('the health of the operator', () => {
  it.each<[string, Partial<OperatorFacts>, string, string]>([
    ['all pods are there', {}, 'healthy', ''],
    [
      'one pod of a Deployment is away for a moment',
      { manager: { desired: 3, available: 2 } },
      'healthy',
      '',
    ],
    [
      'a node lacks its daemon',
      { daemon: { desired: 2, ready: 1, containers: [] } },
      'unhealthy',
      'daemon is not ready',
    ],
    [
      'the daemon is wanted nowhere',
      { daemon: { desired: 0, ready: 0, containers: [] } },
      'unhealthy',
      'on no node',
    ],
    [
      'the manager is away',
      { manager: { desired: 3, available: 0 } },
      'unhealthy',
      'its manager',
    ],
    [
      'the webhook was scaled to nothing',
      { webhook: { desired: 0, available: 0 } },
      'unhealthy',
      'its webhook',
    ],
    [
      'its own word is Running while pods fail',
      {
        daemon: { desired: 2, ready: 0, containers: [] },
        settings: { state: 'Running' },
      },
      'unhealthy',
      'daemon',
    ],
    ['its daemon was not found', { daemon: undefined }, 'unknown', 'in spo'],
    [
      'something is missing and something is wrong',
      { daemon: undefined, webhook: { desired: 3, available: 0 } },
      'unhealthy',
      'webhook',
    ],
  ])('when %s', (_, overrides, state, because) => {
    const judged = judgeOperator(facts(overrides));
    expect(judged.state).toBe(state);
    expect(judged.because.join()).toContain(because);
    expect(judged.because.length > 0).toBe(state !== 'healthy');
  });

  it('is nothing to speak of where it is not installed, and unknown where nothing of it was read', () => {
    expect(judgeOperator(undefined, { installed: 'no' })).toEqual({
      state: 'not-installed',
      because: [],
      hardening: [],
    });
    expect(judgeOperator(undefined).state).toBe('unknown');
  });
});

describe('the switches of the operator', () => {
  it.each<[string, OperatorSettings, 'hardened' | 'open' | 'weakened']>([
    ['signature-identity', {}, 'open'],
    ['signature-identity', { allowedIdentityRegexp: '.*' }, 'open'],
    ['signature-identity', { allowedIdentityRegexp: '^.*$' }, 'open'],
    ['signature-identity', { allowedIdentityRegexp: '.+' }, 'open'],
    ['signature-identity', { allowedIdentityRegexp: '' }, 'open'],
    [
      'signature-identity',
      { allowedIdentityRegexp: '^release@example\\.org$' },
      'hardened',
    ],
    ['signature-issuer', {}, 'open'],
    [
      'signature-issuer',
      { allowedOidcIssuerRegexp: 'https://accounts.example.org' },
      'hardened',
    ],
    ['signature-verification', {}, 'hardened'],
    [
      'signature-verification',
      { disableOciArtifactSignatureVerification: true },
      'weakened',
    ],
    ['log-enricher', { enableLogEnricher: true }, 'weakened'],
    ['bpf-recorder', { enableBpfRecorder: true }, 'weakened'],
    ['bpf-recorder', {}, 'hardened'],
    ['app-armor', { enableAppArmor: true }, 'open'],
    ['allow-list', {}, 'open'],
    ['allow-list', { allowedSyscalls: 200 }, 'hardened'],
    // Actions without a list of calls do nothing.
    ['allow-list', { allowedSeccompActions: ['SCMP_ACT_ALLOW'] }, 'open'],
    ['insecure-metrics', { enableInsecureMetricsAccess: true }, 'weakened'],
    ['profiling', { enableProfiling: true }, 'weakened'],
  ])('%s with %j is %s', (id, settings, state) => {
    const one = hardening(id, settings);
    expect(one.state).toBe(state);
    expect(one.field).toMatch(/^spec\./);
    expect('fix' in one).toBe(state !== 'hardened');
  });

  it('are unknown where the settings were not read', () => {
    const { hardening: all } = judgeOperator(facts({ settings: undefined }));
    expect(new Set(all.map(({ state }) => state))).toEqual(
      new Set(['unknown']),
    );
  });

  it("say what happens without the webhook, by its configuration before the operator's settings", () => {
    const policy = (
      settings: OperatorSettings,
      failurePolicy?: string,
    ): string =>
      judgeOperator(facts({ settings }), {
        webhooks: failurePolicy
          ? [{ name: 'binding.spo.io', failurePolicy }]
          : undefined,
      }).hardening.find(({ id }) => id === 'webhook-failure-policy')!.state;
    const ignoring = {
      webhookOptions: [{ name: 'binding.spo.io', failurePolicy: 'Ignore' }],
    };
    expect(policy({}, 'Fail')).toBe('hardened');
    expect(policy({}, 'Ignore')).toBe('weakened');
    expect(policy(ignoring)).toBe('weakened');
    expect(policy(ignoring, 'Fail')).toBe('hardened');
    expect(policy({})).toBe('unknown');
  });
});

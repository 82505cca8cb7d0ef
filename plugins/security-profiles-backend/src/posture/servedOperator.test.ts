import { servedOperator } from './servedOperator';

describe('The operator of a cluster', () => {
  const facts = {
    namespace: 'spo',
    manager: { desired: 3, available: 2, image: 'spo:v1.0.0' },
    webhook: { desired: 3, available: 3 },
    daemon: {
      desired: 2,
      ready: 1,
      containers: ['log-enricher', 'security-profiles-operator'],
    },
    settings: {},
  };

  it('is served with its version, its pods, what runs on the nodes and its switches', () => {
    expect(servedOperator(facts, { installed: 'yes' })).toMatchObject({
      version: '1.0.0',
      versionFrom: 'image',
      namespace: 'spo',
      health: {
        state: 'unhealthy',
        manager: { wanted: 3, ready: 2 },
        daemon: { wanted: 2, ready: 1 },
        features: ['log-enricher'],
      },
      hardening: expect.arrayContaining([
        expect.objectContaining({ id: 'signature-identity', state: 'open' }),
      ]),
    });
  });

  it('has at least the version that the API tells', () => {
    const { version, versionFrom, health } = servedOperator(undefined, {
      installed: 'yes',
      api: { version: 'v1', namespaced: 'no' },
    });
    expect([version, versionFrom, health?.state]).toEqual([
      '1.0 or later',
      'api',
      'unknown',
    ]);
  });

  it('is not there where its kinds are not, whatever is called like it', () => {
    expect(servedOperator(facts, { installed: 'no' })).toMatchObject({
      version: null,
      health: { state: 'not-installed' },
      hardening: [],
    });
  });
});

import { OperatorDeployment } from './operatorFacts';
import { operatorVersion } from './operatorVersion';

const image = 'registry.k8s.io/security-profiles-operator/spo';

function version(
  manager: Partial<OperatorDeployment>,
  api?: Parameters<typeof operatorVersion>[1],
) {
  return operatorVersion(
    { namespace: 'spo', manager: { desired: 3, available: 3, ...manager } },
    api,
  );
}

describe('the version of the operator', () => {
  it.each<[string, Partial<OperatorDeployment>, object | undefined]>([
    [
      'is the tag of its image',
      { image: `${image}:v1.0.0`, versionLabel: '9.9.9' },
      { value: '1.0.0', from: 'image' },
    ],
    [
      'is the tag before a digest',
      { image: `${image}:v0.10.0@sha256:${'0'.repeat(64)}` },
      { value: '0.10.0', from: 'image' },
    ],
    [
      'keeps what comes after three numbers',
      { image: `${image}:v1.0.1-rc.1` },
      { value: '1.0.1-rc.1', from: 'image' },
    ],
    [
      'is no port of a registry',
      { image: 'registry.example:5000/spo' },
      undefined,
    ],
    [
      'is the ClusterServiceVersion where the tag says nothing',
      {
        image: `${image}:latest`,
        clusterServiceVersion: 'security-profiles-operator.v0.8.5',
        versionLabel: '9.9.9',
      },
      { value: '0.8.5', from: 'csv' },
    ],
    [
      "is Helm's label where nothing else says it",
      { image: `${image}:latest`, versionLabel: '1.0.0' },
      { value: '1.0.0', from: 'label' },
    ],
    ['is not known otherwise', { image: `${image}:latest` }, undefined],
  ])('%s', (_, manager, expected) => {
    expect(version(manager)).toEqual(expected);
  });

  it.each([
    ['v1', 'no', '1.0 or later'],
    ['v1beta1', 'no', '0.9 or 0.10'],
    ['v1beta1', 'yes', '0.8 or earlier'],
  ] as const)(
    'is a range by what the API serves: %s, namespaced %s',
    (served, namespaced, value) => {
      const api = { version: served, namespaced };
      expect(version({ image: `${image}:latest` }, api)).toEqual({
        value,
        from: 'api',
      });
      expect(operatorVersion(undefined, api)?.value).toBe(value);
    },
  );
});

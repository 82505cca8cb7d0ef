import { customObject } from '../../testing/kubernetesObjects';
import {
  projectBinding,
  projectRecording,
  projectSelector,
} from './projectBinding';

const group = 'security-profiles-operator.x-k8s.io';

function object(kind: string, fields: Record<string, unknown>) {
  return {
    ...customObject(`${group}/v1`, kind, { name: 'cart' }),
    status: { activeWorkloads: ['shop/secret-pod'] },
    ...fields,
  };
}

describe('What is kept of a ProfileBinding', () => {
  it('is which image gets which profile, and no name of a pod', () => {
    const kept = projectBinding(
      object('ProfileBinding', {
        spec: {
          profileRef: { kind: 'SeccompProfile', name: 'pay', more: 'x' },
          image: 'nginx:1.27',
          more: 'x',
        },
      }),
    );
    expect(kept).toEqual({
      namespace: 'shop',
      name: 'cart',
      profileKind: 'SeccompProfile',
      profileName: 'pay',
      image: 'nginx:1.27',
    });
  });

  it('is empty where fields are of the wrong type', () => {
    expect(
      projectBinding(object('ProfileBinding', { spec: { image: 7 } })),
    ).toMatchObject({ profileKind: '', profileName: '', image: '' });
  });
});

describe('What is kept of a ProfileRecording', () => {
  it.each(['Logs', 'logs'])(
    'is the recorder in one spelling, as %s',
    recorder => {
      expect(
        projectRecording(
          object('ProfileRecording', {
            spec: {
              kind: 'SeccompProfile',
              recorder,
              mergeStrategy: 'None',
              podSelector: { matchLabels: { app: 'cart' } },
              containers: ['main'],
            },
          }),
        ),
      ).toEqual({
        namespace: 'shop',
        name: 'cart',
        kind: 'SeccompProfile',
        recorder: 'logs',
        podSelector: { matchLabels: { app: 'cart' } },
        containers: ['main'],
      });
    },
  );

  it('has no list of containers where all are recorded', () => {
    expect(
      projectRecording(
        object('ProfileRecording', { spec: { containers: [] } }),
      ),
    ).not.toHaveProperty('containers');
  });
});

describe('What is kept of a label selector', () => {
  it('is its labels and its expressions', () => {
    expect(
      projectSelector({
        matchLabels: { app: 'cart' },
        matchExpressions: [
          { key: 'tier', operator: 'In', values: ['web', 1] },
          { key: 'zone', operator: 'Exists' },
        ],
      }),
    ).toEqual({
      matchLabels: { app: 'cart' },
      matchExpressions: [
        { key: 'tier', operator: 'In', values: ['web'] },
        { key: 'zone', operator: 'Exists' },
      ],
    });
    expect(projectSelector({})).toEqual({});
    expect(projectSelector(undefined)).toBeUndefined();
  });
});

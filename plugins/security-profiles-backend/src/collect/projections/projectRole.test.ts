import { projectRole, projectRoleBinding } from './projectRole';

const object = (name: string, more: Record<string, unknown>) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'any',
  metadata: { name, uid: name, resourceVersion: '1' },
  ...more,
});

const binding = (subjects: unknown, namespace?: string) => ({
  ...object('b', {
    roleRef: { kind: 'ClusterRole', name: 'view' },
    subjects,
  }),
  metadata: { name: 'b', uid: 'b', resourceVersion: '1', namespace },
});

describe('A role', () => {
  it('is kept with its rules, and without those about paths', () => {
    expect(
      projectRole(
        object('ops', {
          rules: [
            { apiGroups: [''], resources: ['secrets'], verbs: ['get'] },
            { nonResourceURLs: ['/metrics'], verbs: ['get'] },
            {
              apiGroups: [''],
              resources: ['secrets'],
              verbs: ['get'],
              resourceNames: ['tls'],
            },
          ],
          aggregationRule: {
            clusterRoleSelectors: [{ matchLabels: { to: 'ops' } }],
          },
        }),
      ),
    ).toEqual({
      name: 'ops',
      labels: {},
      rules: [
        { apiGroups: [''], resources: ['secrets'], verbs: ['get'] },
        {
          apiGroups: [''],
          resources: ['secrets'],
          verbs: ['get'],
          resourceNames: ['tls'],
        },
      ],
      aggregates: [{ matchLabels: { to: 'ops' } }],
    });
  });

  it.each([undefined, 'rules', [null, 7, { resources: 'secrets' }]])(
    'with the rules %j gives none',
    rules => {
      expect(projectRole(object('odd', { rules })).rules).toEqual([]);
    },
  );
});

describe('A binding', () => {
  it.each<[unknown, string | undefined, string[] | undefined]>([
    [
      [{ kind: 'ServiceAccount', name: 'a', namespace: 'shop' }],
      undefined,
      ['account shop/a'],
    ],
    [[{ kind: 'ServiceAccount', name: 'a' }], 'shop', ['account shop/a']],
    [
      [{ kind: 'User', name: 'system:serviceaccount:shop:a' }],
      undefined,
      ['account shop/a'],
    ],
    [
      [{ kind: 'Group', name: 'system:serviceaccounts:shop' }],
      undefined,
      ['group system:serviceaccounts:shop'],
    ],
    [
      [{ kind: 'Group', name: 'system:authenticated' }],
      undefined,
      ['group system:authenticated'],
    ],
    [[{ kind: 'Group', name: 'admins' }], undefined, undefined],
    [[{ kind: 'User', name: 'anna' }], undefined, undefined],
    [undefined, undefined, undefined],
  ])('of %j in %s is kept for %j', (subjects, namespace, expected) => {
    expect(projectRoleBinding(binding(subjects, namespace))?.subjects).toEqual(
      expected,
    );
  });
});

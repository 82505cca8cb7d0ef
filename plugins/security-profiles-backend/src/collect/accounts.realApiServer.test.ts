import { TestDatabases } from '@backstage/backend-test-utils';
import type { Posture } from '@security-profiles/backstage-plugin-security-profiles-common';
import {
  type AppliedObject,
  appliedDeployment,
  servedNode,
} from '../testing/appliedObjects';
import { component } from '../testing/component';
import { type Envtest, startEnvtest } from '../testing/envtest';
import { posturePath } from '../testing/realCluster';
import { startTestPortal, type TestPortal } from '../testing/startTestPortal';

jest.setTimeout(180_000);

const rbac = 'rbac.authorization.k8s.io';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const agents = ['helper', 'grouped', 'quiet'];

type RbacObject = AppliedObject & Record<string, unknown>;

function rbacObject(
  kind: string,
  metadata: AppliedObject['metadata'],
  fields: Record<string, unknown>,
): RbacObject {
  return { apiVersion: `${rbac}/v1`, kind, metadata, ...fields };
}

/** Each agent in a namespace and with an account of its own name. */
function agent(name: string, account: Record<string, unknown> = {}) {
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: `ns-${name}` },
    },
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace: `ns-${name}` },
      ...account,
    },
    ...appliedDeployment({
      name,
      namespace: `ns-${name}`,
      nodes: ['node-a'],
      labels: { 'backstage.io/kubernetes-id': name },
      spec: { serviceAccountName: name },
    }),
  ];
}

const objects = [
  ...servedNode('node-a'),
  ...agent('helper'),
  ...agent('grouped'),
  ...agent('quiet', { automountServiceAccountToken: false }),
  rbacObject(
    'ClusterRole',
    { name: 'part', labels: { 'example.org/to-ops': 'true' } },
    { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['list'] }] },
  ),
  // Nothing fills it in on this server: there is no controller.
  rbacObject(
    'ClusterRole',
    { name: 'ops' },
    {
      rules: [],
      aggregationRule: {
        clusterRoleSelectors: [
          { matchLabels: { 'example.org/to-ops': 'true' } },
        ],
      },
    },
  ),
  rbacObject(
    'ClusterRoleBinding',
    { name: 'helper-ops' },
    {
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'ops' },
      subjects: [
        { kind: 'ServiceAccount', name: 'helper', namespace: 'ns-helper' },
      ],
    },
  ),
  rbacObject(
    'Role',
    { name: 'runner', namespace: 'ns-grouped' },
    { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['create'] }] },
  ),
  rbacObject(
    'RoleBinding',
    { name: 'everybody', namespace: 'ns-grouped' },
    {
      roleRef: { apiGroup: rbac, kind: 'Role', name: 'runner' },
      subjects: [
        {
          kind: 'Group',
          apiGroup: rbac,
          name: 'system:serviceaccounts:ns-grouped',
        },
      ],
    },
  ),
];

const found = (posture: Posture, id: string) =>
  posture.findings?.find(one => one.id === id);

describe('The accounts of AI agents on a real API server', () => {
  let envtest: Envtest;
  let portal: TestPortal;

  const start = async () => {
    portal = await startTestPortal({
      knex: await databases.init('SQLITE_3'),
      config: {
        clusters: [
          { type: 'kubeconfig', name: 'real', path: envtest.readerKubeconfig },
        ],
      },
      entities: agents.map(name =>
        component(name, {
          'backstage.io/kubernetes-id': name,
          'security-profiles.io/class': 'ai-agent',
        }),
      ),
    });
    await portal.refreshCatalog();
  };
  const until = (name: string, id: string, status: string) =>
    portal.eventually<Posture>(
      posturePath(name),
      body => found(body, id)?.status === status,
      { deadline: 60_000 },
    );

  beforeEach(async () => {
    envtest = await startEnvtest({ crds: [] });
    await envtest.applyManifests(objects);
  });

  afterEach(async () => {
    await portal?.stop();
    await envtest?.stop();
  });

  it('are judged by roles, aggregated ones and groups too, and follow a binding that goes', async () => {
    await start();
    const helper = await until('helper', 'agent-cluster-rights', 'fail');
    expect(found(helper, 'agent-cluster-rights')?.evidence).toMatchObject([
      {
        cluster: 'real',
        namespace: 'ns-helper',
        workload: 'Deployment helper',
        value:
          'helper may read secrets in all namespaces, by ClusterRoleBinding helper-ops → ClusterRole ops',
      },
    ]);
    const grouped = await until('grouped', 'agent-cluster-rights', 'fail');
    expect(found(grouped, 'agent-cluster-rights')?.evidence[0].value).toBe(
      'grouped may create pods, and so run as any account there in namespace ns-grouped, by RoleBinding everybody → Role runner',
    );
    const quiet = await until('quiet', 'agent-cluster-rights', 'pass');
    expect(found(quiet, 'agent-token-mounted')?.status).toBe('pass');
    expect(found(helper, 'agent-token-mounted')?.status).toBe('warn');

    await envtest.request(
      'DELETE',
      `/apis/${rbac}/v1/clusterrolebindings/helper-ops`,
    );
    const after = await until('helper', 'agent-cluster-rights', 'pass');
    expect(found(after, 'agent-cluster-rights')?.evidence).toEqual([]);
  });

  it('are unknown with the reason where the reader may not see them', async () => {
    await envtest.request(
      'DELETE',
      `/apis/${rbac}/v1/clusterrolebindings/security-profiles-reader-accounts`,
    );
    await start();
    const helper = await until('helper', 'agent-cluster-rights', 'unknown');
    expect(found(helper, 'agent-cluster-rights')?.reason).toMatch(
      /clusterrolebindings of real could not be read since .*the account is not allowed to/,
    );
    expect(found(helper, 'agent-token-mounted')).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('its ServiceAccount helper was not read'),
    });
  });
});

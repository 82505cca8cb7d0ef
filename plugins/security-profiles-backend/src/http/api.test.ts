import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  type CatalogServiceRequestOptions,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type ConditionalPolicyDecision,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import request from 'supertest';
import {
  createSecurityClusterConditionalDecision,
  createSecurityPostureConditionalDecision,
  createSecurityProfileConditionalDecision,
  securityClusterConditions,
  securityPostureConditions,
  securityProfileConditions,
} from '../access/conditions';
import { createSecurityProfiles } from '../createSecurityProfiles';
import type { Handlers } from './handlers';
import { operationRoutes } from './operationRoutes';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const secret = 'planted-secret-value';

/**
 * prod     Deployment shop/payments (label payments) ── profile pay, on node-a of node-a, node-b
 *          Deployment shop/storefront (label storefront), RuntimeDefault
 * staging  Deployment shop/payments, no seccomp
 */
const manifests: Record<string, string> = {
  'prod/cluster.yaml': `
apiVersion: v1
kind: Node
metadata: { name: node-a, labels: { kubernetes.io/os: linux } }
status:
  nodeInfo: { kubeletVersion: v1.33.1, kernelVersion: 6.8.0, operatingSystem: linux, architecture: amd64, osImage: Debian, containerRuntimeVersion: containerd://2.0.0 }
  conditions: [{ type: Ready, status: 'True' }]
---
apiVersion: v1
kind: Node
metadata: { name: node-b, labels: { kubernetes.io/os: linux } }
status: { nodeInfo: { kubeletVersion: v1.33.1, operatingSystem: linux } }
---
apiVersion: security-profiles-operator.x-k8s.io/v1
kind: SeccompProfile
metadata: { name: pay, uid: pay-uid }
spec: { defaultAction: SCMP_ACT_ERRNO, syscalls: [{ action: SCMP_ACT_ALLOW, names: [read, write] }] }
---
apiVersion: security-profiles-operator.x-k8s.io/v1
kind: SecurityProfileNodeStatus
metadata:
  name: pay-node-a
  labels:
    spo.x-k8s.io/profile-id: SeccompProfile-pay
    spo.x-k8s.io/node-name: node-a
    spo.x-k8s.io/profile-state: Installed
    spo.x-k8s.io/profile-kind: SeccompProfile
  ownerReferences: [{ apiVersion: security-profiles-operator.x-k8s.io/v1, kind: SeccompProfile, name: pay, uid: pay-uid, controller: true }]
---
apiVersion: v1
kind: Pod
metadata: { name: spod-a, namespace: spo, labels: { app: security-profiles-operator, name: spod } }
spec: { nodeName: node-a, containers: [{ name: spod, image: spo:v1.0.0 }] }
status: { phase: Running }
---
apiVersion: v1
kind: Pod
metadata: { name: spod-b, namespace: spo, labels: { app: security-profiles-operator, name: spod } }
spec: { nodeName: node-b, containers: [{ name: spod, image: spo:v1.0.0 }] }
status: { phase: Running }
---
apiVersion: v1
kind: Pod
metadata: { name: cilium-a, namespace: kube-system, labels: { k8s-app: cilium } }
spec: { nodeName: node-a, containers: [{ name: cilium-agent, image: 'quay.io/cilium/cilium:v1.19.7' }] }
status: { phase: Running }
`,
  'prod/services.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata: { name: payments, namespace: shop, uid: d-1, labels: { backstage.io/kubernetes-id: payments } }
spec:
  template:
    metadata: { labels: { backstage.io/kubernetes-id: payments } }
    spec:
      securityContext: { seccompProfile: { type: Localhost, localhostProfile: operator/pay.json } }
      containers: [{ name: api, image: 'pay:1', env: [{ name: TOKEN, value: ${secret} }], args: [${secret}] }]
---
apiVersion: v1
kind: Pod
metadata:
  name: payments-1
  namespace: shop
  labels: { backstage.io/kubernetes-id: payments }
  ownerReferences: [{ apiVersion: apps/v1, kind: Deployment, name: payments, uid: d-1, controller: true }]
spec:
  nodeName: node-a
  securityContext: { seccompProfile: { type: Localhost, localhostProfile: operator/pay.json } }
  containers: [{ name: api, image: 'pay:1', env: [{ name: TOKEN, value: ${secret} }], args: [${secret}] }]
status: { phase: Running }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: storefront, namespace: shop }
spec:
  template:
    metadata: { labels: { backstage.io/kubernetes-id: storefront } }
    spec:
      securityContext: { seccompProfile: { type: RuntimeDefault } }
      containers: [{ name: web, image: 'web:1' }]
`,
  'staging/services.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata: { name: payments, namespace: shop, labels: { backstage.io/kubernetes-id: payments } }
spec:
  template:
    spec: { containers: [{ name: api, image: 'pay:2' }] }
`,
};

function component(name: string, owner: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: { 'backstage.io/kubernetes-id': name },
    },
    spec: { type: 'service', owner, lifecycle: 'production' },
  };
}

const entities = [
  component('payments', 'group:default/checkout'),
  component('storefront', 'group:default/web'),
  component('unmatched', 'group:default/checkout'),
];

type Decide = (permissionName: string) => PolicyDecision;
const allow: Decide = () => ({ result: AuthorizeResult.ALLOW });
const deny: Decide = () => ({ result: AuthorizeResult.DENY });

/** The conditional decisions of a policy under which a group sees what it owns. */
function owned(group: string): Decide {
  const claims = { claims: [group] };
  return name => {
    if (name === 'security-profiles.posture.read') {
      return createSecurityPostureConditionalDecision(
        { name } as never,
        securityPostureConditions.isEntityOwner(claims),
      );
    }
    if (name === 'security-profiles.profile.read') {
      return createSecurityProfileConditionalDecision(
        { name } as never,
        securityProfileConditions.isUsedByOwnedEntity(claims),
      );
    }
    if (name === 'security-profiles.cluster.read') {
      return createSecurityClusterConditionalDecision(
        { name } as never,
        securityClusterConditions.hasCluster({ clusters: ['staging'] }),
      );
    }
    return { result: AuthorizeResult.ALLOW };
  };
}

describe.each(databases.eachSupportedId())('HTTP API (%s)', databaseId => {
  let folder: string;
  let backend: TestBackend;
  let refreshCatalog: () => Promise<void> = async () => {};
  let decide: Decide = allow;
  let visible: (entity: Entity) => 'visible' | 'hidden' = () => 'visible';

  const get = (path: string) =>
    request(backend.server)
      .get(`/api/security-profiles${path}`)
      .set('authorization', mockCredentials.user.header());

  async function eventually(
    path: string,
    check: (body: never) => unknown,
  ): Promise<void> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const { body } = await get(path);
      if (check(body as never)) {
        return;
      }
      if (Date.now() > deadline) {
        throw new Error(`${path} never answered so: ${JSON.stringify(body)}`);
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'security-profiles-'));
    for (const [name, content] of Object.entries(manifests)) {
      await mkdir(join(folder, name, '..'), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    const knex = await databases.init(databaseId);
    const permissions = mockServices.permissions.mock();
    permissions.authorize.mockImplementation(async queries =>
      queries.map(({ permission, resourceRef }) =>
        single(decide(permission.name), resourceRef),
      ),
    );
    permissions.authorizeConditional.mockImplementation(async queries =>
      queries.map(({ permission }) =>
        permission.name === 'catalog.entity.read'
          ? catalogDecision()
          : (decide(permission.name) as never),
      ),
    );
    // A conditional decision on one resource is what the permission backend makes of it by asking the plugin.
    function single(decision: PolicyDecision, resourceRef: unknown) {
      if (decision.result !== AuthorizeResult.CONDITIONAL) {
        return decision as never;
      }
      const { params } = (decision as ConditionalPolicyDecision)
        .conditions as never as {
        params: { claims?: string[]; clusters?: string[] };
      };
      const owner = entities.find(
        entity =>
          resourceRef === `component:default/${entity.metadata.name}` &&
          params.claims?.includes(String(entity.spec?.owner)),
      );
      return {
        result:
          owner || params.clusters?.includes(String(resourceRef))
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
      } as never;
    }
    function catalogDecision(): PolicyDecision {
      return entities.every(entity => visible(entity) === 'visible')
        ? { result: AuthorizeResult.ALLOW }
        : {
            result: AuthorizeResult.CONDITIONAL,
            pluginId: 'catalog',
            resourceType: 'catalog-entity',
            // What it says does not matter here: the catalog itself filters.
            conditions: {
              rule: 'IS_ENTITY_OWNER',
              resourceType: 'catalog-entity',
              params: { claims: [] },
            },
          };
    }
    const catalog = catalogServiceMock({ entities });
    const isVisible = (entity: Entity) => visible(entity) === 'visible';
    const streamAll = catalog.streamEntities.bind(catalog);
    catalog.streamEntities = async function* stream(query, options) {
      const { credentials } = options as CatalogServiceRequestOptions;
      const asUser =
        (credentials.principal as { type?: string }).type === 'user';
      for await (const page of streamAll(query, options)) {
        yield asUser ? page.filter(isVisible) : page;
      }
    };
    backend = await startTestBackend({
      features: [
        createBackendPlugin({
          pluginId: 'security-profiles',
          register(env) {
            env.registerInit({
              deps: {
                actions: actionsRegistryServiceRef,
                auth: coreServices.auth,
                catalog: catalogServiceRef,
                config: coreServices.rootConfig,
                events: eventsServiceRef,
                httpAuth: coreServices.httpAuth,
                httpRouter: coreServices.httpRouter,
                lifecycle: coreServices.lifecycle,
                logger: coreServices.logger,
                metrics: metricsServiceRef,
                permissions: coreServices.permissions,
                permissionsRegistry: coreServices.permissionsRegistry,
                scheduler: coreServices.scheduler,
              },
              async init(services) {
                const plugin = await createSecurityProfiles({
                  ...services,
                  catalog,
                  database: { getClient: async () => knex },
                  answers: 'checked',
                  resolvePath: path => join(folder, path),
                });
                refreshCatalog = plugin.refreshCatalog;
                services.httpRouter.use(plugin.router);
                services.lifecycle.addStartupHook(plugin.start);
                services.lifecycle.addShutdownHook(plugin.stop);
              },
            });
          },
        }),
        permissions.factory,
        catalogServiceMock.factory({ entities }),
        mockServices.rootConfig.factory({
          data: {
            securityProfiles: {
              clusters: [
                { type: 'manifests', name: 'prod', path: join(folder, 'prod') },
                {
                  type: 'manifests',
                  name: 'staging',
                  path: join(folder, 'staging'),
                },
              ],
              environments: {
                production: { clusters: ['prod'] },
                test: { clusters: ['staging'], counted: false },
              },
              clusterOptions: { prod: { owner: 'group:default/platform' } },
            },
          },
        }),
      ],
    });
    await eventually(
      '/entities/component/default/payments/posture',
      (body: { workloads?: unknown[] }) => body.workloads?.length === 2,
    );
    await refreshCatalog();
    await eventually('/setup', (body: { entities?: { matched: number } }) => {
      return body.entities?.matched === 2;
    });
    await eventually('/clusters', (body: { items: { services: number }[] }) => {
      return body.items[0].services === 2;
    });
  });

  afterAll(async () => {
    await backend?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(() => {
    decide = allow;
    visible = () => 'visible';
  });

  const pathOf: Record<string, string> = {
    ':kind': 'component',
    ':namespace': 'default',
    ':name': 'payments',
    ':clusterId': 'prod',
    ':profileId': 'some-profile',
    ':reviewId': 'some-review',
  };
  /** A valid body for each operation that takes one: what is refused is refused for the caller's sake. */
  const bodyOf: Partial<Record<keyof Handlers, object>> = {
    createReview: {
      kind: 'content',
      subject: { profileId: 'some-profile' },
      digest: 'sha256:0',
      environment: 'production',
      reason: 'needed',
    },
    castVote: { decision: 'approve', expectedDigest: 'sha256:0' },
    addComment: { comment: 'why?' },
    withdrawReview: {},
    planClusterPatch: {
      version: '1.19.8',
      date: '2099-01-01',
      reason: 'after the sale',
    },
    revokeApproval: { reason: 'no longer needed' },
    breakGlass: {
      expectedDigest: 'sha256:0',
      reason: 'checkout is down',
      incident: 'https://incidents.example/7',
    },
  };
  /** Parameters that an operation asks for. */
  const queryOf: Partial<Record<keyof Handlers, string>> = {
    compareRevisions: '?from=current',
  };
  const routes = operationRoutes().map(({ operationId, method, path }) => ({
    operationId,
    method,
    path: `${path.replace(/:\w+/g, name => pathOf[name])}${
      queryOf[operationId] ?? ''
    }`,
  }));
  const call = (route: (typeof routes)[number], authorization: string) => {
    const sent = request(backend.server)
      [route.method](`/api/security-profiles${route.path}`)
      .set('authorization', authorization);
    const body = bodyOf[route.operationId];
    return body ? sent.send(body) : sent;
  };

  it.each(routes)(
    '$operationId answers 401 to somebody who is not signed in',
    async route => {
      const { status } = await call(route, mockCredentials.none.header());
      expect(status).toBe(401);
    },
  );

  it.each(routes)(
    '$operationId answers 403 under a policy that denies',
    async route => {
      decide = deny;
      const { status, body } = await call(route, mockCredentials.user.header());
      expect(status).toBe(403);
      expect(body.error).toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('security-profiles.'),
      });
    },
  );

  it.each(routes.filter(route => route.path.includes('some-profile')))(
    '$operationId answers 404 where there is no such profile',
    async ({ path }) => {
      const { status, body } = await get(path);
      expect([status, body.error.code]).toEqual([404, 'not-found']);
    },
  );

  it('tells what the containers of a service run under, and where the profile is missing', async () => {
    const { body } = await get('/entities/Component/default/Payments/posture');
    expect(body.entityRef).toBe('component:default/payments');
    expect(
      body.workloads.map((workload: never) => describeWorkload(workload)),
    ).toEqual([
      'prod Deployment payments live: api profile operator/pay.json',
      'staging Deployment payments template: api unset ',
    ]);
    expect(body.profiles).toMatchObject([
      { name: 'pay', installed: { nodes: 1, of: 2, missing: ['node-b'] } },
    ]);
    expect(body.dataplane).toMatchObject([
      { cluster: 'prod', cilium: { versions: [{ version: '1.19.7' }] } },
      { cluster: 'staging', cilium: null },
    ]);
    expect(body.sources.length).toBeGreaterThan(20);
  });

  it('says what was looked for when nothing matched', async () => {
    const { body } = await get('/entities/component/default/unmatched/posture');
    expect(body).toMatchObject({
      level: 'unknown',
      workloads: [],
      matching: {
        clusters: 2,
        selectors: [{ labelSelector: 'backstage.io/kubernetes-id=unmatched' }],
      },
    });
  });

  it('answers 404 for an entity that the catalog does not have', async () => {
    const { status, body } = await get(
      '/entities/component/default/nothing/posture',
    );
    expect([status, body.error.code]).toEqual([404, 'entity-not-found']);
  });

  it('hides an entity that the catalog hides from the caller, and does not count it', async () => {
    visible = entity =>
      entity.metadata.name === 'payments' ? 'hidden' : 'visible';
    const posture = await get('/entities/component/default/payments/posture');
    expect(posture.status).toBe(404);
    const clusters = await get('/clusters');
    expect(
      clusters.body.items.map((item: { services: number }) => item.services),
    ).toEqual([1, 0]);
    const profiles = await get('/profiles');
    expect(profiles.body.items[0].users).toBe(0);
    const users = await get(`/profiles/${profiles.body.items[0].id}/users`);
    expect(users.body).toMatchObject({ items: [], totalItems: 0, hidden: 1 });
    expect(JSON.stringify(users.body)).not.toContain('payments');
  });

  it('narrows the clusters to those of an owner, whatever its case, and counts those', async () => {
    const own = await get('/clusters?owner=Group%3Adefault%2FPlatform');
    expect(own.body).toMatchObject({
      totalItems: 1,
      items: [{ name: 'prod', owner: 'group:default/platform' }],
    });
    const none = await get('/clusters?owner=group%3Adefault%2Fnobody');
    expect(none.body).toMatchObject({ totalItems: 0, items: [] });
  });

  it('lets the owners of an entity read its posture under a conditional policy, and nobody else', async () => {
    decide = owned('group:default/checkout');
    const own = await get('/entities/component/default/payments/posture');
    const other = await get('/entities/component/default/storefront/posture');
    expect([own.status, other.status]).toEqual([200, 403]);
  });

  it('filters lists by the conditions of the policy before anything is counted', async () => {
    decide = owned('group:default/web');
    const profiles = await get('/profiles');
    expect(profiles.body).toMatchObject({ items: [], totalItems: 0 });
    const clusters = await get('/clusters');
    expect(clusters.body).toMatchObject({
      totalItems: 1,
      items: [{ name: 'staging', services: 0 }],
    });
    const workloads = await get('/workloads');
    expect(
      new Set(
        workloads.body.items.map((item: { cluster: string }) => item.cluster),
      ),
    ).toEqual(new Set(['staging']));
    const setup = await get('/setup');
    expect(setup.body).toMatchObject({
      clusters: { connected: 1 },
      entities: { total: 1, matched: 1 },
      operator: { clusters: [] },
    });
  });

  it('shows a profile to the owner of an entity that uses it', async () => {
    decide = owned('group:default/checkout');
    const { body } = await get('/profiles?q=PA');
    expect(body.items).toMatchObject([
      { name: 'pay', cluster: 'prod', users: 1, resolution: 'own', allows: 2 },
    ]);
  });

  it('lists the revisions and users of a profile', async () => {
    const { body: list } = await get('/profiles?kind=SeccompProfile');
    const [{ id }] = list.items;
    const revisions = await get(`/profiles/${id}/revisions`);
    expect(revisions.body.items).toMatchObject([
      { effectiveDigest: expect.stringMatching(/^sha256:/) },
    ]);
    const users = await get(`/profiles/${id}/users`);
    expect(users.body).toMatchObject({
      items: [{ entityRef: 'component:default/payments', pods: 1 }],
      hidden: 0,
    });
  });

  it('tells of a profile what a pod writes for it, where it is missing, and who runs under it', async () => {
    const { body: list } = await get('/profiles?use=used');
    const [{ id }] = list.items;
    const detail = await get(`/profiles/${id}`);
    expect(detail.body).toMatchObject({
      name: 'pay',
      environment: 'production',
      names: ['operator/pay.json'],
      nodeStates: [
        { state: 'missing', nodes: 1 },
        { state: 'installed', nodes: 1 },
      ],
    });
    expect(detail.body.yaml.text).toContain('defaultAction: SCMP_ACT_ERRNO');
    const nodes = await get(`/profiles/${id}/nodes?state=missing`);
    expect(nodes.body).toMatchObject({
      totalItems: 1,
      items: [{ name: 'node-b', state: 'missing', pods: 0 }],
    });
    const users = await get(`/profiles/${id}/users`);
    expect(users.body).toMatchObject({
      items: [{ ownerRef: 'group:default/checkout', claim: 'confirmed' }],
      owners: [{ ownerRef: 'group:default/checkout', entities: 1, pods: 1 }],
      unclaimed: { workloads: 0, pods: 0 },
    });
  });

  it('counts only users that the caller may read, also to filter and sort by them', async () => {
    visible = entity =>
      entity.metadata.name === 'payments' ? 'hidden' : 'visible';
    const used = await get('/profiles?use=used');
    const unused = await get('/profiles?use=unused&sort=-users');
    expect([used.body.totalItems, unused.body.totalItems]).toEqual([0, 1]);
    const users = await get(`/profiles/${unused.body.items[0].id}/users`);
    expect(users.body).toMatchObject({ owners: [], hidden: 1 });
  });

  it('takes a cursor only for the order that it was made for', async () => {
    const cursor = Buffer.from(
      JSON.stringify({ offset: 1, filter: 'another' }),
    ).toString('base64url');
    const { status } = await get(`/profiles?sort=-beyond&cursor=${cursor}`);
    expect(status).toBe(400);
  });

  it('names the parameter that is no revision of the profile', async () => {
    const { body: list } = await get('/profiles');
    const { status, body } = await get(
      `/profiles/${list.items[0].id}/compare?from=sha256:0`,
    );
    expect(status).toBe(400);
    expect(body.error.fields).toMatchObject([{ field: '/query/from' }]);
  });

  it('lists the nodes of a cluster with their agent of Cilium', async () => {
    const { body } = await get('/clusters/prod/nodes');
    expect(body).toMatchObject({
      totalItems: 2,
      items: [
        {
          name: 'node-a',
          ready: 'yes',
          spo: 'served',
          cilium: { version: '1.19.7', source: 'tag' },
        },
        { name: 'node-b', ready: 'unknown' },
      ],
    });
  });

  it('judges the dataplane of a cluster, its advisories and the lines of releases', async () => {
    const { body } = await get('/clusters/prod');
    expect(body.dataplane).toMatchObject({
      settings: [],
      settingsReason: 'No DaemonSet of Cilium was seen.',
      path: [{ from: '1.19.7', to: '1.19.8', kind: 'patch' }],
    });
    expect(body.viewerMay).toEqual(['plan']);
    const advisories = await get('/clusters/prod/advisories');
    expect(advisories.body).toMatchObject({
      asOf: '2026-09-03',
      counts: { applies: 0 },
      items: expect.arrayContaining([
        expect.objectContaining({ verdict: 'unknown' }),
      ]),
    });
    const lines = await get('/dataplane/release-lines');
    expect(lines.body.feeds).toMatchObject([
      { kind: 'releases', asOf: '2026-09-16', source: 'bundled' },
      { kind: 'advisories', asOf: '2026-09-03', source: 'bundled' },
    ]);
    expect(lines.body.lines).toContainEqual(
      expect.objectContaining({ name: '1.17', until: '2026-07-29' }),
    );
  });

  it('takes a planned patch from a person, and shows it on the cluster and on the services', async () => {
    const post = (body: object, authorization: string) =>
      request(backend.server)
        .post('/api/security-profiles/clusters/prod/plan')
        .set('authorization', authorization)
        .send(body);
    const day = new Date(Date.now() + 5 * 86_400_000)
      .toISOString()
      .slice(0, 10);
    const plan = { version: '1.19.8', date: day, reason: 'after the sale' };
    const person = mockCredentials.user.header();
    const refused = await Promise.all([
      post({ ...plan, date: '2020-01-01' }, person),
      post({ ...plan, date: '2099-01-01' }, person),
      post({ ...plan, reason: ' ' }, person),
      post({ ...plan, version: 'latest' }, person),
      post(plan, mockCredentials.service.header()),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([
      400, 400, 400, 400, 403,
    ]);
    expect(refused[0].body.error.fields[0]).toEqual({
      field: '/body/date',
      message: 'the day has passed: name one from today on',
    });
    const noted = await post(plan, person);
    expect([noted.status, noted.body]).toEqual([
      200,
      expect.objectContaining({
        ...plan,
        by: 'user:default/mock',
        state: 'planned',
      }),
    ]);
    const { body } = await get('/clusters/prod');
    expect(body.cilium.plan).toMatchObject(plan);
    await eventually(
      '/entities/component/default/payments/posture',
      (posture: { findings: { id: string; reason: string }[] }) =>
        posture.findings
          .find(({ id }) => id === 'cilium-patch-behind')
          ?.reason.includes('planned is 1.19.8 on'),
    );
  });

  it('pages forward and back', async () => {
    const first = await get('/workloads?limit=2');
    expect(first.body.pageInfo.prevCursor).toBeUndefined();
    const second = await get(
      `/workloads?limit=2&cursor=${first.body.pageInfo.nextCursor}`,
    );
    expect(second.body.items[0].id).not.toBe(first.body.items[0].id);
    const back = await get(
      `/workloads?limit=2&cursor=${second.body.pageInfo.prevCursor}`,
    );
    expect(back.body.items).toEqual(first.body.items);
  });

  it.each([
    ['/clusters?limit=0', '/query/limit'],
    ['/clusters?limit=201', '/query/limit'],
    ['/clusters?limit=ten', '/query/limit'],
    ['/clusters?colour=red', '/query/colour'],
    ['/clusters?cursor=forged', '/query/cursor'],
    [
      `/clusters?cursor=${Buffer.from('{"offset":-1}').toString('base64url')}`,
      '/query/cursor',
    ],
    [`/profiles?q=${'x'.repeat(254)}`, '/query/q'],
    ['/profiles?sort=colour', '/query/sort'],
    ['/profiles?beyond=perhaps', '/query/beyond'],
    ['/profiles?use=sometimes', '/query/use'],
    ['/profiles?limit=201', '/query/limit'],
    ['/profiles?cursor=forged', '/query/cursor'],
    ['/profiles/some-profile/nodes?limit=0', '/query/limit'],
    ['/profiles/some-profile/compare', '/query/from'],
    [`/clusters/${'x'.repeat(129)}`, '/path/clusterId'],
  ])('refuses %s and names the field', async (path, field) => {
    const { status, body } = await get(path);
    expect(status).toBe(400);
    expect(body.error.code).toBe('invalid-request');
    expect(
      body.error.fields.map((entry: { field: string }) =>
        entry.field.replace('/params/', '/path/'),
      ),
    ).toContain(field);
  });

  it.each([
    '/entities/component/default/a%2Fb/posture',
    '/entities/component/default/%E6%97%A5%E6%9C%AC/posture',
    `/entities/component/default/${'x'.repeat(253)}/posture`,
    '/entities/nonsense/%27%20or%201=1/x/posture',
  ])('answers %s without an error of its own', async path => {
    const { status } = await get(path);
    expect([400, 404]).toContain(status);
  });

  it('treats the wildcards of a search as text', async () => {
    const { body } = await get('/profiles?q=%25');
    expect(body.totalItems).toBe(0);
  });

  it('never lets an environment variable or an argument out', async () => {
    for (const route of routes) {
      const { text } = await call(route, mockCredentials.user.header());
      expect(text).not.toContain(secret);
    }
  });
});

function describeWorkload(workload: {
  cluster: string;
  kind: string;
  name: string;
  basis: string;
  containers: {
    name: string;
    confinement: { seccomp: { state: string; value: string } };
  }[];
}): string {
  const containers = workload.containers.map(
    ({ name, confinement: { seccomp } }) =>
      `${name} ${seccomp.state} ${seccomp.value.replace('Localhost ', '')}`,
  );
  return `${workload.cluster} ${workload.kind} ${workload.name} ${
    workload.basis
  }: ${containers.join(', ')}`;
}

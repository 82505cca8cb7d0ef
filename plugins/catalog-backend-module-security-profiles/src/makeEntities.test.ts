import {
  componentEntityV1alpha1Validator,
  EntityPolicies,
  FieldFormatEntityPolicy,
  groupEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  type Entity,
} from '@backstage/catalog-model';
import type { WorkloadSummary } from '@security-profiles/backstage-plugin-security-profiles-common';
import { makeEntities } from './makeEntities';

function workload(over: Partial<WorkloadSummary>): WorkloadSummary {
  return {
    id: [over.cluster, over.namespace, over.kind, over.name].join('.'),
    clusterId: over.cluster ?? 'kind-a',
    cluster: 'kind-a',
    environment: 'default',
    namespace: 'shop',
    kind: 'Deployment',
    name: 'cart',
    pods: 1,
    labels: {},
    ...over,
  };
}

function componentsOf(workloads: WorkloadSummary[]): Entity[] {
  return makeEntities(workloads).entities.filter(e => e.kind === 'Component');
}

function selectionOf(entity: Entity): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entity.metadata.annotations ?? {}).filter(
      ([key]) => !key.includes('location'),
    ),
  );
}

describe('makeEntities', () => {
  it('makes one component of everything that shares a kubernetes id, across clusters and namespaces', () => {
    const labels = { 'backstage.io/kubernetes-id': 'payments' };
    const components = componentsOf([
      workload({ name: 'payments', labels }),
      workload({ name: 'payments-jobs', kind: 'CronJob', labels }),
      workload({ name: 'payments', cluster: 'kind-b', labels }),
      workload({ name: 'payments', namespace: 'billing', labels }),
    ]);
    expect(components).toHaveLength(1);
    expect(components[0].metadata.name).toBe('payments');
    expect(selectionOf(components[0])).toEqual({
      'backstage.io/kubernetes-id': 'payments',
    });
    // Two namespaces: no system is more right than the other.
    expect(components[0].spec).not.toHaveProperty('system');
  });

  it('selects by labels what has no id, but never what has one', () => {
    const labels = {
      'app.kubernetes.io/part-of': 'shop',
      'app.kubernetes.io/name': 'cart',
    };
    const components = componentsOf([
      workload({ name: 'cart-web', labels }),
      workload({ name: 'cart-worker', labels }),
      workload({
        name: 'cart-new',
        labels: { ...labels, 'backstage.io/kubernetes-id': 'cart-new' },
      }),
    ]);
    expect(components.map(c => c.metadata.name)).toEqual(['cart', 'cart-new']);
    expect(selectionOf(components[0])).toEqual({
      'backstage.io/kubernetes-label-selector':
        'app.kubernetes.io/part-of=shop,app.kubernetes.io/name=cart,!backstage.io/kubernetes-id',
      'backstage.io/kubernetes-namespace': 'shop',
    });
  });

  it('names a workload without labels by cluster, namespace, kind and name', () => {
    const [component] = componentsOf([workload({})]);
    expect(selectionOf(component)).toEqual({
      'security-profiles.io/workload': 'kind-a/shop/Deployment/cart',
    });
    expect(component.metadata).toMatchObject({
      name: 'cart',
      title: 'cart',
      description: 'Generated from the cluster kind-a: Deployment cart in shop',
      tags: ['generated'],
    });
  });

  it('keeps workloads without labels in two clusters apart, and says in the title which is which', () => {
    const components = componentsOf([
      workload({ cluster: 'kind-b' }),
      workload({ cluster: 'kind-a' }),
    ]);
    expect(new Set(components.map(c => c.metadata.name)).size).toBe(2);
    expect(components.map(c => c.metadata.title).sort()).toEqual([
      'cart (shop, kind-a)',
      'cart (shop, kind-b)',
    ]);
  });

  it('joins what shares labels in two clusters', () => {
    const labels = {
      'app.kubernetes.io/part-of': 'shop',
      'app.kubernetes.io/name': 'cart',
    };
    const components = componentsOf([
      workload({ cluster: 'kind-b', labels }),
      workload({ cluster: 'kind-a', labels }),
    ]);
    expect(components.map(c => c.metadata.description)).toEqual([
      'Generated from the clusters kind-a, kind-b: Deployment cart in shop',
    ]);
  });

  it('takes one label of two for no label at all', () => {
    const [component] = componentsOf([
      workload({ labels: { 'app.kubernetes.io/name': 'cart' } }),
    ]);
    expect(Object.keys(selectionOf(component))).toEqual([
      'security-profiles.io/workload',
    ]);
  });

  it('keeps workloads of one name in two namespaces apart', () => {
    const components = componentsOf([
      workload({ namespace: 'shop' }),
      workload({ namespace: 'blog' }),
    ]);
    const names = components.map(c => c.metadata.name);
    expect(new Set(names).size).toBe(2);
    expect(names).toEqual([
      expect.stringMatching(/^blog-cart-[0-9a-f]{8}$/),
      expect.stringMatching(/^shop-cart-[0-9a-f]{8}$/),
    ]);
  });

  it('leaves the plain name to the component that chose it as its id', () => {
    const components = componentsOf([
      workload({ kind: 'StatefulSet' }),
      workload({ labels: { 'backstage.io/kubernetes-id': 'cart' } }),
    ]);
    expect(
      components.find(c => c.metadata.name === 'cart')?.metadata.annotations,
    ).toMatchObject({ 'backstage.io/kubernetes-id': 'cart' });
    expect(new Set(components.map(c => c.metadata.name)).size).toBe(2);
  });

  it('cuts long names so that two which differ only at their end stay apart', () => {
    const long = 'a'.repeat(70);
    const components = componentsOf([
      workload({ name: `${long}-one` }),
      workload({ name: `${long}-two` }),
    ]);
    const names = components.map(c => c.metadata.name);
    expect(new Set(names).size).toBe(2);
    expect(Math.max(...names.map(n => n.length))).toBeLessThanOrEqual(63);
  });

  it('gives the same entities for the same workloads in any order', () => {
    const workloads = [
      workload({}),
      workload({ namespace: 'blog' }),
      workload({ cluster: 'kind-b', kind: 'StatefulSet' }),
      workload({ labels: { 'backstage.io/kubernetes-id': 'cart' }, name: 'x' }),
    ];
    expect(makeEntities([...workloads].reverse())).toEqual(
      makeEntities(workloads),
    );
  });

  it('makes no component of system namespaces and says how many workloads that leaves out', () => {
    const { entities, leftOut } = makeEntities([
      workload({ namespace: 'kube-system', name: 'coredns' }),
      workload({ namespace: 'kube-system', name: 'cilium', kind: 'DaemonSet' }),
      workload({ namespace: 'security-profiles-operator', name: 'spod' }),
    ]);
    expect(entities).toEqual([]);
    expect(leftOut).toEqual({
      workloads: 3,
      namespaces: ['kube-system', 'security-profiles-operator'],
    });
  });

  it('gives what names no owner to the group unowned', () => {
    const { entities } = makeEntities(
      [workload({}), workload({ name: 'pay', labels: { team: 'checkout' } })],
      { ownerLabel: 'team' },
    );
    expect(entities.map(e => [stringifyEntityRef(e), e.spec?.owner])).toEqual([
      ['group:default/checkout', undefined],
      ['group:default/unowned', undefined],
      // Two owners in one namespace: it belongs to neither.
      ['system:default/shop', 'group:default/unowned'],
      ['component:default/cart', 'group:default/unowned'],
      ['component:default/pay', 'group:default/checkout'],
    ]);
  });

  it('follows the owner that most of the workloads name', () => {
    const id = { 'backstage.io/kubernetes-id': 'pay' };
    const { entities } = makeEntities(
      [
        workload({ name: 'a', labels: { ...id, team: 'checkout' } }),
        workload({ name: 'b', labels: { ...id, team: 'checkout' } }),
        workload({ name: 'c', labels: { ...id, team: 'assist' } }),
      ],
      { ownerLabel: 'team' },
    );
    expect(entities.find(e => e.kind === 'Component')?.spec?.owner).toBe(
      'group:default/checkout',
    );
    expect(entities.filter(e => e.kind === 'Group')).toHaveLength(1);
  });

  it('emits every group and system that it refers to', () => {
    const { entities } = makeEntities(
      [
        workload({ labels: { team: 'Team One' } }),
        workload({ namespace: 'blog', name: 'pages' }),
        workload({
          namespace: 'blog',
          name: 'db',
          labels: { team: 'Team One' },
        }),
      ],
      { ownerLabel: 'team' },
    );
    const refs = new Set(entities.map(e => stringifyEntityRef(e)));
    const needed = entities.flatMap(entity =>
      [entity.spec?.owner, entity.spec?.system].filter(
        ref => ref !== undefined,
      ),
    );
    expect(needed).toHaveLength(8);
    expect(needed.filter(ref => !refs.has(String(ref)))).toEqual([]);
  });

  it('makes entities that the catalog accepts, whatever the labels hold', async () => {
    const policy = EntityPolicies.allOf([
      new SchemaValidEntityPolicy(),
      new NoForeignRootFieldsEntityPolicy(),
      new FieldFormatEntityPolicy(),
    ]);
    const { entities } = makeEntities(
      [
        workload({ labels: { 'backstage.io/kubernetes-id': 'My_App.v2' } }),
        workload({ name: `${'x'.repeat(62)}.y`, kind: 'Pod' }),
        workload({ name: 'a--b', namespace: '0-day' }),
        workload({ name: 'é', labels: { team: '---' } }),
      ],
      { ownerLabel: 'team' },
    );
    expect(entities.filter(e => e.kind === 'Component')).toHaveLength(4);
    const validators = {
      Component: componentEntityV1alpha1Validator,
      System: systemEntityV1alpha1Validator,
      Group: groupEntityV1alpha1Validator,
    };
    for (const entity of entities) {
      await expect(policy.enforce(entity)).resolves.toBeDefined();
      await expect(
        validators[entity.kind as keyof typeof validators].check(entity),
      ).resolves.toBe(true);
    }
  });

  it('makes nothing of nothing', () => {
    expect(makeEntities([])).toEqual({
      entities: [],
      leftOut: { workloads: 0, namespaces: [] },
    });
  });
});

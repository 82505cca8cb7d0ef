import {
  mkdir,
  mkdtemp,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  contractPod,
  contractProfile,
  describeClusterClientContract,
  nextObject,
  PODS,
  SECCOMP_PROFILES,
} from '../clusterClientContract';
import type { KubernetesObject, ResourceRef } from '../ClusterSource';
import { SPO_GROUP } from '../spoGroup';
import { ManifestsClusterClient } from './ManifestsClusterClient';

const toJson = (object: unknown) =>
  // YAML reads the bigint marks as plain integers.
  JSON.stringify(object, (_, value) =>
    typeof value === 'bigint' ? `#${value}#` : value,
  ).replace(/"#(\d+)#"/g, '$1');

describeClusterClientContract(
  'A folder of manifests',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'manifests-'));
    const fileOf = (object: KubernetesObject) =>
      join(folder, `${object.kind}-${object.metadata.name}.json`);
    await writeFile(
      join(folder, 'spo.yaml'),
      toJson(contractProfile('always-there')),
    );
    const client = new ManifestsClusterClient({
      clusterName: 'contract',
      folder,
      configuredPath: folder,
      firstVersion: 1,
      quietFor: 20,
    });
    return {
      client,
      put: async (_, object) => {
        // Renamed into place, as no reader may see half a file.
        await writeFile(`${fileOf(object)}.new`, toJson(object));
        await rename(`${fileOf(object)}.new`, fileOf(object));
        await settled(client, object, 'present');
      },
      remove: async (_, object) => {
        await rm(fileOf(object));
        await settled(client, object, 'absent');
      },
      close: async () => {
        await client.close();
        await rm(folder, { recursive: true });
      },
    };

    async function settled(
      reader: ManifestsClusterClient,
      object: KubernetesObject,
      wanted: 'present' | 'absent',
    ) {
      const { signal } = new AbortController();
      const resource = object.kind === 'Pod' ? PODS : SECCOMP_PROFILES;
      const { items, resourceVersion } = await reader.list(resource, {
        depth: 'object',
        limit: 500,
        signal,
      });
      const found = items.find(
        item => item.metadata.name === object.metadata.name,
      );
      const isThere =
        found !== undefined &&
        toJson(found.metadata.labels) === toJson(object.metadata.labels);
      if (isThere === (wanted === 'present')) {
        return;
      }
      await nextObject(
        reader
          .watch(resource, { depth: 'object', resourceVersion, signal })
          [Symbol.asyncIterator](),
      );
    }
  },
  { compaction: 'not forced' },
);

describe('A folder of manifests', () => {
  const { signal } = new AbortController();
  let folder: string;
  let client: ManifestsClusterClient;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'manifests-'));
    client = new ManifestsClusterClient({
      clusterName: 'prod-eu',
      folder,
      configuredPath: 'demo/prod-eu',
      firstVersion: 1,
      quietFor: 20,
    });
  });
  afterEach(async () => {
    await client.close();
    await rm(folder, { recursive: true, force: true });
  });

  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  const list = (resource: ResourceRef) =>
    client.list(resource, { depth: 'object', limit: 500, signal });
  const watch = (resource: ResourceRef, resourceVersion: string) =>
    client
      .watch(resource, { depth: 'object', resourceVersion, signal })
      [Symbol.asyncIterator]();
  const pod = (name: string, extra = '') =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop${extra}}\n`;
  const served = async () =>
    (await client.discover({ signal })).resources.map(
      each => `${each.group}/${each.version} ${each.plural} ${each.scope}`,
    );

  it('reports a broken document by file and line and loads the rest', async () => {
    await write(
      'shop/cart.yaml',
      `${pod(
        'cart',
      )}---\napiVersion: v1\nkind: Pod\nmetadata: {name: 'secret-text\n---\n${pod(
        'till',
      )}`,
    );
    await write('good.yaml', pod('good'));
    const { items } = await list(PODS);
    expect(items.map(item => item.metadata.name)).toEqual(
      expect.arrayContaining(['cart', 'good']),
    );
    expect(client.problems()).toEqual(
      expect.arrayContaining([
        {
          where: expect.stringMatching(/^shop\/cart\.yaml:\d+$/),
          message: expect.stringContaining('not valid YAML'),
        },
      ]),
    );
    expect(JSON.stringify(client.problems())).not.toContain('secret-text');
  });

  it('says where an object lacks kind or name, with the line of a list item', async () => {
    await write('a.yaml', 'apiVersion: v1\nmetadata: {name: x}\n');
    await write(
      'b.yaml',
      'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Pod\n    metadata: {name: fine}\n  - apiVersion: v1\n    kind: Pod\n    metadata: {}\n',
    );
    const { items } = await list(PODS);
    expect(items.map(item => item.metadata.name)).toEqual(['fine']);
    expect(client.problems()).toEqual([
      {
        where: 'a.yaml:1',
        message: 'The object has no kind: a text is expected.',
      },
      { where: 'b.yaml:7', message: 'The object has no metadata.name.' },
    ]);
  });

  it('keeps the first of two objects with one identity and names both places', async () => {
    await write('a.yaml', pod('twice', ', labels: {from: a}'));
    await write('b.yaml', `---\n${pod('twice', ', labels: {from: b}')}`);
    const { items } = await list(PODS);
    expect(items.map(item => item.metadata.labels)).toEqual([{ from: 'a' }]);
    expect(client.problems()).toEqual([
      {
        where: 'b.yaml:2',
        message:
          'Pod shop/twice is already defined in a.yaml:1; this one is ignored.',
      },
    ]);
  });

  it('takes odd names for data', async () => {
    await write(
      'odd.yaml',
      ["'a/b'", "'a%2Fb'", "'プロファイル'", "'../../etc'", "'__proto__'"]
        .map(name => pod(name))
        .join('---\n'),
    );
    const { items } = await list(PODS);
    expect(items.map(item => item.metadata.name)).toEqual([
      'a/b',
      'a%2Fb',
      'プロファイル',
      '../../etc',
      '__proto__',
    ]);
    expect(new Set(items.map(item => item.metadata.uid)).size).toBe(5);
  });

  it('shows the operator as not installed until an object of its group is there', async () => {
    await write('pod.yaml', pod('alone'));
    expect((await served()).join()).not.toContain(SPO_GROUP);
    await client.overlay([contractProfile('cart')]);
    expect(await served()).toEqual(
      expect.arrayContaining([
        `${SPO_GROUP}/v1 seccompprofiles Cluster`,
        `${SPO_GROUP}/v1 profilebindings Namespaced`,
        `${SPO_GROUP}/v1 securityprofilenodestatuses Cluster`,
      ]),
    );
  });

  it('takes a namespaced beta profile for an operator from before 0.9', async () => {
    await write(
      'old.yaml',
      `apiVersion: ${SPO_GROUP}/v1beta1\nkind: SeccompProfile\nmetadata: {name: cart, namespace: shop}\n`,
    );
    expect(await served()).toEqual(
      expect.arrayContaining([
        `${SPO_GROUP}/v1beta1 seccompprofiles Namespaced`,
        `${SPO_GROUP}/v1alpha1 apparmorprofiles Namespaced`,
      ]),
    );
  });

  it('serves what a definition says, in its versions and scope', async () => {
    await write(
      'crd.yaml',
      `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: seccompprofiles.${SPO_GROUP}}
spec:
  group: ${SPO_GROUP}
  scope: Cluster
  names: {kind: SeccompProfile, plural: seccompprofiles}
  versions: [{name: v1, served: true}, {name: v1beta1, served: true}, {name: v0, served: false}]
`,
    );
    expect((await served()).filter(each => each.includes(SPO_GROUP))).toEqual([
      `${SPO_GROUP}/v1 seccompprofiles Cluster`,
      `${SPO_GROUP}/v1beta1 seccompprofiles Cluster`,
    ]);
  });

  it('keeps unknown kinds under a plural of their own', async () => {
    await write(
      'other.yaml',
      'apiVersion: example.test/v2\nkind: RuntimePolicy\nmetadata: {name: x}\n',
    );
    const { items } = await list({
      group: 'example.test',
      version: 'v2',
      plural: 'runtimepolicies',
    });
    expect(items).toHaveLength(1);
  });

  it('never keeps a Secret', async () => {
    await write(
      'secret.yaml',
      'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hunter2}\n',
    );
    expect((await served()).join()).not.toContain('secrets');
    expect(client.problems()).toEqual([]);
  });

  it('fills in the uid of an owner by kind, namespace and name', async () => {
    await write(
      'owned.yaml',
      `apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: cart-1, namespace: shop}\n---\n${pod(
        'cart-1-x',
        ', ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: cart-1, controller: true}]',
      )}`,
    );
    const owners = await list({
      group: 'apps',
      version: 'v1',
      plural: 'replicasets',
    });
    const pods = await list(PODS);
    expect(pods.items[0].metadata.ownerReferences?.[0].uid).toBe(
      owners.items[0].metadata.uid,
    );
  });

  it('knows the Kubernetes version only when all nodes agree', async () => {
    const node = (name: string, version: string) =>
      `apiVersion: v1\nkind: Node\nmetadata: {name: ${name}}\nstatus: {nodeInfo: {kubeletVersion: ${version}}}\n`;
    await write('nodes.yaml', node('a', 'v1.33.1'));
    expect((await client.discover({ signal })).kubernetesVersion).toBe(
      'v1.33.1',
    );
    await client.overlay([
      {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: 'b' },
        status: { nodeInfo: { kubeletVersion: 'v1.32.0' } },
      },
    ]);
    expect(
      (await client.discover({ signal })).kubernetesVersion,
    ).toBeUndefined();
  });

  it('refuses endless aliases, self-reference and files that are too large', async () => {
    const level = (n: number) =>
      `l${n}: &l${n} [${Array(20)
        .fill(`*l${n - 1}`)
        .join(', ')}]\n`;
    await write(
      'bomb.yaml',
      `l0: &l0 [x]\n${[1, 2, 3, 4, 5, 6].map(level).join('')}`,
    );
    await write('self.yaml', 'apiVersion: v1\nkind: &k [*k]\n');
    await write('deep.json', '['.repeat(100_000));
    await write('large.json', ' '.repeat(10 * 1024 * 1024 + 1));
    await write('good.yaml', pod('good'));
    expect((await list(PODS)).items).toHaveLength(1);
    expect(client.problems().map(problem => problem.where)).toEqual([
      'bomb.yaml:1',
      'deep.json:1',
      'large.json',
      'self.yaml:1',
    ]);
  });

  it('does not follow links out of the folder', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'outside-'));
    await writeFile(join(outside, 'x.yaml'), pod('outside'));
    await symlink(join(outside, 'x.yaml'), join(folder, 'x.yaml'));
    await symlink(outside, join(folder, 'sub'));
    await write('inside.yaml', pod('inside'));
    await symlink(folder, join(folder, 'loop'));
    const { items } = await list(PODS);
    expect(items.map(item => item.metadata.name)).toEqual(['inside']);
    expect(client.problems().map(problem => problem.where)).toEqual(
      expect.arrayContaining(['sub', 'x.yaml']),
    );
    await rm(outside, { recursive: true });
  });

  it('keeps what a file held while it does not parse', async () => {
    await write('a.yaml', pod('steady'));
    await write('b.yaml', pod('other'));
    const { resourceVersion } = await list(PODS);
    const events = watch(PODS, resourceVersion);
    await write('a.yaml', 'apiVersion: v1\nkind: "Po');
    await write('b.yaml', pod('other', ', labels: {changed: yes}'));
    const event = await nextObject(events);
    expect([event.type, event.object.metadata.name]).toEqual([
      'modified',
      'other',
    ]);
    expect((await list(PODS)).items.map(item => item.metadata.name)).toEqual(
      expect.arrayContaining(['steady', 'other']),
    );
    expect(client.problems()).toEqual([
      {
        where: 'a.yaml:2',
        message: expect.stringContaining('stays in place'),
      },
    ]);
  });

  it('keeps what a file held while it is empty, and shows what of a file could be read from the start', async () => {
    await write('a.yaml', pod('steady'));
    await write('b.yaml', `${pod('first')}---\nkind: [\n`);
    const { resourceVersion } = await list(PODS);
    const events = watch(PODS, resourceVersion);
    await write('a.yaml', '');
    await write(
      'b.yaml',
      `${pod('first', ', labels: {changed: yes}')}---\nkind: [\n`,
    );
    const event = await nextObject(events);
    expect([event.type, event.object.metadata.name]).toEqual([
      'modified',
      'first',
    ]);
    expect((await list(PODS)).items.map(item => item.metadata.name)).toEqual(
      expect.arrayContaining(['steady', 'first']),
    );
    expect(client.problems().map(problem => problem.where)).toEqual([
      'a.yaml:1',
      expect.stringMatching(/^b\.yaml:\d+$/),
    ]);
  });

  it('is unreachable while the folder is gone and comes back with it', async () => {
    await write('a.yaml', pod('steady'));
    const { resourceVersion } = await list(PODS);
    const pending = watch(PODS, resourceVersion).next();
    await rename(folder, `${folder}-away`);
    await expect(pending).rejects.toMatchObject({ reason: 'unreachable' });
    await expect(list(PODS)).rejects.toMatchObject({
      reason: 'unreachable',
      message: expect.stringContaining('demo/prod-eu'),
    });
    await rename(`${folder}-away`, folder);
    expect((await list(PODS)).items).toHaveLength(1);
  });

  it('lets an overlay stand in place of an object and takes it back', async () => {
    await write('a.yaml', pod('cart', ', labels: {from: folder}'));
    const { resourceVersion } = await list(PODS);
    const events = watch(PODS, resourceVersion);
    const overlaid = contractPod('cart', { from: 'overlay' });
    overlaid.metadata.namespace = 'shop';
    await client.overlay([overlaid, contractPod('beside')]);
    const told = [await nextObject(events), await nextObject(events)];
    expect(
      told.map(event => [event.type, event.object.metadata.name]).sort(),
    ).toEqual([
      ['added', 'beside'],
      ['modified', 'cart'],
    ]);
    expect(client.problems()).toEqual([]);

    await client.overlay(undefined);
    const back = [await nextObject(events), await nextObject(events)];
    expect(back.map(event => event.type).sort()).toEqual([
      'deleted',
      'modified',
    ]);
    expect((await list(PODS)).items[0].metadata.labels).toEqual({
      from: 'folder',
    });
  });
});

// A suite for other files to run: the rules take it for a test file of its own.
/* eslint-disable jest/no-export, jest/no-standalone-expect */
import { ClusterError } from './ClusterError';
import type {
  ClusterClient,
  KubernetesObject,
  ListPage,
  ResourceRef,
  WatchEvent,
} from './ClusterSource';

/** A cluster that the contract suite may write to. */
export interface ClusterClientHarness {
  client: ClusterClient;
  /** Creates or replaces an object. */
  put(resource: ResourceRef, object: KubernetesObject): Promise<void>;
  remove(resource: ResourceRef, object: KubernetesObject): Promise<void>;
  /** Makes the versions handed out so far too old; left out where that can't be forced. */
  compact?(): Promise<void>;
  close(): Promise<void>;
}

/** Pods, as the contract suite asks for them. */
export const PODS: ResourceRef = { group: '', version: 'v1', plural: 'pods' };

/** Seccomp profiles, as the contract suite asks for them. */
export const SECCOMP_PROFILES: ResourceRef = {
  group: 'security-profiles-operator.x-k8s.io',
  version: 'v1',
  plural: 'seccompprofiles',
};

/** A valid pod of one container. */
export function contractPod(
  name: string,
  labels: Record<string, string> = {},
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels },
    spec: { containers: [{ name: 'main', image: 'registry.example/app:1' }] },
  };
}

const BEYOND_SAFE = 9007199254740993n;

/** A valid seccomp profile with an argument value that no JavaScript number holds. */
export function contractProfile(name: string): KubernetesObject {
  return {
    apiVersion: 'security-profiles-operator.x-k8s.io/v1',
    kind: 'SeccompProfile',
    metadata: { name },
    spec: {
      defaultAction: 'SCMP_ACT_ERRNO',
      syscalls: [
        {
          action: 'SCMP_ACT_ALLOW',
          names: ['personality'],
          args: [{ index: 0, op: 'SCMP_CMP_EQ', value: BEYOND_SAFE }],
        },
      ],
    },
  };
}

/** Options of {@link describeClusterClientContract}. */
export interface ContractOptions {
  /** `forced`: the harness has `compact`, so that old versions can be tried. */
  compaction: 'forced' | 'not forced';
}

/** What every {@link ClusterClient} does, run against one of them. */
export function describeClusterClientContract(
  title: string,
  createHarness: () => Promise<ClusterClientHarness>,
  options: ContractOptions,
): void {
  describe(`${title} keeps the contract of a cluster client`, () => {
    let harness: ClusterClientHarness;
    let aborter: AbortController;

    beforeEach(async () => {
      aborter = new AbortController();
      harness = await createHarness();
    });
    afterEach(async () => {
      aborter.abort();
      await harness.close();
    });

    const listPage = (
      resource: ResourceRef,
      page: { limit?: number; continueToken?: string } = {},
    ) =>
      harness.client.list(resource, {
        depth: 'object',
        limit: 500,
        signal: aborter.signal,
        ...page,
      });
    const watch = (resource: ResourceRef, resourceVersion: string) =>
      harness.client
        .watch(resource, {
          depth: 'object',
          resourceVersion,
          signal: aborter.signal,
        })
        [Symbol.asyncIterator]();

    it('discovers kinds with their scope', async () => {
      const { resources } = await harness.client.discover({
        signal: aborter.signal,
      });
      expect(resources).toContainEqual({
        ...PODS,
        kind: 'Pod',
        scope: 'Namespaced',
      });
      expect(resources).toContainEqual({
        group: '',
        version: 'v1',
        plural: 'nodes',
        kind: 'Node',
        scope: 'Cluster',
      });
    });

    it('gets one object by its name, and nothing where there is none', async () => {
      const { client } = harness;
      const { signal } = aborter;
      await harness.put(PODS, contractPod('by-name'));
      const found = await client.get(PODS, {
        name: 'by-name',
        namespace: 'default',
        signal,
      });
      expect(found).toMatchObject({
        kind: 'Pod',
        metadata: { name: 'by-name', namespace: 'default' },
      });
      for (const [name, namespace] of [
        ['by-name', 'elsewhere'],
        ['other', 'default'],
      ]) {
        expect(
          await client.get(PODS, { name, namespace, signal }),
        ).toBeUndefined();
      }
      await harness.remove(PODS, contractPod('by-name'));
    });

    it('lists each object on exactly one page, no page above the limit, all at one version', async () => {
      const names = ['page-a', 'page-b', 'page-c', 'page-d', 'page-e'];
      for (const name of names) {
        await harness.put(PODS, contractPod(name));
      }
      const pages: ListPage[] = [];
      let continueToken: string | undefined;
      do {
        const page = await listPage(PODS, { limit: 2, continueToken });
        pages.push(page);
        continueToken = page.continueToken;
      } while (continueToken);

      const listed = pages.flatMap(page => page.items.map(nameOf));
      expect(listed.filter(name => name.startsWith('page-')).sort()).toEqual(
        names,
      );
      expect(Math.max(...pages.map(page => page.items.length))).toBe(2);
      expect(new Set(pages.map(page => page.resourceVersion)).size).toBe(1);
    });

    it('gives objects with version, kind, uid and version of the object', async () => {
      await harness.put(PODS, contractPod('full'));
      const { items } = await listPage(PODS);
      expect(items.find(item => nameOf(item) === 'full')).toMatchObject({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          namespace: 'default',
          uid: expect.stringMatching(/./),
          resourceVersion: expect.stringMatching(/^\d+$/),
        },
        spec: { containers: [{ image: 'registry.example/app:1' }] },
      });
    });

    it('gives nothing but metadata when asked for metadata', async () => {
      await harness.put(PODS, contractPod('thin', { tier: 'web' }));
      const { items, resourceVersion } = await harness.client.list(PODS, {
        depth: 'metadata',
        limit: 500,
        signal: aborter.signal,
      });
      const thin = items.find(item => nameOf(item) === 'thin');
      expect(thin).toMatchObject({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { labels: { tier: 'web' } },
      });
      expect(Object.keys(thin ?? {}).sort()).toEqual([
        'apiVersion',
        'kind',
        'metadata',
      ]);

      const events = harness.client
        .watch(PODS, {
          depth: 'metadata',
          resourceVersion,
          signal: aborter.signal,
        })
        [Symbol.asyncIterator]();
      await harness.put(PODS, contractPod('thinner'));
      const event = await nextObject(events);
      expect(event.type).toBe('added');
      expect(event.object).toMatchObject({ apiVersion: 'v1', kind: 'Pod' });
      expect(Object.keys(event.object).sort()).toEqual([
        'apiVersion',
        'kind',
        'metadata',
      ]);
    });

    it('says on a watch what was added, modified and deleted since the list', async () => {
      const { resourceVersion } = await listPage(PODS);
      const events = watch(PODS, resourceVersion);

      await harness.put(PODS, contractPod('seen'));
      const added = await nextObject(events);
      expect([added.type, nameOf(added.object)]).toEqual(['added', 'seen']);

      await harness.put(PODS, contractPod('seen', { changed: 'yes' }));
      const modified = await nextObject(events);
      expect(modified.type).toBe('modified');
      expect(modified.object.metadata.labels).toEqual({ changed: 'yes' });

      await harness.remove(PODS, contractPod('seen'));
      // A server may say once more that a pod is about to go.
      let last = await nextObject(events);
      while (last.type === 'modified') {
        last = await nextObject(events);
      }
      expect([last.type, nameOf(last.object)]).toEqual(['deleted', 'seen']);
    });

    it('lists and watches the one object of a name where only that is asked for', async () => {
      await harness.put(PODS, contractPod('one'));
      await harness.put(PODS, contractPod('other'));
      const only = { ...PODS, name: 'one' };
      const { items, resourceVersion } = await listPage(only);
      expect(items.map(({ metadata }) => metadata.name)).toEqual(['one']);
      const events = watch(only, resourceVersion);
      await harness.put(PODS, contractPod('other', { changed: 'yes' }));
      await harness.put(PODS, contractPod('one', { changed: 'yes' }));
      expect(await nextObject(events)).toMatchObject({
        type: 'modified',
        object: { metadata: { name: 'one', labels: { changed: 'yes' } } },
      });
    });

    it('resumes a watch from the version of an object without repeating it', async () => {
      const { resourceVersion } = await listPage(PODS);
      const before = watch(PODS, resourceVersion);
      await harness.put(PODS, contractPod('first'));
      const first = await nextObject(before);
      await harness.put(PODS, contractPod('second'));

      const resumed = watch(
        PODS,
        first.object.metadata.resourceVersion as string,
      );
      expect(nameOf((await nextObject(resumed)).object)).toBe('second');
    });

    it('keeps integers beyond 2^53 exact in lists and watches', async () => {
      const { resourceVersion } = await listPage(SECCOMP_PROFILES);
      const events = watch(SECCOMP_PROFILES, resourceVersion);
      await harness.put(SECCOMP_PROFILES, contractProfile('exact'));
      const expected = {
        syscalls: [{ args: [{ index: 0, value: BEYOND_SAFE }] }],
      };
      expect((await nextObject(events)).object.spec).toMatchObject(expected);
      const { items } = await listPage(SECCOMP_PROFILES);
      expect(items.find(item => nameOf(item) === 'exact')?.spec).toMatchObject(
        expected,
      );
    });

    it('streams a list, where it can, from whose end a watch goes on', async () => {
      for (const name of ['stream-a', 'stream-b']) {
        await harness.put(PODS, contractPod(name));
      }
      const { names, end } = await streamed(harness.client, aborter.signal);
      if (end.type === 'not-offered') {
        return;
      }
      expect(names).toEqual((await listPage(PODS)).items.map(nameOf).sort());
      const events = watch(PODS, end.resourceVersion);
      await harness.put(PODS, contractPod('stream-c'));
      expect(nameOf((await nextObject(events)).object)).toBe('stream-c');
    });

    it('says that a resource is not served', async () => {
      // Of a kind that the reader may list: a server asks who may before it looks what there is.
      const unknown = { ...SECCOMP_PROFILES, version: 'v99' };
      await expect(listPage(unknown)).rejects.toMatchObject({
        name: 'ClusterError',
        reason: 'not-found',
      });
      await expect(watch(unknown, '1').next()).rejects.toMatchObject({
        name: 'ClusterError',
        reason: 'not-found',
      });
    });

    it('rejects with the reason of the abort and nothing else', async () => {
      const reason = new Error('enough');
      const { resourceVersion } = await listPage(PODS);
      const pending = watch(PODS, resourceVersion).next();
      aborter.abort(reason);
      await expect(pending).rejects.toBe(reason);
      await expect(listPage(PODS)).rejects.toBe(reason);
      await expect(
        harness.client.discover({ signal: aborter.signal }),
      ).rejects.toBe(reason);
    });

    // That of a real API server is forced in collect/faults.realApiServer.test.ts.
    if (options.compaction === 'forced') {
      it('says that a version or a continue token is gone', async () => {
        for (const name of ['old-a', 'old-b', 'old-c']) {
          await harness.put(PODS, contractPod(name));
        }
        const page = await listPage(PODS, { limit: 1 });
        await harness.put(PODS, contractPod('old-d'));
        await harness.compact?.();
        await expect(
          watch(PODS, page.resourceVersion).next(),
        ).rejects.toMatchObject({ reason: 'gone' });

        const error = await listPage(PODS, {
          limit: 1,
          continueToken: page.continueToken,
        }).catch((caught: unknown) => caught);
        expect(error).toBeInstanceOf(ClusterError);
        expect(error).toMatchObject({ reason: 'gone' });
        const { continueToken } = error as ClusterError;
        expect(continueToken).toEqual(expect.any(String));
        const rest = await listPage(PODS, { continueToken });
        expect(rest.items.map(nameOf)).toContain('old-d');
      });
    }
  });
}

/** The next event that carries an object. */
export async function nextObject(
  events: AsyncIterator<WatchEvent>,
): Promise<Exclude<WatchEvent, { type: 'bookmark' }>> {
  for (;;) {
    const { done, value } = await events.next();
    if (done) {
      throw new Error('The watch ended');
    }
    if (value.type !== 'bookmark') {
      return value;
    }
  }
}

/** The names that a streamed list of pods gives, and how it ends. */
async function streamed(client: ClusterClient, signal: AbortSignal) {
  const names: string[] = [];
  for await (const event of client.streamList?.(PODS, {
    depth: 'object',
    signal,
  }) ?? []) {
    if (event.type === 'listed' || event.type === 'not-offered') {
      return { names: names.sort(), end: event };
    } else if (event.type !== 'bookmark') {
      names.push(nameOf(event.object));
    }
  }
  return { names, end: { type: 'not-offered' } as const };
}

function nameOf(object: KubernetesObject): string {
  return object.metadata.name;
}

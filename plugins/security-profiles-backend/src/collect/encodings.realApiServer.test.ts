import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import type {
  ClusterClient,
  KubernetesObject,
} from '../clusters/ClusterSource';
import { connectKubeconfig } from '../clusters/kubeconfig/connectKubeconfig';
import { nextObject } from '../clusters/clusterClientContract';
import {
  wantedFields,
  wantedMetadata,
} from '../clusters/kubernetesApi/protobuf/wantedFields';
import { resourcePath } from '../clusters/kubernetesApi/resourcePath';
import { appliedProfile } from '../testing/appliedObjects';
import { type Envtest, startEnvtest } from '../testing/envtest';
import {
  ephemeralContainers,
  filledObjects,
  unread,
} from '../testing/filledObjects';
import { refOf, servedResource } from '../testing/servedResource';
import { pickWanted, wantedPaths } from '../testing/wantedPaths';
import { ClusterPicture } from './ClusterPicture';
import { collectedResources } from './resources';

jest.setTimeout(120_000);

const pod = '/api/v1/namespaces/filled/pods/filled';

describe('A real API server', () => {
  const { signal } = new AbortController();
  let envtest: Envtest;
  let client: ClusterClient;

  beforeAll(async () => {
    envtest = await startEnvtest({ crds: ['spo'] });
    const objects = filledObjects();
    await envtest.applyManifests([
      ...objects,
      ...appliedProfile({ name: 'pay', allows: ['read'], nodes: ['filled'] }),
    ]);
    await envtest.request('PATCH', `${pod}/ephemeralcontainers`, {
      spec: { ephemeralContainers },
    });
    // It stays, with a time of deletion, for the finalizer.
    await envtest.request('DELETE', pod);
    const [cluster] = await connectKubeconfig(
      {
        config: new ConfigReader({ path: envtest.readerKubeconfig }),
        key: 'securityProfiles.clusters[0]',
      },
      { logger: mockServices.logger.mock(), now: () => 0, random: () => 0 },
    );
    client = cluster.client!;
  });

  afterAll(async () => {
    await client?.close();
    await envtest?.stop();
  });

  const wantedOf = (key: string) => {
    const { resource, version } = servedResource(key);
    return resource.depth === 'metadata'
      ? wantedMetadata
      : wantedFields.get(`${key}/${version}`);
  };
  const asJson = async (key: string): Promise<KubernetesObject[]> => {
    const { body } = await envtest.request('GET', resourcePath(refOf(key)));
    const { apiVersion, kind, items } = body;
    return items.map((item: KubernetesObject) => ({
      apiVersion,
      kind: kind.replace(/List$/, ''),
      ...item,
    }));
  };
  const decoded = (key: string) =>
    client.list(refOf(key), {
      depth: servedResource(key).resource.depth,
      limit: 500,
      signal,
    });
  const keys = collectedResources
    .map(({ key }) => key)
    .filter(key => wantedOf(key));

  it.each(keys)('gives the same %s in protobuf as in JSON', async key => {
    const wanted = wantedOf(key)!;
    const json = await asJson(key);
    const { items } = await decoded(key);
    expect(items).toEqual(
      json.map(({ apiVersion, kind, ...item }) => ({
        apiVersion,
        kind,
        ...pickWanted(wanted, item),
      })),
    );
    // JSON would have brought everything, this among it.
    expect(JSON.stringify(items)).not.toMatch(
      new RegExp(`managedFields|${unread}`),
    );
  });

  it.each(keys)('has the same read from %s in both', async key => {
    const changesOf = (objects: KubernetesObject[]) => {
      const picture = new ClusterPicture({ clusterId: 'real' });
      for (const object of objects) {
        picture.put(servedResource(key), object);
      }
      return picture.takeChanges();
    };
    const { items } = await decoded(key);
    expect(changesOf(items)).toEqual(changesOf(await asJson(key)));
  });

  it.each([...wantedFields.keys()])(
    'holds every wanted field of %s, so that each was compared',
    async key => {
      const [resource] = key.split('/');
      const { items } = await decoded(resource);
      const present = new Set(items.flatMap(item => pathsOf(item)));
      const missing = wantedPaths(wantedFields.get(key)!).filter(
        path => !present.has(path) && !isLeftOut(resource, path),
      );
      expect(missing).toEqual([]);
    },
  );

  it('says the same on a watch in protobuf', async () => {
    for (const key of keys) {
      const ref = refOf(key);
      const { items, resourceVersion } = await decoded(key);
      const [first] = items;
      if (!first) {
        continue;
      }
      const stop = new AbortController();
      const events = client
        .watch(ref, {
          depth: servedResource(key).resource.depth,
          resourceVersion,
          signal: stop.signal,
        })
        [Symbol.asyncIterator]();
      const { namespace, name } = first.metadata;
      const path = namespace
        ? resourcePath(ref).replace(
            /\/[^/]+$/,
            `/namespaces/${namespace}/${ref.plural}/${name}`,
          )
        : `${resourcePath(ref)}/${name}`;
      await envtest.request('PATCH', path, {
        metadata: { labels: { changed: 'yes' } },
      });
      const event = await nextObject(events);
      const after = (await decoded(key)).items.find(
        item => item.metadata.name === name,
      );
      expect([key, event.type, event.object]).toEqual([key, 'modified', after]);
      expect(event.object.metadata.labels?.changed).toBe('yes');
      // Had either fallen back to JSON, this would be in it.
      expect(JSON.stringify([event.object, after])).not.toContain(
        'managedFields',
      );
      stop.abort();
    }
  });
});

/**
 * Only pods are deleted here, and owned; no template has what only a server or a kubelet sets, and of a pod's
 * containers only those of init take a policy for restarts.
 */
function isLeftOut(resource: string, path: string): boolean {
  const nowhere = /\.(containers|ephemeralContainers)\[\]\.restartPolicy$/;
  const own =
    /^metadata\.(namespace|deletionTimestamp|ownerReferences|annotations)/;
  const template =
    /template\.(metadata\.(name|namespace|uid|resourceVersion|creationTimestamp|deletionTimestamp|ownerReferences)|spec\.(nodeName|hostUsers|ephemeralContainers))/;
  return (
    nowhere.test(path) ||
    (resource !== 'pods' && (own.test(path) || template.test(path)))
  );
}

function pathsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) {
    return [path, ...value.flatMap(item => pathsOf(item, `${path}[]`))];
  }
  if (typeof value === 'object' && value !== null) {
    return [
      path,
      ...Object.entries(value).flatMap(([key, entry]) => [
        `${path}.*`,
        ...pathsOf(entry, path ? `${path}.${key}` : key),
      ]),
    ];
  }
  return [path];
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import { clusterId } from './clusterId';
import { createClusterSource } from './createClusterSource';

describe('The configured clusters', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clusters-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const create = (clusters?: unknown) =>
    createClusterSource({
      config: new ConfigReader(
        clusters === undefined
          ? {}
          : { securityProfiles: { clusters: clusters as never } },
      ),
      logger: mockServices.logger.mock(),
      now: () => 1,
      random: () => 0,
    });
  const manifests = (name: string) => ({
    type: 'manifests',
    name,
    path: folder,
  });

  it('are none when nothing is configured', async () => {
    const source = await create();
    expect(
      await source.listClusters({ signal: new AbortController().signal }),
    ).toEqual([]);
  });

  it('are listed with an id that is made of the name', async () => {
    const source = await create([manifests('prod-eu'), manifests('Prod US')]);
    const clusters = await source.listClusters({
      signal: new AbortController().signal,
    });
    expect(clusters).toEqual([
      expect.objectContaining({
        id: 'prod-eu',
        name: 'prod-eu',
        type: 'manifests',
      }),
      expect.objectContaining({
        id: expect.stringMatching(/^prod-us~[0-9a-f]{10}$/),
        name: 'Prod US',
      }),
    ]);
    await source.close();
  });

  it('may come from an adapter of another package', async () => {
    const source = await createClusterSource({
      config: new ConfigReader({
        securityProfiles: { clusters: [{ type: 'own' }] },
      }),
      logger: mockServices.logger.mock(),
      now: () => 1,
      random: () => 0,
      adapters: {
        own: async ({ key }) => [
          { name: 'x', type: 'own', notCollected: `not from ${key}` },
        ],
      },
    });
    expect(
      await source.listClusters({ signal: new AbortController().signal }),
    ).toEqual([
      {
        id: 'x',
        name: 'x',
        type: 'own',
        notCollected: 'not from securityProfiles.clusters[0]',
      },
    ]);
  });

  it.each([
    [
      'an unknown type',
      [{ type: 'manifest', name: 'a' }],
      'securityProfiles.clusters[0].type: found "manifest"; expected one of manifests, kubeconfig',
    ],
    [
      'no type',
      [{ name: 'a' }],
      'securityProfiles.clusters[0].type: found nothing; expected one of manifests, kubeconfig',
    ],
    [
      'no name',
      [{ type: 'manifests', path: '.' }],
      'securityProfiles.clusters[0].name: found nothing; expected a name for the cluster',
    ],
    [
      'a name that is no text',
      [{ type: 'manifests', name: 5, path: '.' }],
      'securityProfiles.clusters[0].name: expected a text that is not empty, found a value of type number',
    ],
    [
      'no path',
      [{ type: 'manifests', name: 'a' }],
      'securityProfiles.clusters[0].path: found nothing; expected the path of a folder of manifests',
    ],
    [
      'a folder that does not exist',
      [{ type: 'manifests', name: 'a', path: './no/such' }],
      'securityProfiles.clusters[0].path: no folder at ./no/such; expected a folder of manifests',
    ],
    [
      'no list',
      'prod',
      'securityProfiles.clusters: expected a list of clusters',
    ],
  ])('are refused with %s', async (_, clusters, message) => {
    await expect(create(clusters)).rejects.toThrow(message);
  });

  it('are refused when a path is a file', async () => {
    const file = join(folder, 'pod.yaml');
    await writeFile(file, '');
    await expect(
      create([{ type: 'manifests', name: 'a', path: file }]),
    ).rejects.toThrow(`securityProfiles.clusters[0].path: not a folder at`);
  });

  it('are refused when two have one name', async () => {
    await expect(create([manifests('a'), manifests('a')])).rejects.toThrow(
      'securityProfiles.clusters[1]: the cluster name "a" is already used by securityProfiles.clusters[0]',
    );
  });
});

describe('The id of a cluster', () => {
  it('is the name where that fits an address', () => {
    expect(clusterId('prod-eu-1')).toBe('prod-eu-1');
  });

  it('is safe in an address and differs for every other name', () => {
    const names = [
      'Prod',
      'prod!',
      'prod?',
      '日本',
      '..',
      'a/b',
      '-',
      'x'.repeat(64),
    ];
    const ids = names.map(clusterId);
    expect(new Set(ids).size).toBe(names.length);
    for (const id of ids) {
      expect(id).toMatch(/^[a-z0-9][a-z0-9-]*~[0-9a-f]{10}$/);
    }
  });
});

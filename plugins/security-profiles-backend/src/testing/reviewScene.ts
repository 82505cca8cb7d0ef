import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import { component } from './component';
import {
  deployment,
  node,
  nodeStatus,
  pod,
  seccompProfile,
} from './kubernetesObjects';
import { group, person } from './people';

/** What can differ in a service's objects: a Deployment with a pod, and the profile that both name. */
export interface ServiceFields {
  /** Calls that its profile allows. */
  allows?: string[];
  base?: string;
  /** Id on its pods; its name when left out. */
  id?: string;
  /** Id on its profile. */
  profileId?: string;
}

/**
 * Folders of manifests and a catalog in which several people may vote.
 *
 * @remarks
 * `prod` is production, `staging` is staging; a platform team owns both clusters. Services are owned by `team`:
 * asker, owner and second-owner are its members, nested is one of `team-inner`, which is part of `team`. Reviewers by
 * config: `security`, whose member is sec. Stranger belongs to nobody that matters.
 */
export interface ReviewScene {
  config: JsonObject;
  entities: Entity[];
  /** Writes or replaces a service's objects. */
  write(
    cluster: 'prod' | 'staging',
    service: string,
    fields?: ServiceFields,
  ): Promise<void>;
  /** Writes or replaces a profile that no container names. */
  writeBase(name: string, allows: string[]): Promise<void>;
  remove(): Promise<void>;
}

/** Everybody of the scene, with groups inside groups and a circle of them. */
export const peopleOfScene: Entity[] = [
  group('team'),
  group('team-inner', ['team']),
  group('ring-a', ['ring-b']),
  group('ring-b', ['ring-a']),
  group('security'),
  group('platform'),
  group('other'),
  person('asker', ['team']),
  person('owner', ['team']),
  person('second-owner', ['team']),
  person('nested', ['team-inner']),
  person('ringed', ['ring-a']),
  person('sec', ['security']),
  person('plat', ['platform']),
  person('stranger', ['other']),
  person('loner', []),
];

function profileOf(name: string, fields: ServiceFields) {
  return seccompProfile({
    name,
    ...(fields.profileId
      ? { labels: { 'backstage.io/kubernetes-id': fields.profileId } }
      : {}),
    spec: {
      ...(fields.base ? { baseProfileName: fields.base } : {}),
      syscalls: [
        { action: 'SCMP_ACT_ALLOW', names: fields.allows ?? ['read', 'write'] },
      ],
    },
  });
}

function serviceObjects(service: string, fields: ServiceFields) {
  const labels = { 'backstage.io/kubernetes-id': fields.id ?? service };
  const profile = profileOf(`p-${service}`, fields);
  const spec = {
    securityContext: {
      seccompProfile: {
        type: 'Localhost',
        localhostProfile: `operator/p-${service}.json`,
      },
    },
  };
  const owner = deployment({
    name: service,
    labels,
    templateLabels: labels,
    templateSpec: spec,
  });
  return [
    profile,
    nodeStatus({ profile, node: 'node-a' }),
    owner,
    pod({ name: `${service}-1`, labels, owner, spec }),
  ];
}

/** Makes the scene; whoever makes it removes it. */
export async function createReviewScene(options: {
  /** Of `team`, each in prod. */
  services: string[];
  /** Besides them and the people. */
  entities?: Entity[];
  ownerOf?: Record<string, string>;
}): Promise<ReviewScene> {
  const folder = await mkdtemp(join(tmpdir(), 'reviews-'));
  const store = async (path: string, objects: unknown[]) =>
    writeFile(
      join(folder, path),
      objects.map(object => JSON.stringify(object)).join('\n---\n'),
    );
  const scene: ReviewScene = {
    config: {
      clusters: ['prod', 'staging'].map(name => ({
        type: 'manifests',
        name,
        path: join(folder, name),
      })),
      environments: {
        production: { clusters: ['prod'], counted: true },
        staging: { clusters: ['staging'], counted: false },
      },
      targets: [{ environment: 'production', level: 'profiled' }],
      clusterOptions: {
        prod: { owner: 'group:default/platform' },
        staging: { owner: 'group:default/platform' },
      },
      reviewers: ['Group:default/Security'],
    },
    entities: [
      ...peopleOfScene,
      ...options.services.map(name =>
        component(
          name,
          {},
          { spec: { owner: options.ownerOf?.[name] ?? 'group:default/team' } },
        ),
      ),
      ...(options.entities ?? []),
    ],
    write: (cluster, service, fields = {}) =>
      store(join(cluster, `${service}.yaml`), serviceObjects(service, fields)),
    writeBase: (name, allows) =>
      store(join('prod', `${name}.yaml`), [profileOf(name, { allows })]),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
  await mkdir(join(folder, 'prod'));
  await mkdir(join(folder, 'staging'));
  for (const cluster of ['prod', 'staging']) {
    await store(join(cluster, 'nodes.yaml'), [
      node({ name: 'node-a', labels: { 'kubernetes.io/os': 'linux' } }),
      pod({
        name: 'spod-a',
        namespace: 'security-profiles-operator',
        labels: { app: 'security-profiles-operator', name: 'spod' },
      }),
    ]);
  }
  await Promise.all(
    options.services.map(service => scene.write('prod', service)),
  );
  return scene;
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  Posture,
  Profile,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import {
  type AppliedObject,
  appliedDeployment,
  localhost,
  servedNode,
} from '../testing/appliedObjects';
import { component } from '../testing/component';
import { posturePath } from '../testing/realCluster';
import { startTestPortal, type TestPortal } from '../testing/startTestPortal';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const operatorGroup = 'security-profiles-operator.x-k8s.io';

/** Objects as a cluster without a schema would hand them over: a CRD would refuse most of them. */
function profile(name: string, spec: unknown): AppliedObject {
  return {
    apiVersion: `${operatorGroup}/v1`,
    kind: 'SeccompProfile',
    metadata: { name },
    spec: spec as AppliedObject['spec'],
    status: { status: 'Installed', localhostProfile: `operator/${name}.json` },
  };
}

const allow = (...names: string[]) => ({
  defaultAction: 'SCMP_ACT_ERRNO',
  syscalls: [{ action: 'SCMP_ACT_ALLOW', names }],
});
const argument = (value: unknown) => ({
  defaultAction: 'SCMP_ACT_ERRNO',
  syscalls: [
    {
      action: 'SCMP_ACT_ALLOW',
      names: ['personality'],
      args: [{ index: 0, op: 'SCMP_CMP_EQ', value }],
    },
  ],
});

const bad: Record<string, unknown> = {
  'action-unknown': { defaultAction: 'SCMP_ACT_PERHAPS' },
  'args-at-the-edge': argument(9223372036854775807n),
  'args-of-nothing': argument({ not: 'a number' }),
  'circle-a': { ...allow('read'), baseProfileName: 'circle-b' },
  'circle-b': { ...allow('read'), baseProfileName: 'circle-a' },
  'names-null': {
    defaultAction: 'SCMP_ACT_ERRNO',
    syscalls: [{ names: null }],
  },
  'rules-text': { defaultAction: 'SCMP_ACT_ERRNO', syscalls: 'read' },
  'rules-many': allow(
    ...Array.from({ length: 10_000 }, (_, at) => `call_${at}`),
  ),
  'spec-empty': {},
  'spec-missing': undefined,
};

/** JSON as an API server writes it: integers with all their digits. */
function toJson(objects: AppliedObject[]): string {
  return JSON.stringify(
    { apiVersion: 'v1', kind: 'List', items: objects },
    (_key, value) => (typeof value === 'bigint' ? `int64:${value}` : value),
  ).replace(/"int64:(\d+)"/g, '$1');
}

describe.each(databases.eachSupportedId())(
  'Profiles that no operator would take (%s)',
  databaseId => {
    let folder: string;
    let portal: TestPortal;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'bad-profiles-'));
      const write = (name: string, objects: AppliedObject[]) =>
        writeFile(join(folder, name), toJson(objects));
      await write('bad.json', [
        ...Object.entries(bad).map(([name, spec]) => profile(name, spec)),
        profile('good', allow('read')),
        profile('leaf', { ...allow('write'), baseProfileName: 'base' }),
      ]);
      await write('base.json', [profile('base', allow('exit_group'))]);
      await write('workload.json', [
        ...servedNode('node-a'),
        ...appliedDeployment({
          name: 'cart',
          namespace: 'shop',
          nodes: ['node-a'],
          labels: { 'backstage.io/kubernetes-id': 'cart' },
          spec: localhost('leaf'),
        }),
      ]);
      portal = await startTestPortal({
        knex: await databases.init(databaseId),
        config: {
          clusters: [{ type: 'manifests', name: 'folder', path: folder }],
        },
        entities: [component('cart', { 'backstage.io/kubernetes-id': 'cart' })],
      });
      await portal.refreshCatalog();
    });

    afterAll(async () => {
      await portal?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    const total = Object.keys(bad).length + 3;
    const shown = async (): Promise<Map<string, Profile>> => {
      const { items } = await portal.eventually(
        '/profiles?limit=200',
        body => body.totalItems >= total - 1,
      );
      return new Map(items.map((item: Profile) => [item.name, item]));
    };

    it('are shown, each with a page of its own, and believed in nothing that their status says', async () => {
      const profiles = await shown();
      expect([...profiles.keys()].sort()).toEqual(
        [...Object.keys(bad), 'base', 'good', 'leaf'].sort(),
      );
      for (const { id, installed } of profiles.values()) {
        expect(installed).toMatchObject({ nodes: 0, of: 1 });
        for (const part of ['', '/nodes', '/users', '/revisions']) {
          expect((await portal.get(`/profiles/${id}${part}`)).status).toBe(200);
        }
        const { status } = await portal.get(
          `/profiles/${id}/compare?from=current`,
        );
        expect(status).toBe(200);
      }
    });

    it.each([
      ['action-unknown', 'malformed', 'SCMP_ACT_PERHAPS'],
      ['circle-a', 'base-unresolved', 'circle'],
      ['circle-b', 'base-unresolved', 'circle'],
      ['args-of-nothing', 'malformed', 'arguments that are no integers: 1'],
      ['names-null', 'malformed', 'without names: 1'],
      ['rules-text', 'malformed', 'spec.syscalls is no list'],
      ['spec-empty', 'malformed', 'spec.defaultAction is missing'],
      ['spec-missing', 'malformed', 'spec.defaultAction is missing'],
    ])('say what is wrong: %s', async (name, id, because) => {
      const { body } = await portal.get(
        `/profiles/${(await shown()).get(name)!.id}`,
      );
      const problem = body.problems.find(
        (one: { id: string }) => one.id === id,
      );
      expect(problem?.because ?? '').toContain(because);
    });

    it('keep an argument at the edge of int64 exact', async () => {
      const { id } = (await shown()).get('args-at-the-edge')!;
      const { body } = await portal.get(`/profiles/${id}`);
      expect(body.yaml.text).toContain('value: 9223372036854775807');
    });

    it('leave the others as they are, and take a base away from those alone that rest on it', async () => {
      const before = await shown();
      expect(before.get('leaf')).toMatchObject({ resolution: 'base-chain' });
      await rm(join(folder, 'base.json'));
      await portal.eventually(
        '/profiles?q=leaf',
        body => body.items[0]?.resolution === 'unresolved',
      );
      const after = await shown();
      expect(after.get('leaf')).toMatchObject({
        effectiveDigest: null,
        because: 'the base base does not exist',
      });
      const others = (profiles: Map<string, Profile>) =>
        [...profiles.values()].filter(
          ({ name }) => !['leaf', 'base'].includes(name),
        );
      expect(others(after)).toEqual(others(before));
      const posture = await portal.eventually(
        posturePath('cart'),
        (body: Posture) => body.profiles?.[0]?.resolution === 'unresolved',
      );
      expect(posture.profiles).toMatchObject([
        { name: 'leaf', effectiveDigest: null },
      ]);
    });
  },
);

import { join } from 'node:path';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { Posture } from '@security-profiles/backstage-plugin-security-profiles-common';
import { servedNode } from '../testing/appliedObjects';
import { component } from '../testing/component';
import { type Envtest, startEnvtest } from '../testing/envtest';
import { confinements, posturePath } from '../testing/realCluster';
import { startTestPortal, type TestPortal } from '../testing/startTestPortal';

jest.setTimeout(120_000);

const recorded = (name: string) =>
  join(__dirname, '..', 'testing', 'spo-live', `${name}.json`);
const profile =
  '/apis/security-profiles-operator.x-k8s.io/v1/seccompprofiles/payments';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

function ownerNamed(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: {},
    relations: [{ type: 'memberOf', targetRef: 'group:default/team-payments' }],
  };
}

const as = (name: string) => ({
  authorization: mockCredentials.user.header(`user:default/${name}`),
});

describe('What the real operator wrote, on a real API server', () => {
  let envtest: Envtest;
  let portal: TestPortal;

  beforeAll(async () => {
    envtest = await startEnvtest({ crds: ['spo'] });
    for (const name of [
      '1-nodes',
      '1-operator',
      '1-installed-seccompprofiles',
      '1-installed-securityprofilenodestatuses',
      '1-pods',
    ]) {
      await envtest.applyManifests(recorded(name));
    }
    // The pod of the daemon, which only a kubelet would have run.
    await envtest.applyManifests(servedNode('node-a').slice(1));
    portal = await startTestPortal({
      knex: await databases.init('SQLITE_3'),
      config: {
        clusters: [
          { type: 'kubeconfig', name: 'real', path: envtest.readerKubeconfig },
        ],
      },
      entities: [
        component('payments', { 'backstage.io/kubernetes-id': 'payments' }),
        ownerNamed('asker'),
        ownerNamed('voter'),
      ],
    });
    await portal.refreshCatalog();
  });

  afterAll(async () => {
    await portal?.stop();
    await envtest?.stop();
  });

  const untilMatched = (
    check: (posture: Posture) => unknown = () => true,
  ): Promise<Posture> =>
    portal.eventually(
      posturePath('payments'),
      (body: Posture) => body.workloads?.length === 1 && check(body),
    );

  it('shows the right confinement of each container', async () => {
    const posture = await untilMatched();
    expect(confinements(posture).sort()).toEqual([
      'payments-7d9f-abcde app: profile Localhost operator/payments.json, in force yes',
      'payments-7d9f-abcde debug: unconfined Unconfined, in force no',
      'payments-7d9f-abcde migrate: profile Localhost operator/payments.json, in force yes',
    ]);
  });

  it('counts nodes from the labels of the node statuses, though every overall status says Pending', async () => {
    const { body } = await envtest.request('GET', profile);
    expect(body.status.status).toBe('Pending');
    await untilMatched();
    const profiles = await portal.getAll('/profiles');
    expect(
      profiles.map(
        ({ name, mode, resolution, installed }) =>
          `${name} ${mode} ${resolution} ${installed.nodes}/${installed.of}`,
      ),
    ).toEqual([
      'allow-everything.json allows-by-default own 1/1',
      'base-shell enforcing own 1/1',
      'born-disabled disabled own 0/1',
      'dangling-base enforcing unresolved 0/1',
      'later-disabled disabled own 1/1',
      'payments enforcing base-chain 1/1',
      'runc-v1.4.2 enforcing own 1/1',
    ]);
  });

  it('is approved by two people as it is enforced', async () => {
    const {
      profiles: [{ id, effectiveDigest }],
    } = await untilMatched();
    const asked = await portal.post(
      '/reviews',
      {
        kind: 'content',
        subject: { profileId: id },
        digest: effectiveDigest,
        environment: 'default',
        reason: 'in use',
      },
      as('asker'),
    );
    expect([asked.status, asked.body.state]).toEqual([200, 'pending']);
    const voted = await portal.post(
      `/reviews/${asked.body.id}/votes`,
      { decision: 'approve', expectedDigest: effectiveDigest },
      as('voter'),
    );
    expect([voted.status, voted.body.state]).toEqual([200, 'approved']);
    await untilMatched(body => body.profiles[0].approval.state === 'approved');
  });

  it('notices that a base was widened, though spec and generation of the profile stay as they are', async () => {
    const before = await untilMatched();
    const { body: stored } = await envtest.request('GET', profile);
    await envtest.applyManifests(recorded('2-base-widened-seccompprofiles'));
    const digestOf = ({ profiles }: Posture) =>
      profiles.find(({ name }) => name === 'payments')?.effectiveDigest;
    const after = await untilMatched(
      body => digestOf(body) !== digestOf(before),
    );
    const { body: now } = await envtest.request('GET', profile);
    expect([now.metadata.generation, now.spec]).toEqual([
      stored.metadata.generation,
      stored.spec,
    ]);
    const [{ id }] = after.profiles;
    const { body: revisions } = await portal.get(`/profiles/${id}/revisions`);
    expect(
      revisions.items.map(
        (item: { effectiveDigest: string }) => item.effectiveDigest,
      ),
    ).toEqual([digestOf(after), digestOf(before)]);
    const sources = revisions.items.map(
      (item: { sourceDigest: string }) => item.sourceDigest,
    );
    expect(sources[0]).toBe(sources[1]);
  });

  it('has lost its approval by that: it is stale', async () => {
    const stale = await untilMatched(
      body => body.profiles[0].approval.state === 'stale',
    );
    expect(stale.approval).toBe('stale');
  });
});

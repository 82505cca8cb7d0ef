import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type {
  Posture,
  ProfileCall,
  ProfileCallGroups,
  Revision,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { servedNode } from '../testing/appliedObjects';
import { component } from '../testing/component';
import { type Envtest, startEnvtest } from '../testing/envtest';
import { confinements, posturePath } from '../testing/realCluster';
import { startTestPortal, type TestPortal } from '../testing/startTestPortal';

jest.setTimeout(120_000);

const recorded = (name: string) =>
  join(
    __dirname,
    '..',
    'testing',
    'spo-live',
    name.includes('.') ? name : `${name}.json`,
  );
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
  /** What was applied and what the portal said to it, printed at the end for whoever reads the run. */
  const transcript: string[] = [];
  const tell = (...lines: string[]) => transcript.push(...lines);

  const apply = async (name: string) => {
    const { applied } = await envtest.applyManifests(recorded(name));
    tell(`applied ${name}: ${applied} objects`);
  };

  beforeAll(async () => {
    envtest = await startEnvtest({ crds: ['spo'] });
    await apply('1-nodes');
    await apply('0-applied.yaml');
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
    process.stdout.write(`${transcript.join('\n')}\n`);
  });

  const untilMatched = (
    check: (posture: Posture) => unknown = () => true,
  ): Promise<Posture> =>
    portal.eventually(
      posturePath('payments'),
      (body: Posture) => body.workloads?.length === 1 && check(body),
    );

  it('takes the profile for the same after the daemon has sorted its rules and raised its generation', async () => {
    const [written] = (await untilMatched()).profiles;
    const { body: applied } = await envtest.request('GET', profile);
    for (const name of [
      '1-operator',
      '1-installed-seccompprofiles',
      '1-installed-securityprofilenodestatuses',
      '1-pods',
    ]) {
      await apply(name);
    }
    const installed = await untilMatched(
      body => body.profiles[0].installed.nodes === 1,
    );
    const { body: sorted } = await envtest.request('GET', profile);
    expect(sorted.metadata.generation).toBeGreaterThan(
      applied.metadata.generation,
    );
    expect(sorted.spec).not.toEqual(applied.spec);
    expect(installed.profiles).toMatchObject([
      {
        id: written.id,
        sourceDigest: written.sourceDigest,
        effectiveDigest: written.effectiveDigest,
      },
    ]);
    const { body } = await portal.get(`/profiles/${written.id}/revisions`);
    expect(body.totalItems).toBe(1);
    tell(
      `  generation ${applied.metadata.generation} became ${sorted.metadata.generation}, and payments has ${body.totalItems} revision: ${written.effectiveDigest}`,
    );
  });

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
    const described = profiles.map(
      ({ name, mode, resolution, installed }) =>
        `${name} ${mode} ${resolution} ${installed.nodes}/${installed.of}`,
    );
    tell(
      '  status.status of payments is Pending, GET /profiles says:',
      ...described.map(line => `    ${line}`),
    );
    expect(described).toEqual([
      'allow-everything.json allows-by-default own 1/1',
      'base-shell enforcing own 1/1',
      'born-disabled disabled own 0/1',
      'dangling-base enforcing unresolved 0/1',
      'later-disabled disabled own 1/1',
      'payments enforcing base-chain 1/1',
      'runc-v1.4.2 enforcing own 1/1',
    ]);
  });

  it('says of each profile why it is not what its name promises', async () => {
    const problems: string[] = [];
    for (const { id, name } of await portal.getAll('/profiles')) {
      const { body } = await portal.get(`/profiles/${id}`);
      for (const problem of body.problems) {
        problems.push(`${name}: ${problem.id}: ${problem.because}`);
      }
    }
    tell('  GET /profiles/{id} names these problems:');
    tell(...problems.map(line => `    ${line}`));
    expect(problems).toEqual([
      expect.stringContaining('born-disabled: disabled: '),
      expect.stringContaining(
        'dangling-base: base-unresolved: What it allows is not known: the base no-such-profile does not exist.',
      ),
      expect.stringContaining('later-disabled: disabled: '),
    ]);
  });

  it('finds a profile whose name ends in .json by the file that a pod names', async () => {
    const [{ id }] = (await portal.get('/profiles?q=allow-everything')).body
      .items;
    const { body } = await portal.get(`/profiles/${id}`);
    expect(body.names).toEqual(['operator/allow-everything.json']);
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
    await apply('2-base-widened-seccompprofiles');
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
      revisions.items.map(({ effectiveDigest, change }: Revision) => [
        effectiveDigest,
        change,
      ]),
    ).toEqual([
      [digestOf(after), 'wider'],
      [digestOf(before), undefined],
    ]);
    const sources = revisions.items.map(
      (item: { sourceDigest: string }) => item.sourceDigest,
    );
    expect(sources[0]).toBe(sources[1]);
    tell(
      `  generation of payments is still ${now.metadata.generation} and its spec the same; GET /profiles/{id}/revisions says:`,
      ...revisions.items.map(
        ({ effectiveDigest, change, current }: Revision) =>
          `    ${effectiveDigest} ${change ?? 'first seen'}${
            current ? ', current' : ''
          }`,
      ),
    );
  });

  it('names ptrace and the base that brought it', async () => {
    const [{ id }] = (await untilMatched()).profiles;
    const { body: revisions } = await portal.get(`/profiles/${id}/revisions`);
    const { body: compared } = await portal.get(
      `/profiles/${id}/compare?from=${revisions.items[1].id}&to=current`,
    );
    tell(
      '  GET /profiles/{id}/compare says:',
      `    ${compared.class}, ${JSON.stringify(compared.totals)}`,
      ...compared.lines.map((line: object) => `    ${JSON.stringify(line)}`),
    );
    expect(compared).toMatchObject({
      class: 'wider',
      totals: { wider: 1, narrower: 0, changed: 0 },
      lines: [
        { subject: 'ptrace', direction: 'wider', broughtBy: 'base-shell' },
      ],
    });
    const { body: detail } = await portal.get(`/profiles/${id}`);
    const calls: ProfileCall[] = [
      detail.distance.beyond,
      detail.distance.within,
    ]
      .flatMap(({ groups }: ProfileCallGroups) => groups)
      .flatMap(group => group.calls);
    const ptrace = calls.find(({ name }) => name === 'ptrace');
    tell(
      `  GET /profiles/{id} says: ${JSON.stringify(ptrace)}`,
      `    chain ${JSON.stringify(detail.chain)}`,
    );
    expect(ptrace).toMatchObject({
      action: 'SCMP_ACT_ALLOW',
      broughtBy: 'base-shell',
    });
  });

  it('allows in its own reckoning exactly what the daemon wrote to the node', async () => {
    const [{ id }] = (await untilMatched()).profiles;
    const { body } = await portal.get(`/profiles/${id}`);
    const shown: string[] = [body.distance.beyond, body.distance.within]
      .flatMap(({ groups }: ProfileCallGroups) => groups)
      .flatMap(group => group.calls.map(({ name }) => name));
    const file = await readFile(recorded('2-node-file-payments'), 'utf8');
    const { syscalls, architectures } = JSON.parse(file);
    const written = new Set<string>(
      syscalls.flatMap(({ names }: { names: string[] }) => names),
    );
    expect(new Set(shown)).toEqual(written);
    expect(new Set(body.architectures)).toEqual(new Set(architectures));
    // 2^53 + 1, which no number of JavaScript can hold.
    expect(file).toContain('9007199254740993');
    expect(body.yaml.text).toContain('value: 9007199254740993');
  });

  it('has lost its approval by that: it is stale', async () => {
    const stale = await untilMatched(
      body => body.profiles[0].approval.state === 'stale',
    );
    expect(stale.approval).toBe('stale');
    const [{ name, approval }] = stale.profiles;
    tell(
      `  posture of payments says: approval of ${name} is ${approval.state}`,
    );
  });
});

import {
  actionsRegistryServiceFactory,
  actionsServiceFactory,
} from '@backstage/backend-defaults/alpha';
import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import mcpPlugin from '@backstage/plugin-mcp-actions-backend';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Knex } from 'knex';
import { openDatabase } from '../testing/openDatabase';
import { createReviewScene, type ReviewScene } from '../testing/reviewScene';
import { startTestPortal, type TestPortal } from '../testing/startTestPortal';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const cart = 'component:default/cart';
const asker = mockCredentials.user.header('user:default/asker');

/** What a tool answered: its output, or the text of its error. */
interface ToolAnswer {
  failed: boolean;
  text: string;
  output: any;
}

describe('The actions, as tools of MCP', () => {
  let knex: Knex;
  let scene: ReviewScene;
  let portal: TestPortal;
  let clients: Client[];

  beforeEach(async () => {
    knex = await openDatabase(databases, 'SQLITE_3');
    scene = await createReviewScene({ services: ['cart'] });
    await scene.write('prod', 'cart', { allows: ['read', 'write', 'bpf'] });
    clients = [];
  });
  afterEach(async () => {
    await Promise.all(clients.map(client => client.close()));
    await portal?.stop();
    await scene.remove();
  });

  async function start(result: AuthorizeResult.ALLOW | AuthorizeResult.DENY) {
    portal = await startTestPortal({
      knex,
      config: scene.config,
      entities: scene.entities,
      permissions: mockServices.permissions.factory({ result }),
      rootConfig: {
        backend: { actions: { pluginSources: ['security-profiles'] } },
      },
      features: [
        actionsRegistryServiceFactory,
        actionsServiceFactory,
        mcpPlugin,
      ],
    });
    await portal.refreshCatalog();
  }

  async function connect(authorization: string): Promise<Client> {
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(
      new StreamableHTTPClientTransport(
        new URL(`${portal.url}/api/mcp-actions/v1`),
        { requestInit: { headers: { authorization } } },
      ),
    );
    clients.push(client);
    return client;
  }

  async function call(
    client: Client,
    name: string,
    input: Record<string, unknown> = {},
  ): Promise<ToolAnswer> {
    const answer = await client.callTool({
      name: `security-profiles.${name}`,
      arguments: input,
    });
    const [{ text }] = answer.content as { text: string }[];
    return {
      failed: answer.isError === true,
      text,
      output: answer.isError ? undefined : readFenced(text),
    };
  }

  function readFenced(text: string): unknown {
    return JSON.parse(text.replace(/^```json\n|\n```$/g, ''));
  }

  it('are listed, and none can decide', async () => {
    await start(AuthorizeResult.ALLOW);
    const { tools } = await (await connect(asker)).listTools();
    expect(
      tools.map(({ name, annotations }) => [
        name,
        annotations?.readOnlyHint,
        annotations?.destructiveHint,
      ]),
    ).toEqual([
      ['security-profiles.list-services-below-target', true, false],
      ['security-profiles.explain-posture', true, false],
      ['security-profiles.explain-profile', true, false],
      ['security-profiles.compare-profiles', true, false],
      ['security-profiles.list-clusters', true, false],
      ['security-profiles.list-reviews', true, false],
      ['security-profiles.request-review', false, false],
    ]);
  });

  it('explain a service, what it runs under, and ask for an approval of exactly that', async () => {
    await start(AuthorizeResult.ALLOW);
    await portal.eventually(
      '/entities/component/default/cart/posture',
      body => body.profiles.length > 0,
    );
    const client = await connect(asker);

    const posture = await call(client, 'explain-posture', { entityRef: cart });
    expect(posture.output).toMatchObject({
      entityRef: cart,
      profiles: [{ cluster: 'prod', name: 'p-cart', approval: 'unreviewed' }],
    });
    const [{ profileId }] = posture.output.profiles;

    const profile = await call(client, 'explain-profile', { profileId });
    expect(profile.output).toMatchObject({
      name: 'p-cart',
      users: 1,
      resolution: 'own',
      beyondRuntimeDefault: [expect.objectContaining({ name: 'bpf' })],
    });

    const request = {
      profileId,
      environment: 'production',
      reason: 'The exporter loads one program.',
    };
    const stale = await call(client, 'request-review', {
      ...request,
      digest: 'sha256:of-something-else',
    });
    expect(stale.failed).toBe(true);
    const asked = await call(client, 'request-review', {
      ...request,
      digest: profile.output.effectiveDigest,
    });
    expect(asked.output).toMatchObject({ state: 'pending' });

    const reviews = await call(client, 'list-reviews', {
      filter: 'asked-by-me',
    });
    expect(reviews.output).toMatchObject({
      total: 1,
      reviews: [{ requestedBy: 'user:default/asker', state: 'pending' }],
    });
    const clusters = await call(client, 'list-clusters');
    expect(
      clusters.output.clusters.map(({ name }: { name: string }) => name),
    ).toContain('prod');
  });

  it('tell what changed since another revision', async () => {
    await start(AuthorizeResult.ALLOW);
    const posture = await portal.eventually(
      '/entities/component/default/cart/posture',
      body => body.profiles.length > 0,
    );
    const [{ id: profileId, effectiveDigest }] = posture.profiles;
    await scene.write('prod', 'cart', { allows: ['read', 'write'] });
    await portal.eventually(
      `/profiles/${profileId}`,
      body => body.effectiveDigest !== effectiveDigest,
    );
    const { output } = await call(await connect(asker), 'compare-profiles', {
      profileId,
      from: effectiveDigest,
    });
    expect(output).toMatchObject({
      class: 'narrower',
      totals: { wider: 0, narrower: 1 },
      lines: [{ direction: 'narrower', subject: 'bpf' }],
    });
  });

  it('list who is below target, and say what an input should have been', async () => {
    await start(AuthorizeResult.ALLOW);
    await portal.eventually(
      '/scorecards/summary',
      body => body.counts.entities === 1,
    );
    const client = await connect(asker);
    const behind = await call(client, 'list-services-below-target', {
      owner: 'group:default/team',
    });
    expect(behind.output).toMatchObject({
      total: 1,
      services: [
        {
          entityRef: cart,
          owner: 'group:default/team',
          level: 'baseline',
          target: 'profiled',
          worstFinding: 'profile-beyond-runtime-default',
          nextStep: expect.stringContaining('bpf'),
        },
      ],
    });
    const elsewhere = await call(client, 'list-services-below-target', {
      owner: 'group:default/other',
    });
    expect(elsewhere.output).toEqual({ total: 0, services: [] });
    const wrong = await call(client, 'explain-posture', { entityRef: ':' });
    expect(wrong.failed).toBe(true);
    expect(wrong.text).toContain('expected one such as component:default/cart');
  });

  it('give nothing to a caller without rights', async () => {
    await start(AuthorizeResult.DENY);
    const client = await connect(asker);
    const inputs: Record<string, Record<string, unknown>> = {
      'list-services-below-target': {},
      'explain-posture': { entityRef: cart },
      'explain-profile': { profileId: 'any' },
      'compare-profiles': { profileId: 'any', from: 'sha256:any' },
      'list-clusters': {},
      'list-reviews': {},
      'request-review': {
        profileId: 'any',
        digest: 'sha256:any',
        environment: 'production',
        reason: 'Why not.',
      },
    };
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual(
      Object.keys(inputs)
        .map(name => `security-profiles.${name}`)
        .sort(),
    );
    for (const [name, input] of Object.entries(inputs)) {
      const { failed, text } = await call(client, name, input);
      expect({ name, failed }).toEqual({ name, failed: true });
      expect(text).toContain('It needs the permission security-profiles.');
      expect(text).not.toContain('cart');
    }
  });
});

import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { authModuleDemoProvider } from './authModuleDemoProvider';
import { demoAuthenticator, isLoopback } from './demoAuthenticator';

const users = [
  {
    entityRef: 'user:default/Tamsin',
    displayName: 'Tamsin',
    group: 'Checkout',
    can: 'See',
  },
];

async function startPortal(providers: object = { demo: { users } }) {
  const { server } = await startTestBackend({
    features: [
      authPlugin,
      authModuleDemoProvider,
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'User',
            metadata: { name: 'tamsin', namespace: 'default' },
            spec: {},
            relations: [
              { type: 'memberOf', targetRef: 'group:default/checkout' },
            ],
          },
        ],
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          backend: { baseUrl: 'http://localhost:7007' },
          auth: { providers },
        },
      }),
    ],
  });
  return server;
}

describe('the demo provider', () => {
  const nodeEnv = process.env.NODE_ENV;

  function setNodeEnv(value: string | undefined) {
    Object.assign(process.env, { NODE_ENV: value });
  }

  afterEach(() => setNodeEnv(nodeEnv));

  it('signs in a person that the config lists, with the groups of the catalog', async () => {
    setNodeEnv('development');
    const response = await request(await startPortal())
      .get('/api/auth/demo/refresh')
      .set('x-demo-user', 'user:default/tamsin')
      .expect(200);
    expect(response.body.profile).toEqual({ displayName: 'Tamsin' });
    expect(response.body.backstageIdentity.identity).toEqual({
      type: 'user',
      userEntityRef: 'user:default/tamsin',
      ownershipEntityRefs: ['user:default/tamsin', 'group:default/checkout'],
    });
    expect(response.body.backstageIdentity.token).toEqual(
      expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    );
  });

  it('refuses a person that the config does not list, and says who is listed', async () => {
    setNodeEnv('development');
    const response = await request(await startPortal())
      .get('/api/auth/demo/refresh')
      .set('x-demo-user', 'user:default/root')
      .expect(401);
    expect(response.body.error.message).toContain('auth.providers.demo.users');
    expect(response.body.error.message).toContain('user:default/tamsin');
    expect(response.body).not.toHaveProperty('backstageIdentity');
  });

  it('asks for the header that names the person', async () => {
    setNodeEnv('development');
    const response = await request(await startPortal())
      .get('/api/auth/demo/refresh')
      .expect(400);
    expect(response.body.error.message).toContain('x-demo-user');
  });

  it.each(['test', 'production', undefined])(
    'does not exist with NODE_ENV=%s',
    async env => {
      setNodeEnv(env);
      const response = await request(await startPortal())
        .get('/api/auth/demo/refresh')
        .set('x-demo-user', 'user:default/tamsin');
      expect(response.status).toBe(404);
    },
  );

  it('does not exist where the config has no demo', async () => {
    setNodeEnv('development');
    const response = await request(await startPortal({}))
      .get('/api/auth/demo/refresh')
      .set('x-demo-user', 'user:default/tamsin');
    expect(response.status).toBe(404);
  });

  it('refuses when the environment stops being development after the start', async () => {
    setNodeEnv('development');
    const server = await startPortal();
    setNodeEnv('production');
    const response = await request(server)
      .get('/api/auth/demo/refresh')
      .set('x-demo-user', 'user:default/tamsin');
    expect(response.status).toBe(403);
  });

  it('refuses another machine, whatever its forwarded address says', async () => {
    setNodeEnv('development');
    const headers: Record<string, string> = {
      'x-demo-user': 'user:default/tamsin',
      'x-forwarded-for': '127.0.0.1',
    };
    const req = {
      socket: { remoteAddress: '192.0.2.7' },
      ip: '127.0.0.1',
      header: (name: string) => headers[name],
    } as unknown as Parameters<typeof demoAuthenticator.authenticate>[0]['req'];
    await expect(
      demoAuthenticator.authenticate(
        { req },
        { people: new Map([['user:default/tamsin', 'Tamsin']]) },
      ),
    ).rejects.toThrow('only to the machine');
  });
});

describe('isLoopback', () => {
  it.each(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])(
    '%s is this machine',
    address => expect(isLoopback(address)).toBe(true),
  );
  it.each([
    '10.0.0.1',
    '::ffff:10.0.0.1',
    '2001:db8::1',
    '127.0.0.1.example.org',
    '1127.0.0.1',
    '',
    undefined,
  ])('%s is not this machine', address =>
    expect(isLoopback(address)).toBe(false),
  );
});

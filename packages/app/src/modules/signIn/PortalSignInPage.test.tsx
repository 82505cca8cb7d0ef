import { discoveryApiRef } from '@backstage/core-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { PortalSignInPage } from './PortalSignInPage';
import { keepSignInChoice } from './signInChoice';

const people = [
  {
    entityRef: 'user:default/tamsin',
    displayName: 'Tamsin',
    group: 'Checkout',
    can: 'Sees payments.',
  },
  {
    entityRef: 'user:default/wren',
    displayName: 'Wren',
    group: 'Assist',
    can: 'Sees invoices.',
  },
];

type Data = NonNullable<
  NonNullable<Parameters<typeof mockApis.config>[0]>['data']
>;

describe('PortalSignInPage', () => {
  const requests: { url: string; headers: Headers }[] = [];
  let answer: () => Response;

  beforeEach(() => {
    window.sessionStorage.clear();
    requests.length = 0;
    answer = () =>
      Response.json({
        profile: { displayName: 'Tamsin' },
        backstageIdentity: {
          token: 'a.eyJleHAiOjQxMDI0NDQ4MDB9.c',
          identity: {
            type: 'user',
            userEntityRef: 'user:default/tamsin',
            ownershipEntityRefs: ['user:default/tamsin'],
          },
        },
      });
    jest.spyOn(global, 'fetch').mockImplementation(async (url, init) => {
      requests.push({ url: String(url), headers: new Headers(init?.headers) });
      return answer();
    });
  });

  afterEach(() => jest.restoreAllMocks());

  async function renderPage(data: Data, onSignInSuccess = jest.fn()) {
    await renderInTestApp(
      <PortalSignInPage onSignInSuccess={onSignInSuccess} />,
      {
        config: data,
        apis: [
          [
            discoveryApiRef,
            mockApis.discovery({ baseUrl: 'http://portal.example' }),
          ],
        ],
      },
    );
    return onSignInSuccess;
  }

  const demo = { auth: { providers: { demo: { users: people } } } };

  it('lists the people of the demo by group, with what each can do', async () => {
    await renderPage(demo);
    const checkout = await screen.findByRole('region', { name: 'Checkout' });
    expect(
      within(checkout).getByRole('button', { name: 'Sign in as Tamsin' }),
    ).toHaveAccessibleDescription('Sees payments.');
    expect(within(checkout).queryByText(/Wren/)).not.toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Assist' })).toBeInTheDocument();
    expect(requests).toEqual([]);
  });

  it('signs in the chosen person, and forgets the choice on sign-out only', async () => {
    const onSignInSuccess = await renderPage(demo);
    fireEvent.click(
      await screen.findByRole('button', { name: 'Sign in as Tamsin' }),
    );
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    expect(requests.map(r => r.url)).toEqual([
      'http://portal.example/api/auth/demo/refresh',
    ]);
    expect(requests[0].headers.get('x-demo-user')).toBe('user:default/tamsin');
    expect(window.sessionStorage).toHaveLength(1);

    const identity = onSignInSuccess.mock.calls[0][0];
    await expect(identity.getBackstageIdentity()).resolves.toMatchObject({
      userEntityRef: 'user:default/tamsin',
    });
    await identity.signOut();
    expect(window.sessionStorage).toHaveLength(0);
  });

  it('comes back as the person who was chosen in this browser tab', async () => {
    keepSignInChoice(window.sessionStorage, {
      type: 'person',
      entityRef: 'user:default/tamsin',
    });
    const onSignInSuccess = await renderPage(demo);
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    expect(requests[0].headers.get('x-demo-user')).toBe('user:default/tamsin');
  });

  it('says so when the backend refuses, and lets choose again', async () => {
    answer = () => new Response('{}', { status: 401 });
    await renderPage(demo);
    fireEvent.click(
      await screen.findByRole('button', { name: 'Sign in as Wren' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Signing in as user:default/wren failed',
    );
    fireEvent.click(
      screen.getByRole('button', { name: 'Choose somebody else' }),
    );
    expect(
      screen.getByRole('button', { name: 'Sign in as Tamsin' }),
    ).toBeInTheDocument();
    expect(window.sessionStorage).toHaveLength(0);
  });

  it('offers the guest alone where no demo is configured', async () => {
    const onSignInSuccess = await renderPage({});
    fireEvent.click(
      await screen.findByRole('button', { name: 'Sign in as guest' }),
    );
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    expect(requests[0].url).toBe(
      'http://portal.example/api/auth/guest/refresh',
    );
    expect(requests[0].headers.has('x-demo-user')).toBe(false);
  });
});

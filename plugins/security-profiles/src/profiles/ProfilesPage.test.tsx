import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes, useLocation } from 'react-router-dom';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { clusters } from '../fixtures/clusters';
import { FakeServer, type FakeServerOptions } from '../fixtures/FakeServer';
import { profiles } from '../fixtures/profiles';
import { rootRouteRef } from '../routes';
import { ProfilesPage } from './ProfilesPage';

function Address() {
  return <pre aria-label="address">{useLocation().search}</pre>;
}

async function renderProfiles(
  path: string,
  options: FakeServerOptions = { profiles: Object.values(profiles), clusters },
  width = 1440,
) {
  window.innerWidth = width;
  window.dispatchEvent(new Event('resize'));
  const server = new FakeServer(options);
  const rendered = await renderInTestApp(
    <>
      <Routes>
        <Route path="/profiles/*" element={<ProfilesPage />} />
      </Routes>
      <Address />
    </>,
    {
      apis: [[securityProfilesApiRef, server.client()], catalogApiMock()],
      mountedRoutes: { '/security-profiles': rootRouteRef },
      initialRouteEntries: [`/profiles${path}`],
    },
  );
  return { server, rendered };
}

function address(): string {
  return screen.getByLabelText('address').textContent ?? '';
}

function lastRequest(server: FakeServer, path: string): URLSearchParams {
  const requests = server.requests.filter(
    request => request.split('?')[0] === path,
  );
  return new URL(`http://x${requests[requests.length - 1]}`).searchParams;
}

describe('the list of profiles', () => {
  it('says how far each is from RuntimeDefault, and never takes unknown for none', async () => {
    await renderProfiles('');
    const row = (name: string) =>
      screen.findByRole('row', { name: new RegExp(`^${name}`) });
    expect(await row('ledger-api')).toHaveTextContent('5 syscallshigh');
    expect(await row('storefront')).toHaveTextContent('none');
    expect(await row('deny-a-few')).toHaveTextContent('everything by default');
    expect(await row('half-known')).toHaveTextContent('content unknown');
    expect(await row('k8s-api')).toHaveTextContent('no syscall list');
  });

  it('leads to the page of each, and to who uses it', async () => {
    await renderProfiles('');
    expect(
      await screen.findByRole('link', { name: 'ledger-api' }),
    ).toHaveAttribute('href', '/security-profiles/profiles/p-ledger');
    expect(
      screen.getByRole('link', { name: '1 entity uses ledger-api' }),
    ).toHaveAttribute('href', '/security-profiles/profiles/p-ledger?tab=users');
  });

  it('asks the server once for a page', async () => {
    const { server } = await renderProfiles('');
    await screen.findByRole('link', { name: 'ledger-api' });
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent('11 profiles'),
    );
    expect(
      server.requests.filter(request => request.startsWith('/profiles')),
    ).toHaveLength(1);
  });

  it('asks the server for what the address says', async () => {
    const { server } = await renderProfiles(
      '?q=ledger&kind=SeccompProfile&cluster=c-prod-eu&mode=enforcing&beyond=true&use=used&sort=-beyond',
    );
    await screen.findByRole('heading', { name: 'Profiles (1)' });
    expect(Object.fromEntries(lastRequest(server, '/profiles'))).toEqual({
      limit: '50',
      q: 'ledger',
      kind: 'SeccompProfile',
      clusterId: 'c-prod-eu',
      mode: 'enforcing',
      beyond: 'some',
      use: 'used',
      sort: '-beyond',
    });
  });

  it('writes what is typed to the address, once the reader pauses', async () => {
    await renderProfiles('');
    await userEvent.type(
      await screen.findByRole('searchbox', { name: 'Name' }),
      'ledger',
    );
    await screen.findByRole('heading', { name: 'Profiles (1)' });
    expect(address()).toBe('?q=ledger');
  });

  it('keeps the order in the address', async () => {
    await renderProfiles('');
    await userEvent.click(
      await screen.findByRole('columnheader', { name: /^Users/ }),
    );
    await waitFor(() => expect(address()).toBe('?sort=users'));
  });

  it('names the part of the address that it ignores', async () => {
    const { server } = await renderProfiles('?kind=Karate');
    expect(
      await screen.findByText('Ignored filter: Karate'),
    ).toBeInTheDocument();
    expect(lastRequest(server, '/profiles').has('kind')).toBe(false);
  });

  it('offers to clear filters that nothing matches', async () => {
    await renderProfiles('?q=no-such-thing');
    expect(
      await screen.findByText('No profile matches these filters.'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(
      await screen.findByRole('link', { name: 'ledger-api' }),
    ).toBeInTheDocument();
    expect(address()).toBe('');
  });

  it('teaches what a profile is where there is none', async () => {
    await renderProfiles('', { profiles: [] });
    expect(
      await screen.findByText(/^No profiles in the connected clusters\./),
    ).toBeInTheDocument();
  });

  it('tells a reader without the permission which one is missing', async () => {
    await renderProfiles('', {
      failWith: { status: 403, name: 'NotAllowedError', message: 'no' },
    });
    expect(
      await screen.findByText(
        "You can't see the profiles. It needs the permission security-profiles.profile.read.",
      ),
    ).toBeInTheDocument();
  });
});

describe('the page of a profile', () => {
  it('begins with the sum in one sentence', async () => {
    await renderProfiles('/p-ledger');
    expect(
      await screen.findByText(
        'Allows 12 syscalls: 7 within RuntimeDefault, 5 beyond it. Denies 2 that RuntimeDefault allows.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'missing on 1 of 4 nodes' }),
    ).toHaveAttribute('href', expect.stringContaining('tab=nodes'));
  });

  it.each([
    ['p-within', 'Allows 7 syscalls, all of them within RuntimeDefault.'],
    [
      'p-open',
      'Allows everything that no rule names: it confines less than RuntimeDefault.',
    ],
    [
      'p-unresolved',
      'What it allows is not known: The base web-base does not exist in prod-eu.',
    ],
    ['p-counted', 'Allows 95 syscalls: 92 within RuntimeDefault, 3 beyond it.'],
    ['p-raw', "A policy as text: it can't be judged; read it."],
    ['p-apparmor', 'What this AppArmorProfile allows is listed below.'],
  ])('says what is known of %s', async (id, sentence) => {
    await renderProfiles(`/${id}`);
    expect(await screen.findByText(sentence)).toBeInTheDocument();
  });

  it('takes the focus to its heading', async () => {
    await renderProfiles('/p-ledger');
    await waitFor(() =>
      expect(screen.getByRole('heading', { name: 'ledger-api' })).toHaveFocus(),
    );
  });

  it('shows the unusual calls with their source, and folds the ordinary ones to their number', async () => {
    await renderProfiles('/p-ledger');
    const beyond = within(
      await screen.findByRole('region', { name: 'Beyond RuntimeDefault (5)' }),
    );
    expect(beyond.getByText('setns').closest('li')).toHaveTextContent(
      'highsetnsunsharebase crun-start',
    );
    expect(beyond.getByText('keyctl').closest('li')).toHaveTextContent(
      'only if operation is 11',
    );
    expect(
      screen.getByRole('region', {
        name: 'Denied here, allowed by RuntimeDefault (2)',
      }),
    ).toHaveTextContent('What this profile gains over RuntimeDefault.');
  });

  it.each([
    [
      'keyctl',
      'keyctl: allowed only if operation is 11. RuntimeDefault: denied. stores and reads keys in kernel keyrings',
    ],
    ['read', 'read: allowed. RuntimeDefault: allowed.'],
    ['clone', 'clone: allowed, logged. RuntimeDefault: allowed.'],
    ['chroot', 'chroot: denied. RuntimeDefault: allowed.'],
    [
      'bpf',
      'bpf: no rule names it, so it is denied. RuntimeDefault does not allow it either.',
    ],
  ])('answers in words what happens to %s', async (name, answer) => {
    await renderProfiles('/p-ledger');
    await userEvent.type(
      await screen.findByRole('searchbox', { name: 'Find a syscall' }),
      name,
    );
    expect(await screen.findByText(answer)).toBeInTheDocument();
  });

  it('says what each base brought, and which of them is not pinned', async () => {
    await renderProfiles('/p-large?tab=bases');
    const chain = within(
      await screen.findByRole('region', { name: 'Where its rules come from' }),
    );
    const [root, , , third] = chain.getAllByRole('listitem');
    expect(root).toHaveTextContent(
      'registry.example/platform/web-base:v2from a registrynot pinned: its content may changebrought 40 syscalls',
    );
    expect(third).toHaveTextContent(
      'brought 43 syscalls, 30 beyond RuntimeDefault',
    );
  });

  it('has no part for bases where there is none', async () => {
    await renderProfiles('/p-raw');
    await screen.findByRole('tab', { name: 'Allows' });
    expect(screen.queryByRole('tab', { name: /^Bases/ })).toBeNull();
  });

  it('keeps the open part in the address, and asks for its data only then', async () => {
    const { server } = await renderProfiles('/p-ledger');
    await userEvent.click(await screen.findByRole('tab', { name: 'YAML' }));
    expect(address()).toBe('?tab=yaml');
    expect(server.requests).toEqual(['/profiles/p-ledger']);
    await userEvent.click(screen.getByRole('tab', { name: 'Revisions' }));
    await screen.findByText('90aa41f0 compared with 7c1e09d2');
    expect(server.requests).toContain('/profiles/p-ledger/revisions?limit=50');
  });

  it('names a part that it does not know', async () => {
    await renderProfiles('/p-ledger?tab=moon');
    expect(await screen.findByText('Ignored filter: moon')).toBeInTheDocument();
  });

  it('does not tell one that may not be read from one that does not exist', async () => {
    await renderProfiles('/p-nowhere');
    expect(
      await screen.findByText('There is nothing here that you may read.'),
    ).toBeInTheDocument();
  });

  it('becomes a list of parts to choose from on a narrow screen', async () => {
    await renderProfiles('/p-ledger?tab=users', undefined, 400);
    expect(
      await screen.findByRole('button', { name: /Parts of this profile/ }),
    ).toHaveTextContent('Used by 1');
    expect(screen.queryByRole('tab')).toBeNull();
  });
});

describe('the comparison of two revisions', () => {
  it('compares what is in force with the one before, unless asked otherwise', async () => {
    const { server } = await renderProfiles('/p-ledger?tab=revisions');
    await screen.findByText('90aa41f0 compared with 7c1e09d2');
    expect(server.requests).toContain(
      '/profiles/p-ledger/compare?from=r-2&to=r-3',
    );
    expect(screen.getByText('5 wider, 1 narrower')).toBeInTheDocument();
  });

  it('shows what is wider in a few lines, and every line behind its number', async () => {
    await renderProfiles('/p-ledger?tab=revisions');
    const io = (await screen.findByText('io_uring')).closest('li');
    expect(io).toHaveTextContent(
      'io_uringhighio_uring_enterio_uring_registerio_uring_setupdenied → allowed own rule',
    );
    expect(
      screen.getByText('The full comparison: all 6 lines').closest('details'),
    ).not.toHaveAttribute('open');
    expect(
      screen.getByText('Narrower: 1 no longer allowed').closest('details'),
    ).toHaveTextContent('chroot');
  });

  it('says so when two contents can not be compared, and why', async () => {
    await renderProfiles('/p-ledger?tab=revisions&from=r-1&to=r-2');
    expect(
      await screen.findByText(/One of its bases could not be read\.$/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/differs/)).toBeNull();
  });

  it('keeps the pair in the address', async () => {
    await renderProfiles('/p-ledger?tab=revisions');
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Compare with the one before: 7c1e09d2, content unknown',
      }),
    );
    expect(address()).toBe('?tab=revisions&from=r-1&to=r-2');
  });

  it('names a revision of the address that is not there', async () => {
    await renderProfiles('/p-ledger?tab=revisions&from=r-99');
    expect(await screen.findByText('Ignored filter: r-99')).toBeInTheDocument();
  });

  it('does not pretend that 812 wider places can be reviewed one by one', async () => {
    await renderProfiles('/p-large?tab=revisions');
    expect(
      await screen.findByText(
        'Wider in 812 places: too many to review one by one.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/^Show \d+ more wider lines$/).closest('details'),
    ).toHaveTextContent('call_399');
    expect(
      screen.getByText('415 more lines are not listed here.'),
    ).toBeInTheDocument();
  });

  it('goes to the clipboard as Markdown', async () => {
    const user = userEvent.setup();
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    await renderProfiles('/p-ledger?tab=revisions');
    await user.click(
      await screen.findByRole('button', { name: 'Copy as Markdown' }),
    );
    expect(write.mock.calls[0][0]).toContain(
      '- + **medium** `keyctl`: denied → allowed (base `web-base:v2`)',
    );
  });
});

describe('the nodes of a profile', () => {
  it('says which nodes that lack it run pods that name it', async () => {
    await renderProfiles('/p-ledger?tab=nodes');
    expect(
      await screen.findByText(
        'It is not installed on 1 of the 3 nodes that the operator serves. Pods that name it run on node-c.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText('node-c: missing, 1 pod names this profile'),
    ).toBeInTheDocument();
  });

  it('draws 500 nodes, loaded page by page, and lists the same as a table', async () => {
    const { server } = await renderProfiles('/p-large?tab=nodes');
    expect(
      await screen.findByRole('grid', { name: 'Nodes of prod-eu' }),
    ).toHaveAttribute('aria-rowcount', '16');
    expect(
      server.requests.filter(request => request.includes('/nodes')),
    ).toHaveLength(3);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show as table' }),
    );
    expect(
      await screen.findByRole('columnheader', { name: 'Pods that name it' }),
    ).toBeInTheDocument();
  });

  it('opens the nodes behind each number', async () => {
    await renderProfiles('/p-large?tab=nodes');
    await userEvent.click(
      await screen.findByRole('link', { name: 'missing 20' }),
    );
    expect(address()).toBe('?tab=nodes&state=missing');
    expect(screen.getByText('20 nodes: missing')).toBeInTheDocument();
    expect(screen.getAllByRole('gridcell')).toHaveLength(20);
  });
});

describe('the users of a profile', () => {
  it('stand below their owners, those without one and those of nobody last', async () => {
    await renderProfiles('/p-ledger?tab=users');
    const region = await screen.findByRole('region', { name: 'Used by' });
    await within(region).findByText('Without an owner');
    expect(
      within(region)
        .getAllByRole('heading', { level: 4 })
        .map(({ textContent }) => textContent),
    ).toEqual([
      'checkout 1 entity, 3 pods',
      'Without an owner 1 entity, 1 pod',
    ]);
    expect(region).toHaveTextContent(
      "1 more entity uses it that you can't see.",
    );
    expect(region).toHaveTextContent(
      '1 workload of no entity names it (2 pods).',
    );
  });

  it('come page by page', async () => {
    await renderProfiles('/p-large?tab=users');
    const more = await screen.findByRole('button', { name: 'Show 30 more' });
    act(() => more.focus());
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByText('service-129')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^Show \d+ more/ })).toBeNull();
  });
});

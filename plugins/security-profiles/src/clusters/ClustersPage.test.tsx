import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { createCluster } from '../fixtures/builders';
import {
  clusters,
  clusterServices,
  nodes,
  prodEuCluster,
  stagingCluster,
  weakOperator,
} from '../fixtures/clusters';
import { advisories, dataplane } from '../fixtures/dataplane';
import { FakeServer, type FakeServerOptions } from '../fixtures/FakeServer';
import { rootRouteRef } from '../routes';
import { ClustersPage } from './ClustersPage';
import { readClusterSort, sortClusters, sortClustersBy } from './clusterOrder';

async function renderClusters(
  options: FakeServerOptions,
  settings: { path?: string; width?: number } = {},
) {
  window.innerWidth = settings.width ?? 1440;
  window.dispatchEvent(new Event('resize'));
  const server = new FakeServer(options);
  await renderInTestApp(
    <Routes>
      <Route path="/clusters/*" element={<ClustersPage />} />
    </Routes>,
    {
      apis: [[securityProfilesApiRef, server.client()], catalogApiMock()],
      mountedRoutes: { '/security-profiles': rootRouteRef },
      initialRouteEntries: [settings.path ?? '/clusters'],
    },
  );
  return server;
}

describe('sortClusters', () => {
  it('puts ended lines first, then patches behind, then what was not read, then names', () => {
    expect(sortClusters(clusters).map(({ name }) => name)).toEqual([
      'staging',
      'prod-eu',
      'dead',
      'gke-dev',
      'prod-us',
      'calico-dev',
    ]);
  });
});

describe('sortClustersBy', () => {
  const order = (value: string) =>
    sortClustersBy(clusters, readClusterSort(value)!).map(({ name }) => name);

  it('compares versions number by number, and by name what is alike', () => {
    expect(order('cilium')).toEqual([
      'staging',
      'prod-eu',
      'dead',
      'prod-us',
      'calico-dev',
      'gke-dev',
    ]);
  });

  it('has what is not known at the end, whichever way', () => {
    expect(order('kubernetes').at(-1)).toBe('gke-dev');
    expect(order('-kubernetes').at(-1)).toBe('gke-dev');
    expect(order('-patches').slice(0, 1)).toEqual(['prod-eu']);
  });

  it('knows no order by another name', () => {
    expect(readClusterSort('colour')).toBeUndefined();
    expect(readClusterSort(undefined)).toBeUndefined();
  });
});

describe('the clusters', () => {
  it('are ordered by the column in the address, which a press on its header writes', async () => {
    await renderClusters({ clusters }, { path: '/clusters?sort=-cluster' });
    await screen.findByRole('heading', { name: 'Clusters (6)' });
    const names = () =>
      screen
        .getAllByRole('rowheader')
        .map(cell => cell.querySelector('a, span')?.textContent);
    expect(names()[0]).toBe('staging');
    await userEvent.click(
      screen.getByRole('columnheader', { name: 'Cluster' }),
    );
    expect(names()[0]).toBe('calico-dev');
  });

  it('are filtered by the owner in the address, and say which owners there are', async () => {
    const owned = [
      { ...prodEuCluster, owner: 'group:default/platform' },
      { ...stagingCluster, owner: 'group:default/checkout' },
    ];
    const server = await renderClusters({ clusters: owned });
    await screen.findByRole('heading', { name: 'Clusters (2)' });
    await userEvent.click(screen.getByRole('button', { name: /Owner/ }));
    await userEvent.click(screen.getByRole('option', { name: 'checkout' }));
    await screen.findByRole('heading', { name: 'Clusters (1)' });
    expect(server.requests.at(-1)).toContain(
      `owner=${encodeURIComponent('group:default/checkout')}`,
    );
  });

  it('say whether kernels and Kubernetes fit', async () => {
    await renderClusters({
      clusters: [
        {
          ...prodEuCluster,
          cilium: {
            ...prodEuCluster.cilium,
            kernel: 'unfit',
            kubernetesFit: 'untested',
          },
        },
      ],
    });
    expect(await screen.findByText('too old')).toBeInTheDocument();
    expect(screen.getByText('not tested')).toBeInTheDocument();
  });

  it('are summed up in one line of links', async () => {
    await renderClusters({ clusters });
    await screen.findByRole('heading', { name: 'Clusters (6)' });
    expect(
      screen.getByRole('link', { name: '1 on an ended line' }),
    ).toHaveAttribute('href', expect.stringContaining('line=ended'));
    expect(
      screen.getByRole('link', { name: '1 in roll-out' }),
    ).toBeInTheDocument();
  });

  it('say which versions run on how many nodes', async () => {
    await renderClusters({ clusters });
    expect(
      await screen.findByText('1.20.2 on 6 of 9 nodes, 1.20.1 on 3'),
    ).toBeInTheDocument();
  });

  it('never call a cluster that nobody looked into free of Cilium', async () => {
    await renderClusters({ clusters });
    const row = (await screen.findAllByRole('row')).find(element =>
      element.textContent?.includes('gke-dev'),
    )!;
    expect(row).not.toHaveTextContent('no Cilium');
    expect(within(row).getAllByText('unknown').length).toBeGreaterThan(0);
  });

  it('name another network plugin instead of judging it', async () => {
    await renderClusters({ clusters });
    expect(
      await screen.findByText('Calico: not judged here.'),
    ).toBeInTheDocument();
  });

  it('are filtered by the environment in the address', async () => {
    const server = await renderClusters(
      { clusters },
      { path: '/clusters?env=staging' },
    );
    await screen.findByRole('heading', { name: 'Clusters (1)' });
    expect(server.requests[0]).toContain('environment=staging');
  });

  it('show only those of a concern in the address', async () => {
    await renderClusters({ clusters }, { path: '/clusters?line=ended' });
    await screen.findByRole('heading', { name: 'Clusters (6)' });
    expect(screen.getAllByRole('rowheader').map(h => h.textContent)).toEqual([
      'stagingstaging',
    ]);
  });

  it('of a hundred fit on one page, and more are paged by the server', async () => {
    const many = Array.from({ length: 101 }, (_, index) =>
      createCluster({ name: `cluster-${String(index).padStart(3, '0')}` }),
    );
    const server = await renderClusters({ clusters: many });
    await screen.findByRole('heading', { name: 'Clusters (101)' });
    expect(
      server.requests.filter(path => path.startsWith('/clusters')),
    ).toEqual(['/clusters?limit=100']);
    expect(screen.getByText(/Counted on this page\./)).toBeInTheDocument();
  });

  it('teach how to connect one when there is none', async () => {
    await renderClusters({ clusters: [] });
    expect(
      await screen.findByText(/^No cluster connected\./),
    ).toBeInTheDocument();
  });

  it('are cards on a narrow screen', async () => {
    await renderClusters({ clusters: [prodEuCluster] }, { width: 400 });
    await screen.findByRole('heading', { name: 'Clusters (1)' });
    expect(screen.queryByRole('grid')).toBeNull();
    expect(screen.getByText('1.19.7 on 4 of 4 nodes')).toBeInTheDocument();
  });

  it('need a permission, which is named', async () => {
    await renderClusters({
      failWith: { status: 403, name: 'NotAllowedError', message: 'no' },
    });
    expect(
      await screen.findByText(/security-profiles\.cluster\.read\.$/),
    ).toBeInTheDocument();
  });
});

describe('the page of a cluster', () => {
  it.each([
    [
      'c-prod-us',
      'prod-us is in the middle of a roll-out: 1.20.2 on 6 of 9 nodes, 1.20.1 on 3.',
    ],
    ['c-staging', /^staging runs Cilium 1\.16\.19 on a line that ended 3 Feb/],
    [
      'c-prod-eu',
      'prod-eu runs Cilium 1.19.7, at least 1 patch behind on line 1.19.',
    ],
    ['c-calico-dev', 'calico-dev runs no Cilium: Calico: not judged here.'],
    ['c-dead', /^dead has not answered since .+\. Shown: facts from then\.$/],
    [
      'c-gke-dev',
      "gke-dev is listed, not collected: its login needs a person's token",
    ],
  ])('says the state of %s in one sentence', async (id, sentence) => {
    await renderClusters({ clusters, nodes }, { path: `/clusters/${id}` });
    expect((await screen.findAllByText(sentence)).length).toBeGreaterThan(0);
  });

  it('lists the nodes with what runs on them', async () => {
    await renderClusters({ clusters, nodes }, { path: '/clusters/c-prod-eu' });
    await screen.findByRole('heading', { name: 'Nodes (4)' });
    const row = (await screen.findAllByRole('row')).find(element =>
      element.textContent?.includes('node-d'),
    )!;
    expect(within(row).getByText('no agent')).toBeInTheDocument();
  });

  it('that does not exist reads like one that may not be read', async () => {
    await renderClusters({ clusters }, { path: '/clusters/c-moon' });
    expect(
      await screen.findByText('There is nothing here that you may read.'),
    ).toBeInTheDocument();
  });
});

describe('the operator of a cluster', () => {
  it('is told by version, health and what of it could be harder', async () => {
    await renderClusters(
      { clusters: [{ ...prodEuCluster, spo: weakOperator }], nodes },
      { path: '/clusters/c-prod-eu' },
    );
    const section = await screen.findByRole('region', {
      name: 'Security Profiles Operator',
    });
    expect(section).toHaveTextContent('1.0.0, from its image');
    expect(section).toHaveTextContent('unhealthy');
    expect(section).toHaveTextContent(
      'its daemon is not ready on all nodes that it is to serve',
    );
    expect(section).toHaveTextContent('3 of 4 ready');
    expect(section).toHaveTextContent(
      "1 switch weakens it · 1 could be harder · 1 can't be told · 1 is hardened",
    );
    expect(
      within(section)
        .getAllByRole('rowheader')
        .map(cell => cell.textContent),
    ).toEqual(weakOperator.hardening!.map(({ field }) => field));
    expect(section).toHaveTextContent(
      'No upper bound is set on what a profile may allow. List the system calls that profiles may allow.',
    );
  });

  it('that is not installed is no error, and has no switches', async () => {
    await renderClusters({ clusters, nodes }, { path: '/clusters/c-staging' });
    const section = await screen.findByRole('region', {
      name: 'Security Profiles Operator',
    });
    expect(section).toHaveTextContent(/isn't installed in staging\./);
    expect(within(section).queryByRole('grid')).toBeNull();
  });
});

describe('the services of a cluster', () => {
  it('are asked for by its name and owner, and are named with the owner of each', async () => {
    const server = await renderClusters(
      { clusters, nodes, scorecardRows: { entities: clusterServices } },
      { path: '/clusters/c-staging' },
    );
    const section = await screen.findByRole('region', {
      name: 'Services here, by owner',
    });
    const row = (await within(section).findAllByRole('row')).find(element =>
      element.textContent?.includes('cart'),
    );
    expect(row).toHaveTextContent('checkout');
    expect(
      server.requests.filter(path => path.startsWith('/scorecards/')),
    ).toEqual(['/scorecards/entities?cluster=staging&limit=25&sort=owner']);
  });

  it('say so where the reader may see none', async () => {
    await renderClusters({ clusters, nodes }, { path: '/clusters/c-staging' });
    expect(
      await screen.findByText('No service that you may read runs here.'),
    ).toBeInTheDocument();
  });
});

describe('the release lines', () => {
  it('place each cluster on its line, and name those on none', async () => {
    await renderClusters({ clusters });
    const picture = await screen.findByRole('img', {
      name: /^Release lines from 1\.16 to 1\.20/,
    });
    expect(picture).toHaveTextContent('ended 3 Feb ● staging 1.16.19');
    expect(picture).toHaveTextContent('ends with 1.21 (about Feb 2027)');
    expect(
      screen.getByText(/^Not on one of these lines: .*calico-dev \(Calico/),
    ).toBeInTheDocument();
  });

  it('say how old what is known is, and why a source is not used', async () => {
    await renderClusters({ clusters });
    expect(
      await screen.findByText(
        'Releases of 16 Sept, 68 days old: newer ones may exist.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        /Their configured source can.t be read: the list is empty\. Shown is what was known before\.$/,
      ),
    ).toBeInTheDocument();
  });

  it('are a table as well, with the same rows', async () => {
    await renderClusters({ clusters });
    await userEvent.click(
      await screen.findByRole('button', { name: /table/i }),
    );
    expect(
      await screen.findByText(/^1\.18\.14 \(16 Sept\)$/),
    ).toBeInTheDocument();
  });
});

describe('the dataplane of a cluster', () => {
  const staging = {
    ...stagingCluster,
    dataplane,
    viewerMay: ['plan'],
  };
  const open = () =>
    renderClusters(
      { clusters: [staging], nodes, advisories },
      { path: `/clusters/${staging.id}` },
    );

  it('names the next safe steps with what has to be done first, and links', async () => {
    await open();
    expect(
      await screen.findByText('Then upgrade 1.16.19 to 1.17.18.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Kernel of node-c first: Cilium 1.17 needs 5.4.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Release notes of 1.17.18' }),
    ).toBeInTheDocument();
  });

  it('tells of each advisory whether it applies, and the setting that decides', async () => {
    await open();
    expect(await screen.findByText('applies')).toBeInTheDocument();
    expect(screen.getByText('applies only if')).toBeInTheDocument();
    expect(screen.getByText("can't tell")).toBeInTheDocument();
    expect(screen.getByText('not affected')).toBeInTheDocument();
    expect(screen.getByText('enable-wireguard = false')).toBeInTheDocument();
  });

  it('says what is configured and not live, and that audit mode is on', async () => {
    await open();
    expect(
      await screen.findByText(
        'changed 2 h ago, 3 agents still run the old settings: node-a, node-b, node-c',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText(/^Audit mode is on/)).toBeInTheDocument();
    expect(screen.getByText('configured, not live')).toBeInTheDocument();
    expect(
      screen.getByText('node-v: a virtual node, which runs no agents'),
    ).toBeInTheDocument();
  });

  it('takes a planned date from who may plan', async () => {
    const server = await open();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Note a planned date' }),
    );
    await userEvent.type(screen.getByLabelText('Day'), '2026-12-02');
    await userEvent.type(
      screen.getByLabelText('Reason for this day'),
      'after the sale',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Plan 1.17.18 for staging' }),
    );
    expect(server.writes).toMatchObject([
      {
        path: `/clusters/${staging.id}/plan`,
        body: {
          version: '1.17.18',
          date: '2026-12-02',
          reason: 'after the sale',
        },
      },
    ]);
  });
});

import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen, within } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { createCluster } from '../fixtures/builders';
import { clusters, nodes, prodEuCluster } from '../fixtures/clusters';
import { FakeServer, type FakeServerOptions } from '../fixtures/FakeServer';
import { rootRouteRef } from '../routes';
import { ClustersPage } from './ClustersPage';
import { sortClusters } from './clusterOrder';

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

describe('the clusters', () => {
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
      'staging',
    ]);
  });

  it('of a hundred fit on one page, and more are paged by the server', async () => {
    const many = Array.from({ length: 101 }, (_, index) =>
      createCluster({ name: `cluster-${String(index).padStart(3, '0')}` }),
    );
    const server = await renderClusters({ clusters: many });
    await screen.findByRole('heading', { name: 'Clusters (101)' });
    expect(server.requests).toEqual(['/clusters?limit=100']);
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

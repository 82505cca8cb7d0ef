import { Route, Routes } from 'react-router-dom';
import { renderTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiMock,
  createTestEntityPage,
} from '@backstage/plugin-catalog-react/testUtils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  renderInTestApp as renderInLegacyTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import securityProfilesPlugin, { securityProfilesApiRef } from '.';
import { securityProfilesTranslationRef } from './alpha';
import { FakeServer } from './fixtures/FakeServer';
import { clusters } from './fixtures/clusters';
import { ledgerProfile } from './fixtures/profiles';
import { createReview } from './fixtures/reviews';
import { createSummary } from './fixtures/scorecards';
import { storefrontPosture } from './fixtures/postures';
import {
  EntitySecurityCard,
  EntitySecurityContent,
  SecurityProfilesPage,
} from './legacy';

const SENTENCE = 'storefront runs under RuntimeDefault, which is its target.';

function entityOf(kind: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name: 'storefront', namespace: 'default' },
    spec: { type: 'service' },
  };
}

function answersOf(server: FakeServer) {
  return createFrontendModule({
    pluginId: 'security-profiles',
    extensions: [
      ApiBlueprint.make({
        name: 'client',
        params: define =>
          define({
            api: securityProfilesApiRef,
            deps: {},
            factory: () => server.client(),
          }),
      }),
    ],
  });
}

beforeEach(() => {
  window.innerWidth = 1440;
});

describe('the plugin in the new frontend system', () => {
  it('adds the page with the scorecards as its first tab', async () => {
    const server = new FakeServer({ scorecard: createSummary() });
    renderTestApp({
      features: [securityProfilesPlugin, answersOf(server)],
      apis: [catalogApiMock()],
      initialRouteEntries: ['/security-profiles'],
    });
    expect(await screen.findByText(/^6 of 10 services/)).toBeInTheDocument();
  });

  it('adds the clusters', async () => {
    const server = new FakeServer({ clusters });
    renderTestApp({
      features: [securityProfilesPlugin, answersOf(server)],
      initialRouteEntries: ['/security-profiles/clusters'],
    });
    expect(
      await screen.findByRole('heading', { name: 'Clusters (6)' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'staging' })).toHaveAttribute(
      'href',
      '/security-profiles/clusters/c-staging',
    );
  });

  function renderEntityPage(kind: string) {
    const server = new FakeServer({ posture: storefrontPosture });
    renderTestApp({
      features: [securityProfilesPlugin, answersOf(server)],
      extensions: [createTestEntityPage({ entity: entityOf(kind) })],
      apis: [catalogApiMock()],
      initialRouteEntries: ['/'],
    });
    return server;
  }

  it('adds its tab and its card to every Component', async () => {
    renderEntityPage('Component');
    expect((await screen.findAllByText(SENTENCE)).length).toBeGreaterThan(0);
  });

  it('adds nothing to an API, and asks for nothing', async () => {
    const server = renderEntityPage('API');
    await screen.findByText('Security profiles');
    expect(screen.queryByText(SENTENCE)).toBeNull();
    expect(server.requests).toEqual([]);
  });

  it('adds the queue of reviews, and a page for each', async () => {
    const server = new FakeServer({ reviews: [createReview()] });
    renderTestApp({
      features: [securityProfilesPlugin, answersOf(server)],
      apis: [catalogApiMock()],
      initialRouteEntries: ['/security-profiles/reviews'],
    });
    await userEvent.click(
      await screen.findByRole('link', { name: 'payments' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'payments for production' }),
    ).toBeInTheDocument();
  });

  it('adds the list of profiles, and a page for each', async () => {
    const server = new FakeServer({ profiles: [ledgerProfile], clusters });
    renderTestApp({
      features: [securityProfilesPlugin, answersOf(server)],
      apis: [catalogApiMock()],
      initialRouteEntries: ['/security-profiles/profiles'],
    });
    await userEvent.click(
      await screen.findByRole('link', { name: 'ledger-api' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'ledger-api' }),
    ).toBeInTheDocument();
  });

  it('keeps the ids that adopters configure it by', () => {
    expect(
      (
        [
          'entity-content:security-profiles',
          'entity-card:security-profiles',
          'page:security-profiles',
          'sub-page:security-profiles/scorecards',
          'sub-page:security-profiles/clusters',
          'sub-page:security-profiles/profiles',
          'entity-content:security-profiles/scorecard',
          'sub-page:security-profiles/reviews',
          'sub-page:security-profiles/audit',
          'api:security-profiles/client',
        ] as const
      ).filter(id => !securityProfilesPlugin.getExtension(id)),
    ).toEqual([]);
  });
});

describe('the plugin in the old frontend system', () => {
  const server = () => new FakeServer({ posture: storefrontPosture, clusters });

  it('shows the same tab', async () => {
    await renderInLegacyTestApp(
      <TestApiProvider apis={[[securityProfilesApiRef, server().client()]]}>
        <EntityProvider entity={entityOf('Component')}>
          <Routes>
            <Route path="/entity" element={<EntitySecurityContent />} />
          </Routes>
        </EntityProvider>
      </TestApiProvider>,
      { routeEntries: ['/entity'] },
    );
    expect(await screen.findByText(SENTENCE)).toBeInTheDocument();
  });

  it('shows the same card', async () => {
    await renderInLegacyTestApp(
      <TestApiProvider apis={[[securityProfilesApiRef, server().client()]]}>
        <EntityProvider entity={entityOf('Component')}>
          <EntitySecurityCard />
        </EntityProvider>
      </TestApiProvider>,
    );
    expect(await screen.findByText(SENTENCE)).toBeInTheDocument();
  });

  it('shows the same clusters, below a header of its own', async () => {
    await renderInLegacyTestApp(
      <TestApiProvider apis={[[securityProfilesApiRef, server().client()]]}>
        <Routes>
          <Route
            path="/security-profiles/*"
            element={<SecurityProfilesPage />}
          />
        </Routes>
      </TestApiProvider>,
      { routeEntries: ['/security-profiles/clusters'] },
    );
    expect(
      await screen.findByRole('heading', { name: 'Clusters (6)' }),
    ).toBeInTheDocument();
    expect(await screen.findByText('Security profiles')).toBeInTheDocument();
  });
});

describe('the reviews in the old frontend system', () => {
  it('are the same, below the same header', async () => {
    const server = new FakeServer({ reviews: [createReview()] });
    await renderInLegacyTestApp(
      <TestApiProvider apis={[[securityProfilesApiRef, server.client()]]}>
        <Routes>
          <Route
            path="/security-profiles/*"
            element={<SecurityProfilesPage />}
          />
        </Routes>
      </TestApiProvider>,
      { routeEntries: ['/security-profiles/reviews/r-payments'] },
    );
    expect(
      await screen.findByRole('heading', { name: 'payments for production' }),
    ).toBeInTheDocument();
  });
});

describe('the profiles in the old frontend system', () => {
  it('are the same, below the same header', async () => {
    const server = new FakeServer({ profiles: [ledgerProfile] });
    await renderInLegacyTestApp(
      <TestApiProvider apis={[[securityProfilesApiRef, server.client()]]}>
        <Routes>
          <Route
            path="/security-profiles/*"
            element={<SecurityProfilesPage />}
          />
        </Routes>
      </TestApiProvider>,
      { routeEntries: ['/security-profiles/profiles/p-ledger?tab=bases'] },
    );
    expect(
      await screen.findByRole('region', { name: 'Where its rules come from' }),
    ).toBeInTheDocument();
  });
});

describe('the texts', () => {
  it('are one ref that apps translate by', () => {
    expect(securityProfilesTranslationRef.id).toBe('plugin.security-profiles');
  });
});

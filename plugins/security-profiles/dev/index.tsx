// Here this package is the app itself.
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend
import '@backstage/ui/css/styles.css';
import { createRoot } from 'react-dom/client';
import { Route, Routes, useParams } from 'react-router-dom';
import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import securityProfilesPlugin from '../src';
import { securityProfilesApiRef } from '../src/api/securityProfilesApi';
import { clusters, nodes } from '../src/fixtures/clusters';
import { FakeServer } from '../src/fixtures/FakeServer';
import { postures } from '../src/fixtures/postures';
import { profiles } from '../src/fixtures/profiles';
import { reviews } from '../src/fixtures/reviews';
import { EntitySecurityCard } from '../src/posture/EntitySecurityCard';
import { EntitySecurityContent } from '../src/posture/EntitySecurityContent';

// The posture follows from the address, so that every state of the tab has a link.
const server = new FakeServer({
  clusters,
  nodes,
  reviews: Object.values(reviews),
  profiles: Object.values(profiles),
});

function State() {
  const { name = 'storefront' } = useParams();
  server.options.posture = postures[name];
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'storefront', namespace: 'default' },
  };
  return (
    <EntityProvider entity={entity} key={name}>
      <main style={{ padding: 24 }}>
        <div style={{ maxWidth: 420, marginBottom: 24 }}>
          <EntitySecurityCard />
        </div>
        <EntitySecurityContent />
      </main>
    </EntityProvider>
  );
}

function States() {
  return (
    <Routes>
      <Route
        path="/"
        element={
          <main style={{ padding: 24 }}>
            {Object.keys(postures).map(name => (
              <div key={name}>
                <Link href={`/states/${name}`}>{name}</Link>
              </div>
            ))}
          </main>
        }
      />
      <Route path="/:name" element={<State />} />
    </Routes>
  );
}

const app = createApp({
  features: [
    securityProfilesPlugin,
    createFrontendModule({
      pluginId: 'security-profiles',
      extensions: [
        ApiBlueprint.make({
          name: 'client',
          params: defineParams =>
            defineParams({
              api: securityProfilesApiRef,
              deps: {},
              factory: () => server.client(),
            }),
        }),
      ],
    }),
    createFrontendPlugin({
      pluginId: 'states',
      extensions: [
        PageBlueprint.make({
          params: {
            path: '/states',
            title: 'States of the tab',
            loader: async () => <States />,
          },
        }),
      ],
    }),
  ],
});

createRoot(document.getElementById('root')!).render(app.createRoot());

import { EntityProvider } from '@backstage/plugin-catalog-react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Posture } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { FakeServer, type FakeServerOptions } from '../fixtures/FakeServer';
import {
  hugePosture,
  invoicesPosture,
  ledgerPosture,
  noAnnotationPosture,
  noClusterPosture,
  nothingMatchedPosture,
  paymentsPosture,
  stalePosture,
  storefrontPosture,
  unknownPosture,
} from '../fixtures/postures';
import { EntitySecurityContent } from './EntitySecurityContent';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'storefront', namespace: 'default' },
};

async function renderTab(
  options: FakeServerOptions,
  settings: { search?: string; width?: number } = {},
) {
  window.innerWidth = settings.width ?? 1440;
  window.dispatchEvent(new Event('resize'));
  const server = new FakeServer(options);
  const rendered = await renderInTestApp(
    <EntityProvider entity={entity}>
      <EntitySecurityContent />
    </EntityProvider>,
    {
      apis: [[securityProfilesApiRef, server.client()]],
      initialRouteEntries: [`/${settings.search ?? ''}`],
    },
  );
  return { server, rendered };
}

async function renderPosture(
  posture: Posture,
  settings?: { search?: string; width?: number },
) {
  const result = await renderTab({ posture }, settings);
  await screen.findByRole('heading', { name: 'Security summary' });
  return result;
}

function rowOf(name: RegExp): HTMLElement {
  const row = screen
    .getAllByRole('row')
    .find(element => name.test(element.textContent ?? ''));
  if (!row) {
    throw new Error(`no row matches ${name}`);
  }
  return row;
}

describe('the tab Security', () => {
  it('says in one sentence what the entity runs under', async () => {
    await renderPosture(storefrontPosture);
    expect(
      screen.getByText(
        'storefront runs under RuntimeDefault, which is its target.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('On target')).toBeInTheDocument();
  });

  it('asks the server once for everything it shows', async () => {
    const { server } = await renderPosture(paymentsPosture);
    expect(server.requests).toEqual([
      '/entities/component/default/storefront/posture',
    ]);
  });

  it('cancels its request when the reader leaves', async () => {
    const { server, rendered } = await renderTab({ answers: 'never' });
    expect(server.signals[0].aborted).toBe(false);
    rendered.unmount();
    expect(server.signals[0].aborted).toBe(true);
  });
});

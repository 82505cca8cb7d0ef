import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { securityTab } from '../browser.mjs';
import { usePortal } from '../fixture.mjs';

const portal = usePortal();

test('the tab follows a manifest that changes while the portal runs, without a reload', async () => {
  const page = await portal.open({
    person: 'wren',
    path: securityTab('invoices'),
  });
  const kernel = page.getByRole('region', {
    name: 'What it asks of the kernel',
  });
  await kernel.getByRole('rowheader', { name: /privileged/ }).waitFor();
  await page.evaluate(() => {
    window.notReloaded = 'yes';
  });

  for (const cluster of ['prod-eu', 'prod-us', 'staging']) {
    const file = join(portal.clusters, cluster, 'invoices.yaml');
    const manifest = readFileSync(file, 'utf8');
    const changed = manifest.replace(/privileged: true/g, 'privileged: false');
    assert.notEqual(changed, manifest, `${file} has a privileged container`);
    writeFileSync(file, changed);
  }

  await kernel
    .getByText(/Nothing beyond the ordinary/)
    .waitFor({ timeout: 40_000 });
  assert.equal(await page.evaluate(() => window.notReloaded), 'yes');
});

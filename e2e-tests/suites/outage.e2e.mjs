import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import '../endWithRunner.mjs';
import { launchBrowser, openPortal, securityTab } from '../browser.mjs';
import { startPortal } from '../portal.mjs';

// This portal ends in the middle of a test: it can't be the one of the other files.
let portal;
let browser;
before(async () => {
  portal = await startPortal();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await portal?.end();
});

test('an open tab stays readable when the portal is gone, and says how old its answer is', async () => {
  const page = await openPortal({
    browser,
    url: portal.url,
    person: 'tamsin',
    path: securityTab('ledger'),
  });
  await page.getByRole('region', { name: 'Containers' }).waitFor();
  await portal.end();
  await page
    .getByRole('button', { name: 'Try again' })
    .waitFor({ timeout: 45_000 });
  await page.getByText(/Couldn't refresh .* Shown: the last answer/).waitFor();
  assert.match(
    await page.getByRole('region', { name: 'Profiles' }).innerText(),
    /missing on node-c/,
  );
});

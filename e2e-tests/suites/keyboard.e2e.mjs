import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pressUntil } from '../browser.mjs';
import { usePortal } from '../fixture.mjs';

const portal = usePortal();

test('somebody without a mouse signs in, finds payments, opens a seccomp cell and comes back to it', async () => {
  const page = await portal.open();
  await page.getByRole('button', { name: 'Sign in as Tamsin' }).waitFor();
  await pressUntil(page, ({ name }) => name === 'Sign in as Tamsin');
  await page.keyboard.press('Enter');

  await page.getByRole('link', { name: 'payments', exact: true }).waitFor();
  await pressUntil(page, ({ tag, name }) => tag === 'a' && name === 'payments');
  await page.keyboard.press('Enter');

  await page.getByRole('link', { name: 'Security', exact: true }).waitFor();
  await pressUntil(page, ({ tag, name }) => tag === 'a' && name === 'Security');
  await page.keyboard.press('Enter');

  await page.getByRole('rowheader', { name: /^api/ }).waitFor();
  await pressUntil(
    page,
    ({ role, name }) => role === 'row' && name.startsWith('api'),
  );
  const cell = await pressUntil(
    page,
    ({ name }) => name.startsWith('seccomp:'),
    { key: 'ArrowRight', atMost: 8 },
  );
  assert.match(cell.name, /^seccomp: payments-api, 16 of 16 nodes/);

  await page.keyboard.press('Enter');
  const explain = page.getByRole('dialog');
  await explain.waitFor();
  assert.match(await explain.innerText(), /spec\.template\.spec\./);

  await page.keyboard.press('Escape');
  await explain.waitFor({ state: 'detached' });
  // The focus comes back in the frame after the dialog is gone.
  await page.waitForFunction(
    name => document.activeElement?.getAttribute('aria-label') === name,
    cell.name,
  );
  assert.deepEqual(page.problems, []);
});

test('an opened cell is in the address, so that it can be shared', async () => {
  const page = await portal.open({
    person: 'tamsin',
    path: '/catalog/default/component/payments/security-profiles',
  });
  await page
    .getByRole('button', { name: /^seccomp: payments-api/ })
    .first()
    .click();
  await page.getByRole('dialog').waitFor();
  assert.match(new URL(page.url()).search, /container=/);
  await page.reload();
  await page.getByRole('dialog').waitFor();
});

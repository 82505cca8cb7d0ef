import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { securityTab } from '../browser.mjs';
import { usePortal } from '../fixture.mjs';

const portal = usePortal();

test('two people approve the profile of ledger, and it goes stale within five seconds after it was widened', async () => {
  const asker = await portal.open({
    person: 'tamsin',
    path: securityTab('ledger'),
  });
  await asker.getByText('Below target').first().waitFor();
  await asker
    .getByRole('button', { name: /Ask for approval.*production/i })
    .first()
    .click();
  const dialog = asker.getByRole('dialog');
  await dialog.getByLabel(/Reason/).fill('In use since 19 November.');
  await dialog.getByRole('button', { name: /^Ask/ }).click();
  await dialog.waitFor({ state: 'hidden' });

  const voter = await portal.open({
    person: 'orrin',
    path: '/security-profiles/reviews?filter=needs-me',
  });
  await voter
    .getByRole('link', { name: /ledger-api/ })
    .first()
    .click();
  await voter.getByRole('radio', { name: 'Approve' }).focus();
  await voter.keyboard.press('Space');
  const approve = voter.getByRole('button', {
    name: /^Approve [0-9a-f]{8} for production/,
  });
  await approve.click();
  await voter
    .getByText(/approved for production until/i)
    .first()
    .waitFor();

  await asker.getByText('On target').first().waitFor({ timeout: 10_000 });

  const file = join(portal.clusters, 'prod-us', 'profiles.yaml');
  const manifests = readFileSync(file, 'utf8');
  const documents = manifests.split(/^---$/m);
  const widened = documents.map(document =>
    /name: ledger-api\b/.test(document)
      ? document.replace(/^(\s+names: \[)/m, '$1ptrace, ')
      : document,
  );
  assert.notDeepEqual(widened, documents, 'the profile was found and widened');
  const changedAt = Date.now();
  writeFileSync(file, widened.join('---'));
  await asker
    .getByRole('region', { name: 'Approvals' })
    .getByText(/stale/i)
    .first()
    .waitFor({ timeout: 15_000 });
  const seconds = (Date.now() - changedAt) / 1000;
  assert.ok(seconds <= 5, `seen stale after ${seconds} s`);
  await asker.getByText('Below target').first().waitFor();
});

test('who asked for a review is told why they can not vote on it', async () => {
  const page = await portal.open({
    person: 'tamsin',
    path: '/security-profiles/reviews?filter=asked-by-me',
  });
  await page
    .getByRole('link', { name: /payments-api/ })
    .first()
    .click();
  await page
    .getByRole('heading', { name: /payments-api/ })
    .first()
    .waitFor();
  assert.equal(await page.getByRole('radio', { name: 'Approve' }).count(), 0);
});

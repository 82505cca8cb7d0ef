import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  focused,
  narrow,
  pressUntil,
  profileList,
  securityTab,
  sidewaysScroll,
} from '../browser.mjs';
import { usePortal } from '../fixture.mjs';

const portal = usePortal();

test('somebody without a mouse goes from the list to a profile, and from part to part of its page', async () => {
  const page = await portal.open({ person: 'perrin', path: profileList });
  await page
    .getByRole('link', { name: 'ledger-api', exact: true })
    .first()
    .waitFor();
  await pressUntil(page, ({ role }) => role === 'row' || role === 'rowheader');
  await pressUntil(
    page,
    ({ role, name }) => role === 'row' && name.startsWith('ledger-api'),
    { key: 'ArrowDown' },
  );
  await page.keyboard.press('Enter');

  const heading = page.getByRole('heading', { name: 'ledger-api', level: 2 });
  await heading.waitFor();
  await page.waitForFunction(
    () => document.activeElement?.textContent === 'ledger-api',
  );
  await pressUntil(page, ({ role }) => role === 'tab');
  await pressUntil(
    page,
    ({ role, name }) => role === 'tab' && name.startsWith('Nodes'),
    { key: 'ArrowRight', atMost: 6 },
  );
  await page.keyboard.press('Enter');
  await page.getByRole('figure', { name: /^Nodes of/ }).waitFor();
  assert.match(new URL(page.url()).search, /tab=nodes/);
  await page.reload();
  await page.getByRole('figure', { name: /^Nodes of/ }).waitFor();
  assert.deepEqual(page.problems, []);
});

test('a cell of a service leads to its profile, and the profile back to the service', async () => {
  const page = await portal.open({
    person: 'tamsin',
    path: securityTab('ledger'),
  });
  await page
    .getByRole('button', { name: /^seccomp: ledger-api/ })
    .first()
    .click();
  await page
    .getByRole('dialog')
    .getByRole('link', { name: /^Open profile ledger-api/ })
    .first()
    .click();
  await page.getByRole('heading', { name: 'ledger-api', level: 2 }).waitFor();
  await page.getByRole('tab', { name: /^Used by/ }).click();
  await page.getByRole('link', { name: 'ledger', exact: true }).click();
  await page.waitForURL(/\/catalog\/default\/component\/ledger/);
});

test('what changed between two revisions is in the address, and stands in words', async () => {
  const page = await portal.open({ person: 'perrin', path: profileList });
  await page.getByRole('link', { name: 'payments-api' }).first().click();
  await page.getByRole('tab', { name: 'Revisions' }).click();
  const button = page
    .getByRole('button', { name: /^Compare with the one before/ })
    .last();
  await button.click();
  await page.getByText(/^[0-9a-f]{8} compared with [0-9a-f]{8}$/).waitFor();
  const { search } = new URL(page.url());
  assert.match(search, /from=.+&to=.+/);
  await page.reload();
  await page.getByText(/^[0-9a-f]{8} compared with [0-9a-f]{8}$/).waitFor();
  assert.equal(new URL(page.url()).search, search);
});

test('filters of the list are in the address, and Back takes the last one away', async () => {
  const page = await portal.open({
    person: 'perrin',
    path: `${profileList}?kind=SeccompProfile&mode=moon`,
  });
  await page.getByText('Ignored filter: moon').waitFor();
  await page.getByRole('columnheader', { name: /^Users/ }).click();
  await page.waitForURL(/sort=users/);
  await page.goBack();
  await page.waitForURL(url => !url.search.includes('sort='));
});

test('the parts of a profile are chosen from a list at 400 pixels', async () => {
  const page = await portal.open({
    person: 'perrin',
    path: profileList,
    viewport: narrow,
  });
  await page.getByRole('link', { name: 'ledger-api' }).first().click();
  await page.getByRole('button', { name: /Parts of this profile/ }).click();
  await page.getByRole('option', { name: /^Nodes/ }).click();
  await page.getByRole('figure', { name: /^Nodes of/ }).waitFor();
  assert.equal(await sidewaysScroll(page), 0);
  assert.notEqual((await focused(page)).tag, 'body');
});

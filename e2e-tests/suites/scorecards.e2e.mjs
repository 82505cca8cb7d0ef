import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import {
  focused,
  narrow,
  pressUntil,
  securityTab,
  sidewaysScroll,
} from '../browser.mjs';
import { usePortal } from '../fixture.mjs';

const portal = usePortal();
const front = '/security-profiles/scorecards';
const groupTab = '/catalog/default/group/checkout/security-profiles';
// In milliseconds. A second is the aim on a machine that does nothing else; here tests and the portal share two cores.
const limitOfTab = 10_000;

const headline = page =>
  page.getByText(/of \d+ services are on target/).first();
const filledRow = page => page.getByRole('gridcell').first();

const tables = [
  ...['groups', 'entities', 'findings', 'classes'].map(view => ({
    name: `the table ${view}`,
    path: `${front}?view=${view}`,
  })),
  { name: 'the tab of a group', path: groupTab },
  {
    name: 'the tab of a system',
    path: '/catalog/default/system/shop/security-profiles',
  },
];

for (const theme of ['light', 'dark']) {
  for (const { name, path } of tables) {
    test(`axe finds nothing in ${name}, ${theme}`, async () => {
      const page = await portal.open({ person: 'ondine', path, theme });
      await headline(page).waitFor();
      await filledRow(page).waitFor();
      const { violations } = await new AxeBuilder({ page })
        .include('main')
        .analyze();
      assert.deepEqual(
        violations.map(
          ({ id, nodes }) => `${id} at ${nodes[0].target.join(' ')}`,
        ),
        [],
      );
      assert.deepEqual(page.problems, []);
    });
  }
}

for (const { name, path } of tables) {
  test(`${name} does not scroll sideways at 400 pixels`, async () => {
    const page = await portal.open({
      person: 'ondine',
      path,
      viewport: narrow,
    });
    await headline(page).waitFor();
    await page.getByRole('listitem').first().waitFor();
    assert.equal(await sidewaysScroll(page), 0);
  });
}

test('somebody without a mouse opens a group, goes on to its services and to one of them, and comes back', async () => {
  const page = await portal.open({ person: 'ondine', path: front });
  const open = page.getByRole('button', { name: 'Open engineering' });
  await open.waitFor();
  await page.getByRole('radio', { name: 'Groups' }).focus();
  await pressUntil(
    page,
    ({ role, name }) => role === 'row' && name.includes('Engineering'),
  );
  await pressUntil(page, ({ name }) => name === 'Open engineering', {
    key: 'ArrowRight',
    atMost: 4,
  });
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: /^Checkout/ }).waitFor();
  assert.equal((await focused(page)).name, 'Close engineering');

  await pressUntil(page, ({ tag, name }) => tag === 'a' && name === '3', {
    key: 'ArrowRight',
    atMost: 10,
  });
  await page.keyboard.press('Enter');
  const invoices = page.getByRole('link', { name: 'invoices', exact: true });
  await invoices.waitFor();
  const list = page.url();
  assert.match(list, /owner=group(:|%3A)default(\/|%2F)engineering/);
  assert.match(list, /target=no/);

  await page.getByRole('radio', { name: 'Entities' }).focus();
  await pressUntil(
    page,
    ({ role, name }) => role === 'row' && name.includes('invoices'),
  );
  await pressUntil(
    page,
    ({ tag, name }) => tag === 'a' && name === 'invoices',
    {
      key: 'ArrowRight',
      atMost: 4,
    },
  );
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Containers' }).waitFor();
  assert.equal(new URL(page.url()).pathname, securityTab('invoices'));

  await page.goBack();
  await invoices.waitFor();
  assert.equal(page.url(), list);
  assert.deepEqual(page.problems, []);
});

test('a filter is in the address: it survives a reload, and Back takes it away', async () => {
  const page = await portal.open({
    person: 'ondine',
    path: `${front}?view=entities`,
  });
  await page.getByRole('link', { name: 'payments', exact: true }).waitFor();
  await page.getByRole('link', { name: '1 Exposed' }).click();
  await page
    .getByRole('link', { name: 'payments', exact: true })
    .waitFor({ state: 'detached' });
  assert.match(page.url(), /level=exposed/);

  await page.reload();
  await page.getByRole('link', { name: 'invoices', exact: true }).waitFor();
  assert.equal(
    await page.getByRole('link', { name: 'payments', exact: true }).count(),
    0,
  );

  await page.goBack();
  await page.getByRole('link', { name: 'payments', exact: true }).waitFor();
  assert.doesNotMatch(page.url(), /level=/);
});

test('the numbers of the bar agree with the rows behind them', async () => {
  const page = await portal.open({ person: 'ondine', path: front });
  await headline(page).waitFor();
  const link = page.getByRole('link', { name: /^\d+ Baseline$/ });
  const count = Number.parseInt(await link.innerText(), 10);
  await link.click();
  await page.getByRole('radio', { name: 'Entities', checked: true }).waitFor();
  await filledRow(page).waitFor();
  assert.equal(await page.getByRole('rowheader').count(), count);
});

test('the export holds the rows of the table that is shown', async () => {
  const page = await portal.open({
    person: 'ondine',
    path: `${front}?view=entities&level=exposed`,
  });
  await page.getByRole('link', { name: 'invoices', exact: true }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'security-profiles-entities.csv');
  const chunks = [];
  for await (const chunk of await download.createReadStream()) {
    chunks.push(chunk);
  }
  const lines = Buffer.concat(chunks).toString('utf8').trim().split(/\r?\n/);
  assert.equal(lines.length, 2);
  assert.match(lines[1], /component:default\/invoices/);
});

test('somebody who may read a part sees that part, and is told so', async () => {
  const page = await portal.open({ person: 'wren', path: front });
  await page
    .getByText(/You see the 2 entities that you may read; others may exist\./)
    .waitFor();
  await filledRow(page).waitFor();
  for (const view of ['entities', 'findings', 'classes']) {
    await page.goto(`${front}?view=${view}`);
    await headline(page).waitFor();
    await filledRow(page).waitFor();
  }
  const answers = (await Promise.all(page.answers)).filter(({ path }) =>
    path.startsWith('/api/security-profiles/scorecards/'),
  );
  assert.ok(answers.length >= 5, `${answers.length} answers`);
  for (const { path, body } of answers) {
    for (const name of ['checkout', 'payments', 'ledger', 'storefront']) {
      assert.ok(!body.includes(name), `${name} in ${path}`);
    }
  }
});

test('the tab of a service can be used soon after somebody goes there', async t => {
  const page = await portal.open({
    person: 'tamsin',
    path: '/catalog/default/component/payments',
  });
  const tab = page.getByRole('link', { name: 'Security', exact: true });
  await tab.waitFor();
  await page.getByRole('link', { name: 'Open Security' }).waitFor();
  const begin = performance.now();
  await tab.click();
  await page.getByRole('region', { name: 'Containers' }).waitFor();
  await page
    .getByRole('button', { name: /^seccomp:/ })
    .first()
    .click({ trial: true });
  const milliseconds = Math.round(performance.now() - begin);
  t.diagnostic(`The tab can be used after ${milliseconds} ms`);
  assert.ok(milliseconds <= limitOfTab, `${milliseconds} ms`);
});

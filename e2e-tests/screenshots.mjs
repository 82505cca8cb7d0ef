// Takes the pictures of the docs from the demo: node e2e-tests/screenshots.mjs [part of a picture's name]…
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../tools/toolchain/checkout.mjs';
import {
  clusterList,
  launchBrowser,
  narrow,
  openPortal,
  profileList,
  securityTab,
  wide,
} from './browser.mjs';
import { startPortal } from './portal.mjs';

const folder = join(checkout, 'docs', 'images');
const limit = 700 * 1024;
// How old the facts are in the pictures, in milliseconds.
const age = 20_000;
const scorecards = '/security-profiles/scorecards';
const containers = page => page.getByRole('region', { name: 'Containers' });
const ledgerProfile = page =>
  page.getByRole('link', { name: 'ledger-api', exact: true }).first();
const clusters = page =>
  page.getByRole('heading', { name: 'Release lines of Cilium' });

const pictures = [
  {
    name: 'sign-in',
    path: '/',
    there: page => page.getByRole('button', { name: 'Sign in as Tamsin' }),
  },
  ...['light', 'dark'].map(theme => ({
    name: theme === 'dark' ? 'payments-dark' : 'payments',
    person: 'tamsin',
    path: securityTab('payments'),
    there: containers,
    theme,
  })),
  {
    name: 'payments-400',
    person: 'tamsin',
    path: securityTab('payments'),
    there: containers,
    viewport: narrow,
  },
  {
    name: 'storefront',
    person: 'tamsin',
    path: securityTab('storefront'),
    there: containers,
  },
  {
    name: 'invoices',
    person: 'wren',
    path: securityTab('invoices'),
    there: containers,
  },
  {
    name: 'ledger',
    person: 'tamsin',
    path: securityTab('ledger'),
    there: containers,
  },
  {
    name: 'cart',
    person: 'tamsin',
    path: securityTab('cart'),
    there: containers,
  },
  {
    name: 'reviews',
    person: 'ondine',
    path: '/security-profiles/reviews',
    there: page => page.getByRole('link', { name: /payments-api/ }).first(),
  },
  ...[wide, narrow].map(viewport => ({
    name: viewport === wide ? 'review' : 'review-400',
    person: 'orrin',
    path: '/security-profiles/reviews',
    prepare: askForLedger,
    reach: page => page.getByRole('link', { name: /ledger-api/ }).first(),
    there: page => page.getByRole('radio', { name: 'Approve' }),
    viewport,
  })),
  {
    name: 'profiles',
    person: 'perrin',
    path: profileList,
    there: ledgerProfile,
  },
  ...[
    { name: 'profile' },
    { name: 'profile-dark', theme: 'dark' },
    { name: 'profile-400', viewport: narrow },
  ].map(picture => ({
    person: 'perrin',
    path: `${profileList}?q=ledger-api&sort=-beyond`,
    reach: ledgerProfile,
    there: page => page.getByRole('region', { name: /^Within/ }),
    ...picture,
  })),
  {
    name: 'profile-change',
    person: 'perrin',
    path: `${profileList}?q=ledger-api&sort=-cluster`,
    reach: ledgerProfile,
    tab: 'revisions',
    there: page => page.getByText(/compared with/),
  },
  ...['light', 'dark'].map(theme => ({
    name: theme === 'dark' ? 'scorecards-dark' : 'scorecards',
    person: 'ondine',
    path: scorecards,
    reach: page => page.getByRole('button', { name: 'Open engineering' }),
    there: page => page.getByRole('link', { name: 'Assist', exact: true }),
    theme,
  })),
  {
    name: 'scorecards-400',
    person: 'ondine',
    path: scorecards,
    there: page => page.getByRole('link', { name: 'Engineering', exact: true }),
    viewport: narrow,
  },
  {
    name: 'group-tab',
    person: 'ondine',
    path: '/catalog/default/group/checkout/security-profiles',
    there: page => page.getByRole('rowheader', { name: /payments/ }),
  },
  { name: 'clusters', person: 'perrin', path: clusterList, there: clusters },
  {
    name: 'clusters-400',
    person: 'perrin',
    path: clusterList,
    there: clusters,
    viewport: narrow,
  },
  {
    name: 'cluster',
    person: 'perrin',
    path: `${clusterList}/prod-us`,
    there: page => page.getByRole('rowheader', { name: 'node-i' }),
  },
];

/** Tamsin asks for the approval of ledger-api, unless she has already. */
async function askForLedger({ browser, url }) {
  const page = await openPortal({
    browser,
    url,
    person: 'tamsin',
    path: securityTab('ledger'),
  });
  await containers(page).waitFor();
  const ask = page.getByRole('button', {
    name: /Ask for approval.*production/i,
  });
  if (await ask.count()) {
    await ask.first().click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByLabel(/Reason/)
      .fill('Files are now written and checked by the service itself.');
    await dialog.getByRole('button', { name: /^Ask/ }).click();
    await dialog.waitFor({ state: 'hidden' });
  }
  await page.context().close();
}

/** Stops the clock of the portal in what it answers: the same age in every picture, however long it has run. */
async function stopClock(page) {
  await page.route('**/api/security-profiles/**', async route => {
    const response = await route.fetch();
    const body = await response.text();
    const [oldest] = [...body.matchAll(/"since":\s*"([^"]+)"/g)]
      .map(([, since]) => since)
      .sort();
    await route.fulfill({
      response,
      body: oldest
        ? body.replace(
            /("servedAt":\s*)"[^"]*"/g,
            `$1"${new Date(Date.parse(oldest) + age).toISOString()}"`,
          )
        : body,
    });
  });
}

async function take({ browser, url, picture }) {
  const { name, prepare, reach, there, viewport = wide } = picture;
  await prepare?.({ browser, url });
  const page = await openPortal({
    browser,
    url,
    ...picture,
    path: '/',
  });
  await stopClock(page);
  await page.goto(picture.path);
  await reach?.(page).click();
  if (picture.tab) {
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await page.goto(`${page.url()}?tab=${picture.tab}`);
  }
  await there(page).first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  // The window is made as high as the page: in a picture of more than the window, bars that stick would lie over it.
  const height = await page.evaluate(() => document.body.scrollHeight);
  if (viewport !== narrow) {
    await page.setViewportSize({
      width: viewport.width,
      height: Math.max(height, viewport.height),
    });
  }
  await page.mouse.move(0, 0);
  const file = join(folder, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  await page.context().close();
  const { size } = statSync(file);
  console.log(`${name}.png ${Math.round(size / 1024)} kB`);
  if (size > limit) {
    throw new Error(`${file} is larger than ${limit / 1024} kB.`);
  }
}

async function main() {
  const filters = process.argv.slice(2);
  const chosen = pictures.filter(
    ({ name }) =>
      !filters.length || filters.some(filter => name.includes(filter)),
  );
  mkdirSync(folder, { recursive: true });
  const browser = await launchBrowser();
  const portal = await startPortal();
  for (const picture of chosen) {
    await take({ browser, url: portal.url, picture });
  }
  await browser.close();
  await portal.end();
}

main().then(
  () => process.exit(0),
  error => {
    console.error(error.message);
    process.exit(1);
  },
);

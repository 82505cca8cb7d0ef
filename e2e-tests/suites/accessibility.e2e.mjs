import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import {
  clusterList,
  narrow,
  overview,
  profileList,
  securityTab,
  sidewaysScroll,
} from '../browser.mjs';
import { usePortal } from '../fixture.mjs';

const portal = usePortal();

// What axe finds in Backstage's own frame around our pages. Rules stay on: anything else fails.
const knownOfTheShell = [
  'region', // the hidden text of the plugin header stands outside the landmarks
  'aria-valid-attr-value', // the tabs of the plugin header name panels that they do not draw
];

const reviewList = '/security-profiles/reviews';
const ledgerProfile = page => page.getByRole('link', { name: 'ledger-api' });

const pages = [
  {
    name: 'the tab Security',
    person: 'tamsin',
    path: securityTab('ledger'),
    there: page => page.getByRole('region', { name: 'Containers' }),
  },
  {
    name: 'the tab of an exposed service',
    person: 'wren',
    path: securityTab('invoices'),
    there: page => page.getByRole('region', { name: 'Containers' }),
  },
  {
    name: 'the list of clusters',
    person: 'perrin',
    path: clusterList,
    there: page => page.getByRole('link', { name: 'prod-us' }),
  },
  {
    name: 'the page of a cluster',
    person: 'perrin',
    path: `${clusterList}/prod-us`,
    there: page => page.getByRole('region', { name: /^Nodes/ }),
  },
  {
    name: 'the list of profiles',
    person: 'perrin',
    path: profileList,
    there: ledgerProfile,
  },
  {
    name: 'the page of a profile',
    person: 'perrin',
    path: profileList,
    click: ledgerProfile,
    there: page => page.getByRole('heading', { level: 3 }),
  },
  ...[
    ['revisions', page => page.getByText(/compared with|^Only one revision/)],
    ['nodes', page => page.getByRole('figure', { name: /^Nodes of/ })],
    ['users', page => page.getByRole('link', { name: 'ledger' })],
    ['yaml', page => page.getByRole('button', { name: /^Copy YAML/ })],
  ].map(([tab, there]) => ({
    name: `the ${tab} of a profile`,
    person: 'perrin',
    path: profileList,
    click: ledgerProfile,
    tab,
    there,
  })),
  {
    name: 'the list of reviews',
    person: 'ondine',
    path: reviewList,
    there: page => page.getByRole('link', { name: /payments-api/ }),
  },
  {
    name: 'the page of a review',
    person: 'ondine',
    path: reviewList,
    click: page => page.getByRole('link', { name: /payments-api/ }),
    there: page => page.getByRole('heading', { name: /^Votes/ }),
  },
];

/** Opens one of the pages, and waits for what it shows last. */
async function show({ person, path, click, tab, there }, options) {
  const page = await portal.open({ person, path, ...options });
  if (click) {
    await click(page).first().click();
  }
  if (tab) {
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await page.goto(`${page.url()}?tab=${tab}`);
  }
  await there(page).first().waitFor();
  return page;
}

/** The violations in words: rule, how many places, the first of them. */
function inWords({ violations }) {
  return violations.map(
    ({ id, help, nodes }) =>
      `${id} (${help}) at ${nodes.length}: ${nodes
        .slice(0, 3)
        .map(({ target, failureSummary }) =>
          `${target.join(' ')} ${failureSummary}`.replace(/\s+/g, ' '),
        )
        .join(' | ')}`,
  );
}

for (const theme of ['light', 'dark']) {
  for (const shown of pages) {
    test(`axe finds nothing in ${shown.name}, ${theme}`, async () => {
      const page = await show(shown, { theme });
      assert.deepEqual(
        inWords(await new AxeBuilder({ page }).include('main').analyze()),
        [],
      );
      const around = await new AxeBuilder({ page }).exclude('main').analyze();
      assert.deepEqual(
        inWords({
          violations: around.violations.filter(
            ({ id }) => !knownOfTheShell.includes(id),
          ),
        }),
        [],
      );
    });
  }
}

test('axe finds nothing in the sign-in page', async () => {
  const page = await portal.open();
  await page.getByRole('button', { name: 'Sign in as Tamsin' }).waitFor();
  assert.deepEqual(inWords(await new AxeBuilder({ page }).analyze()), []);
});

test('axe finds nothing in an opened cell', async () => {
  const page = await portal.open({
    person: 'tamsin',
    path: securityTab('ledger'),
  });
  await page
    .getByRole('button', { name: /^seccomp:/ })
    .first()
    .click();
  await page.getByRole('dialog').waitFor();
  assert.deepEqual(
    inWords(
      await new AxeBuilder({ page }).include('[role="dialog"]').analyze(),
    ),
    [],
  );
});

for (const shown of [
  ...pages,
  {
    name: 'the overview of a service',
    person: 'tamsin',
    path: overview('payments'),
    there: page => page.getByRole('link', { name: 'Open Security' }),
  },
]) {
  test(`${shown.name} does not scroll sideways at 400 pixels`, async () => {
    const page = await show(shown, { viewport: narrow });
    assert.equal(await sidewaysScroll(page), 0);
  });
}

test('the first step of invoices can be taken at 400 pixels', async () => {
  const page = await portal.open({
    person: 'wren',
    path: securityTab('invoices'),
    viewport: narrow,
  });
  const steps = page.getByRole('region', { name: 'Next steps' });
  const action = steps.getByRole('button', { name: /Copy patch/ }).first();
  await action.waitFor();
  await action.scrollIntoViewIfNeeded();
  const box = await action.boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= narrow.width, 'inside the page');
  assert.ok(box.height >= 44, `${box.height} px high`);
  // A trial click fails when something lies over the button.
  await action.click({ trial: true });
  await steps.getByRole('button', { name: /more steps?$/ }).click();
  assert.ok((await steps.getByRole('listitem').count()) > 1);
});

test('a cell opens as a dialog at 400 pixels', async () => {
  const page = await portal.open({
    person: 'tamsin',
    path: securityTab('ledger'),
    viewport: narrow,
  });
  await page
    .getByRole('button', { name: /^seccomp:/ })
    .first()
    .click();
  const box = await page.getByRole('dialog').boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= narrow.width);
  assert.equal(await sidewaysScroll(page), 0);
});

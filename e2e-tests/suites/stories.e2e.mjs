import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clusterList, overview, securityTab } from '../browser.mjs';
import { usePortal } from '../fixture.mjs';

const portal = usePortal();

/** The tab of a service: its summary, next steps and containers, once they are there. */
async function openTab(person, name) {
  const page = await portal.open({ person, path: securityTab(name) });
  const section = title => page.getByRole('region', { name: title });
  await section('Containers').getByRole('row').nth(1).waitFor();
  return {
    page,
    summary: await section('Security summary').innerText(),
    steps: await section('Next steps').getByRole('listitem').allInnerTexts(),
    kernel: await section('What it asks of the kernel').innerText(),
    cell: (container, mechanism) =>
      section('Containers')
        .getByRole('row', { name: new RegExp(`^${container}\\b`) })
        .getByRole('button', { name: new RegExp(`^${mechanism}:`) })
        .first(),
  };
}

test('payments is on target, profiled on every node, and only the clusters below it need something', async () => {
  const { page, summary, steps, kernel, cell } = await openTab(
    'tamsin',
    'payments',
  );
  assert.match(summary, /On target/);
  assert.match(summary, /Profiled/);
  assert.match(summary, /payments runs under its own profile/);
  for (const container of ['api', 'migrate', 'otel']) {
    assert.match(
      await cell(container, 'seccomp').getAttribute('aria-label'),
      /payments-api, 16 of 16 nodes/,
    );
  }
  assert.match(kernel, /Nothing beyond the ordinary/);
  assert.ok(steps.length > 0);
  for (const step of steps) {
    assert.match(step, /Cilium/);
  }
  assert.deepEqual(page.problems, []);
});

test('storefront is on target under RuntimeDefault, with no profile of its own', async () => {
  const { page, summary, cell } = await openTab('tamsin', 'storefront');
  assert.match(summary, /On target/);
  assert.match(summary, /Baseline/);
  assert.match(summary, /storefront runs under RuntimeDefault/);
  assert.match(
    await cell('web', 'seccomp').getAttribute('aria-label'),
    /RuntimeDefault/,
  );
  assert.match(
    await page.getByRole('region', { name: 'Profiles' }).innerText(),
    /No container names a profile/,
  );
});

test('invoices is exposed, says which container is why, and gives the patch for it', async () => {
  const { page, summary, steps, kernel, cell } = await openTab(
    'wren',
    'invoices',
  );
  assert.match(summary, /Below target/);
  assert.match(summary, /Exposed/);
  assert.match(summary, /invoices is exposed/);
  assert.match(
    await cell('api', 'seccomp').getAttribute('aria-label'),
    /unset/,
  );
  assert.match(kernel, /privileged/);
  assert.match(steps[0], /critical/);
  assert.match(steps[0], /invoices/);
  await page
    .getByRole('button', { name: /Copy patch/ })
    .first()
    .waitFor();
});

test('ledger says that its profile is missing on node-c of prod-eu', async () => {
  const { page, summary, steps, cell } = await openTab('tamsin', 'ledger');
  assert.match(summary, /ledger/);
  assert.match(steps.join('\n'), /ledger-api/);
  assert.match(
    await page.getByRole('region', { name: 'Profiles' }).innerText(),
    /missing on node-c/,
  );
  await cell('api', 'seccomp').click();
  assert.match(await page.getByRole('dialog').innerText(), /node-c/);
});

test('no invented secret of the demo reaches the browser', async () => {
  const { page } = await openTab('perrin', 'invoices');
  const answers = await Promise.all(page.answers);
  assert.ok(answers.some(({ path }) => path.endsWith('/posture')));
  for (const { path, body } of answers) {
    assert.ok(!body.includes('demo-never-shown'), path);
  }
});

// Whatever day it is on this machine: an age of minutes can only come from the portal, which lives on the demo's.
test('the ages of facts are counted to the clock of the portal, not to that of the browser', async () => {
  const { summary } = await openTab('tamsin', 'payments');
  assert.match(summary, /Facts \d+ (s|min) old/);
});

test('the card on the overview of payments says the same sentence and leads to the tab', async () => {
  const { page, summary } = await openTab('tamsin', 'payments');
  const sentence = /payments runs .*\./.exec(summary)[0];
  await page.goto(overview('payments'));
  await page.getByText(sentence).waitFor();
  await page.getByRole('link', { name: 'Open Security' }).click();
  await page.waitForURL(`**${securityTab('payments')}`);
});

test('the list of clusters tells an ended line, a roll-out and a missing patch', async () => {
  const page = await portal.open({ person: 'perrin', path: clusterList });
  await page.getByRole('rowheader', { name: 'staging' }).waitFor();
  const row = name => page.getByRole('row', { name }).innerText();
  const rows = await page.getByRole('rowheader').allInnerTexts();
  // The environment and the owner stand under the name.
  assert.equal(
    rows[0].trim().split('\n')[0],
    'staging',
    'the ended line stands first',
  );
  assert.match(await row('staging'), /1\.16\.19[\s\S]*ended 3 Feb/);
  assert.match(
    await row('prod-us'),
    /1\.20\.1 on 3 of 9 nodes, 1\.20\.2 on 6[\s\S]*roll-out/,
  );
  assert.match(await row('prod-eu'), /1\.19\.7[\s\S]*1 patch behind/);
  assert.match(
    await page.locator('main').innerText(),
    /1 on an ended line · 1 in roll-out/,
  );
});

test('the page of a cluster says where its roll-out stands and lists its nodes and sources', async () => {
  const page = await portal.open({ person: 'perrin', path: clusterList });
  await page.getByRole('link', { name: 'prod-us', exact: true }).click();
  await page
    .getByText(
      'prod-us is in the middle of a roll-out: 1.20.1 on 3 of 9 nodes, 1.20.2 on 6.',
    )
    .waitFor();
  const nodes = page.getByRole('region', { name: 'Nodes (9)' });
  await nodes.getByRole('rowheader', { name: 'node-i' }).waitFor();
  assert.equal(await nodes.getByRole('rowheader').count(), 9);
  assert.match(
    await nodes.getByRole('row', { name: 'node-i' }).innerText(),
    /1\.20\.1/,
  );
  const sources = page.getByRole('region', { name: 'Facts and sources' });
  for (const resource of ['pods', 'nodes', 'daemonsets.apps']) {
    await sources
      .getByRole('rowheader', { name: resource, exact: true })
      .waitFor();
  }
  assert.deepEqual(page.problems, []);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overview, securityTab } from '../browser.mjs';
import { usePortal } from '../fixture.mjs';

const portal = usePortal();
const refused =
  "You can't see the security posture of this entity. It needs the permission security-profiles.posture.read.";
const facts = [
  'payments-api',
  'RuntimeDefault',
  '1.19.7',
  'node-a',
  'Profiled',
];
const posture = '**/api/security-profiles/entities/**/posture*';

for (const [place, path] of [
  ['tab', securityTab('payments')],
  ['card', overview('payments')],
]) {
  test(`the ${place} tells somebody of another group what is missing, and nothing of what payments runs under`, async () => {
    const page = await portal.open({ person: 'wren', path });
    await page.getByText(refused).waitFor();
    const text = await page.locator('main').innerText();
    const answers = (await Promise.all(page.answers)).filter(answer =>
      answer.path.startsWith('/api/security-profiles/'),
    );
    assert.ok(
      answers.some(
        answer => answer.path.endsWith('/posture') && answer.status === 403,
      ),
    );
    for (const fact of facts) {
      assert.ok(!text.includes(fact), `${fact} in the page`);
      for (const answer of answers) {
        assert.ok(!answer.body.includes(fact), `${fact} in ${answer.path}`);
      }
    }
  });
}

test('an entity that no workload matches says what was looked for, and is not judged', async () => {
  const page = await portal.open({
    person: 'tamsin',
    path: securityTab('lonely'),
  });
  await page.getByText('No workload in 3 clusters matches.').waitFor();
  const text = await page.locator('main').innerText();
  assert.match(
    text,
    /Looked for pods with label backstage\.io\/kubernetes-id=lonely in all namespaces/,
  );
  assert.match(text, /Unknown/);
  assert.doesNotMatch(text, /On target|Score \d/);
});

test('an entity that does not exist is not found', async () => {
  const page = await portal.open({
    person: 'tamsin',
    path: securityTab('nobody'),
  });
  await page.getByText('Entity not found').first().waitFor();
});

test('a cluster that does not exist reads like one that nobody may read', async () => {
  const page = await portal.open({
    person: 'tamsin',
    path: '/security-profiles/clusters/nowhere',
  });
  await page.getByText('There is nothing here that you may read.').waitFor();
});

test('a tab whose first answer fails says so, and loads with Try again', async () => {
  const page = await portal.open({ person: 'tamsin' });
  await page.getByRole('heading', { name: 'Shop Catalog' }).waitFor();
  await page.context().route(posture, route => route.abort());
  await page.goto(securityTab('payments'));
  await page
    .getByRole('alert')
    .getByText(/Couldn't load/)
    .waitFor();
  await page.context().unroute(posture);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('region', { name: 'Containers' }).waitFor();
});

test('a tab keeps what it showed when a later answer fails, says so, and catches up with Try again', async () => {
  const page = await portal.open({
    person: 'tamsin',
    path: securityTab('payments'),
  });
  await page.getByRole('region', { name: 'Containers' }).waitFor();
  await page.context().route(posture, route =>
    route.fulfill({
      status: 500,
      json: { error: { name: 'Error', message: 'broken' } },
    }),
  );
  const retry = page.getByRole('button', { name: 'Try again' });
  // The tab asks again every 30 seconds.
  await retry.waitFor({ timeout: 40_000 });
  assert.match(
    await page.getByRole('region', { name: 'Security summary' }).innerText(),
    /payments runs under its own profile/,
  );
  await page.context().unroute(posture);
  await retry.click();
  await retry.waitFor({ state: 'detached' });
});

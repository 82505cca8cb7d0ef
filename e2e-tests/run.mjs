// Starts the portal on free ports, looks at it with a browser, ends it again: node e2e-tests/run.mjs [part of a file's name]…
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from './browser.mjs';
import { copyDemo, startPortal } from './portal.mjs';

const suites = join(dirname(fileURLToPath(import.meta.url)), 'suites');
const limitOfOneTest = 180_000;
// Changes what the other files look at.
const last = 'change.e2e.mjs';

async function main() {
  const filters = process.argv.slice(2);
  const files = readdirSync(suites)
    .filter(
      name =>
        name.endsWith('.e2e.mjs') &&
        (!filters.length || filters.some(filter => name.includes(filter))),
    )
    .sort((a, b) => (a === last) - (b === last) || a.localeCompare(b))
    .map(name => join(suites, name));
  if (!files.length) {
    throw new Error(`No file in ${suites} is called like ${filters}.`);
  }
  // Without a browser nothing below makes sense: say so before half a minute of starting.
  await (await launchBrowser()).close();

  const demo = copyDemo();
  process.on('exit', () => demo.remove());
  const portal = await startPortal({ configs: [demo.config] });
  console.log(`The portal answers after ${portal.milliseconds} ms`);
  process.env.E2E_PORTAL_URL = portal.url;
  process.env.E2E_CLUSTERS = demo.clusters;
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const tests = run({ files, concurrency: false, timeout: limitOfOneTest });
  const count = result => event => {
    if (event.details?.type !== 'suite') {
      totals[event.skip === undefined ? result : 'skipped'] += 1;
    }
  };
  tests.on('test:pass', count('passed')).on('test:fail', count('failed'));
  await pipeline(tests, new spec(), process.stdout, { end: false });
  await portal.end();
  console.log(
    `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`,
  );
  return totals.failed || !totals.passed ? 1 : 0;
}

main().then(
  code => process.exit(code),
  error => {
    console.error(error.message);
    process.exit(1);
  },
);

// Makes the bundled snapshot of Cilium's releases and advisories anew:
//
//   node tools/generate/cilium-feed.mjs releases.json advisories.json
//
// with what a person downloaded before, or with addresses:
//
//   https://api.github.com/repos/cilium/cilium/releases?per_page=100
//   https://api.github.com/repos/cilium/cilium/security-advisories?per_page=100
//
// What is in the snapshot stays; newer facts are added, and an answer that is no feed is refused before anything is
// written. Look at the difference before you commit it.
import { readFile, writeFile } from 'node:fs/promises';
import { importTypeScript } from './importTypeScript.mjs';

const core = await importTypeScript(
  new URL('../../packages/analysis/src/index.ts', import.meta.url),
);
const folder = new URL(
  '../../plugins/security-profiles-backend/src/dataplane/',
  import.meta.url,
);
const [releasesFrom, advisoriesFrom] = process.argv.slice(2);
if (!releasesFrom) {
  console.error(
    'Name a file or an address of releases, and one of advisories if you have it: node tools/generate/cilium-feed.mjs RELEASES [ADVISORIES]',
  );
  process.exit(2);
}

const now = new Date().toISOString();

async function read(place) {
  if (!/^https?:/.test(place)) {
    return { value: JSON.parse(await readFile(place, 'utf8')) };
  }
  const response = await fetch(place, {
    headers: { accept: 'application/vnd.github+json' },
  });
  if (!response.ok) {
    throw new Error(`${place} answered ${response.status}`);
  }
  return { value: await response.json(), receivedAt: now };
}

async function update({ file, place, parse, key, id, entry }) {
  const url = new URL(file, folder);
  const held = JSON.parse(await readFile(url, 'utf8'));
  const { value, receivedAt } = await read(place);
  const feed = parse(value, { now, receivedAt });
  const known = new Set(held[key].map(one => id(one)));
  const added = feed.items.filter(one => !known.has(id(one)));
  const asOf = [held.asOf, feed.asOf.slice(0, 10)].sort().at(-1);
  await writeFile(
    url,
    `${JSON.stringify(
      {
        ...held,
        asOf,
        [key]: [...added.map(one => entry(one, place)), ...held[key]],
      },
      null,
      2,
    )}\n`,
  );
  console.log(
    `${file}: ${added.length} added, as of ${asOf}${
      feed.skipped.length ? `; left out: ${feed.skipped.join('; ')}` : ''
    }`,
  );
}

await update({
  file: 'ciliumReleases.json',
  place: releasesFrom,
  parse: core.parseReleaseFeed,
  key: 'releases',
  id: ({ tag }) => tag,
  entry: (release, place) => ({ ...release, source: place }),
});
if (advisoriesFrom) {
  await update({
    file: 'ciliumAdvisories.json',
    place: advisoriesFrom,
    parse: core.parseAdvisoryFeed,
    key: 'advisories',
    id: advisory => advisory.id,
    entry: (advisory, place) => ({ ...advisory, source: place }),
  });
}

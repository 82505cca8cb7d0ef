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
import prettier from 'prettier';
import { importTypeScript } from './importTypeScript.mjs';

const core = await importTypeScript(
  new URL('../../packages/analysis/src/index.ts', import.meta.url),
);
const defaultFolder = new URL(
  '../../plugins/security-profiles-backend/src/dataplane/',
  import.meta.url,
);

const feeds = [
  {
    file: 'ciliumReleases.json',
    parse: core.parseReleaseFeed,
    key: 'releases',
    id: ({ tag }) => tag,
  },
  {
    file: 'ciliumAdvisories.json',
    parse: core.parseAdvisoryFeed,
    key: 'advisories',
    id: ({ id }) => id,
  },
];

/**
 * Adds what the places have to the snapshot in a folder, all of it or nothing. Answers a line for each file.
 *
 * @param places - file or address of releases, then of advisories; the second may be missing
 * @throws Error that names the place, where one can't be read or is no feed
 */
export async function updateSnapshot({ places, folder = defaultFolder, now }) {
  const updates = [];
  for (const [index, place] of places.entries()) {
    updates.push(await readUpdate({ ...feeds[index], place, folder, now }));
  }
  for (const { url, text } of updates) {
    await writeFile(url, text);
  }
  return updates.map(({ line }) => line);
}

async function readUpdate({ file, parse, key, id, place, folder, now }) {
  const url = new URL(file, folder);
  const held = JSON.parse(await readFile(url, 'utf8'));
  let feed;
  try {
    const { value, receivedAt } = await read(place, now);
    feed = parse(value, { now, receivedAt });
  } catch (error) {
    throw new Error(`${place}: ${error.message}. Nothing was written.`);
  }
  const known = new Set(held[key].map(id));
  const added = feed.items.filter(one => !known.has(id(one)));
  const asOf = [held.asOf, feed.asOf.slice(0, 10)].sort().at(-1);
  // Where a person's own file lies says nothing to the next reader.
  const source = isAddress(place) ? { source: place } : {};
  const text = JSON.stringify({
    ...held,
    asOf,
    [key]: [...added.map(one => ({ ...one, ...source })), ...held[key]],
  });
  return {
    url,
    text: prettier.format(text, { parser: 'json' }),
    line: `${file}: ${added.length} added, as of ${asOf}${
      feed.skipped.length ? `; left out: ${feed.skipped.join('; ')}` : ''
    }`,
  };
}

function isAddress(place) {
  return /^https?:/.test(place);
}

async function read(place, now) {
  if (!isAddress(place)) {
    return { value: parseJson(await readFile(place, 'utf8')) };
  }
  const response = await fetch(place, {
    headers: { accept: 'application/vnd.github+json' },
  });
  if (!response.ok) {
    throw new Error(`it answered ${response.status}`);
  }
  return { value: parseJson(await response.text()), receivedAt: now };
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('it is no JSON');
  }
}

if (process.argv[1] === import.meta.filename) {
  const places = process.argv.slice(2);
  if (places.length < 1 || places.length > 2) {
    console.error(
      'Name a file or an address of releases, and one of advisories if you have it: node tools/generate/cilium-feed.mjs RELEASES [ADVISORIES]',
    );
    process.exitCode = 2;
  } else {
    try {
      const lines = await updateSnapshot({
        places,
        now: new Date().toISOString(),
      });
      console.log(lines.join('\n'));
    } catch (error) {
      console.error(error.message);
      process.exitCode = 1;
    }
  }
}

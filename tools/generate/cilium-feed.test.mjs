import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { updateSnapshot } from './cilium-feed.mjs';

const bundled = new URL(
  '../../plugins/security-profiles-backend/src/dataplane/',
  import.meta.url,
);
const now = '2026-11-25T10:00:00.000Z';
const release = {
  tag_name: 'v1.99.1',
  published_at: '2026-11-20T10:00:00Z',
  draft: false,
  prerelease: false,
  html_url: 'https://example.test/v1.99.1',
};

describe('The bundled snapshot of Cilium', () => {
  let folder;
  let server;
  let address;
  const answers = new Map();

  before(async () => {
    server = createServer((request, response) => {
      const { status = 200, body } = answers.get(request.url);
      response.writeHead(status).end(body);
    });
    await new Promise(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    address = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(async () => {
    const path = await mkdtemp(join(tmpdir(), 'cilium-feed-'));
    folder = pathToFileURL(`${path}/`);
    for (const file of ['ciliumReleases.json', 'ciliumAdvisories.json']) {
      await cp(new URL(file, bundled), new URL(file, folder));
    }
    answers.set('/releases', { body: JSON.stringify([release]) });
  });

  async function snapshot() {
    const texts = await Promise.all(
      ['ciliumReleases.json', 'ciliumAdvisories.json'].map(file =>
        readFile(new URL(file, folder), 'utf8'),
      ),
    );
    return texts.join('');
  }

  it('gains what is new and keeps what it has, in the same format', async () => {
    const before = JSON.parse(
      await readFile(new URL('ciliumReleases.json', folder), 'utf8'),
    );
    const [line] = await updateSnapshot({
      places: [`${address}/releases`],
      folder,
      now,
    });
    assert.match(line, /^ciliumReleases.json: 1 added, as of /);
    const after = JSON.parse(
      await readFile(new URL('ciliumReleases.json', folder), 'utf8'),
    );
    assert.deepEqual(after.releases.slice(1), before.releases);
    assert.equal(after.releases[0].tag, 'v1.99.1');
    // Once more adds nothing and changes nothing.
    const text = await snapshot();
    await updateSnapshot({ places: [`${address}/releases`], folder, now });
    assert.equal(await snapshot(), text);
    await rm(folder, { recursive: true });
  });

  for (const [what, answer] of [
    ['is an error', { status: 500, body: 'secret words of the server' }],
    ['is a page', { body: '<html>secret</html>' }],
    ['ends too early', { body: '[{"ghsa_id": "x"' }],
    ['is empty', { body: '[]' }],
  ]) {
    it(`is left as it is, both files of it, when the second answer ${what}`, async () => {
      answers.set('/advisories', answer);
      const text = await snapshot();
      await assert.rejects(
        updateSnapshot({
          places: [`${address}/releases`, `${address}/advisories`],
          folder,
          now,
        }),
        error => {
          assert.match(error.message, /\/advisories: .*Nothing was written\.$/);
          assert.doesNotMatch(error.message, /secret/);
          return true;
        },
      );
      assert.equal(await snapshot(), text);
      await rm(folder, { recursive: true });
    });
  }

  it('names no file of the person who refreshed it', async () => {
    const file = new URL('downloaded.json', folder);
    await writeFile(file, JSON.stringify([release]));
    await updateSnapshot({ places: [file.pathname], folder, now });
    assert.doesNotMatch(await snapshot(), /downloaded\.json/);
    await rm(folder, { recursive: true });
  });
});

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { measurePage, readBuild } from './measure.mjs';
import { piecesBySource } from './sourceMap.mjs';

const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
after(() => rmSync(folder, { recursive: true }));

const ours = file =>
  `webpack://app/../../plugins/security-profiles/src/${file}`;
const packaged = name => `webpack://app/../../node_modules/${name}/index.js`;
const entry = 'plugins/security-profiles/src/Page.tsx';

/** A file of one line whose parts came from one source each; the map says so with a segment per part. */
function writeFile(name, parts) {
  const digits =
    'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const encode = value => {
    let rest = value < 0 ? -value * 2 + 1 : value * 2;
    let text = '';
    do {
      const bits = rest % 32;
      rest = Math.floor(rest / 32);
      text += digits[rest ? bits + 32 : bits];
    } while (rest);
    return text;
  };
  let previous = 0;
  const segments = parts.map(([, code], index) => {
    const columns = previous;
    previous = code.length;
    return [columns, index === 0 ? 0 : 1, 0, 0].map(encode).join('');
  });
  const code = parts.map(([, text]) => text).join('');
  const map = {
    version: 3,
    sources: parts.map(([source]) => source),
    mappings: segments.join(','),
  };
  writeFileSync(join(folder, 'static', name), code);
  writeFileSync(join(folder, 'static', `${name}.map`), JSON.stringify(map));
  return { code, map };
}

mkdirSync(join(folder, 'static'));
writeFileSync(
  join(folder, 'index.html'),
  '<script src="/static/main.0.js"></script>',
);
const plugin =
  'load(()=>Promise.all([r.e("11"),r.e("12")]).then(r.bind(r,1)),()=>r.e("13").then(r.bind(r,2)));';
writeFile('main.0.js', [
  [packaged('react'), 'react();'],
  [ours('plugin.tsx'), plugin],
  [packaged('openapi-fetch'), 'fetcher();'],
  [packaged('lodash'), 'lodash();'],
]);
writeFile('11.0.chunk.js', [
  [packaged('@backstage/ui'), 'ui();'],
  [packaged('d3-scale'), 'scale();'],
]);
writeFile('12.0.chunk.js', [[ours('Page.tsx'), 'page();']]);
writeFile('13.0.chunk.js', [[ours('Other.tsx'), 'other();']]);

const measure = options =>
  measurePage({
    build: readBuild(folder),
    entry,
    app: ['@backstage/', 'react'],
    brought: ['openapi-fetch', '@backstage/ui'],
    ...options,
  });

test('each part of a file is told from the source that it came from', () => {
  const { code, map } = writeFile('11.1.test.js', [
    ['a.js', 'first();'],
    ['b.js', `second(${'x'.repeat(40)});`],
  ]);
  const pieces = [...piecesBySource(`${code}\nend`, map)].map(
    ([source, texts]) => [source ?? 'none', texts.join('')],
  );
  assert.deepEqual(Object.fromEntries(pieces), {
    'a.js': 'first();',
    'b.js': `second(${'x'.repeat(40)});`,
    none: 'end',
  });
  rmSync(join(folder, 'static', '11.1.test.js'));
});

test('of a page count our files and the packages that we bring, in its chunks and in what the app loads first', () => {
  const { bytes, chunks, sources } = measure();
  assert.deepEqual(sources.map(({ name }) => name).sort(), [
    'd3-scale',
    'openapi-fetch',
    entry,
    'plugins/security-profiles/src/plugin.tsx',
  ]);
  const size = text => gzipSync(text).length;
  assert.deepEqual(
    Object.fromEntries(chunks.map(chunk => [chunk.name, chunk.bytes])),
    {
      'main.0.js': size(`${plugin}fetcher();`),
      '11.0.chunk.js': size('scale();'),
      '12.0.chunk.js': size('page();'),
    },
  );
  assert.equal(
    bytes,
    chunks.reduce((sum, chunk) => sum + chunk.bytes, 0),
  );
});

test('what the app has anyway does not count', () => {
  const names = measure({ app: ['@backstage/', 'react', 'd3-scale'] }).sources;
  assert.ok(!names.some(({ name }) => name === 'd3-scale'));
});

test('a page that no import loads is named', () => {
  assert.throws(
    () => measure({ entry: 'plugins/security-profiles/src/Gone.tsx' }),
    /No import\(\) of the build loads .*Gone\.tsx.*budget\.json/,
  );
});

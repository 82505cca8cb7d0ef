import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./check.mjs', import.meta.url));
const rooms = 'plugins/security-profiles-backend/src';
const core = 'packages/analysis/src';
const trees = [];

after(() => {
  for (const tree of trees) {
    rmSync(tree, { recursive: true });
  }
});

/** Checks a tree of the given files; `broken` holds the names of the rules that they break. */
function check(files) {
  const tree = mkdtempSync(join(tmpdir(), 'imports-'));
  trees.push(tree);
  const all = {
    'tsconfig.json':
      '{"compilerOptions":{"moduleResolution":"bundler","module":"ES2020"}}',
    'package.json': '{}',
    [`${core}/index.ts`]: 'export const core = 1;',
    [`${rooms}/plugin.ts`]: 'export const plugin = 1;',
    ...files,
  };
  for (const [name, content] of Object.entries(all)) {
    mkdirSync(dirname(join(tree, name)), { recursive: true });
    writeFileSync(join(tree, name), content);
  }
  const { status, stdout } = spawnSync(process.execPath, [script], {
    cwd: tree,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  const broken = [...stdout.matchAll(/^ *error ([\w-]+):/gm)].map(
    ([, name]) => name,
  );
  return { status, broken: [...new Set(broken)].sort() };
}

describe('the import rules', () => {
  it('let a room import what the table names, and plugin.ts all rooms', () => {
    assert.deepEqual(
      check({
        [`${rooms}/clusters/ClusterSource.ts`]: 'export type Source = string;',
        [`${rooms}/collect/Collection.ts`]:
          "import type { Source } from '../clusters/ClusterSource';\nimport { core } from '../../../../packages/analysis/src';\nexport type Collection = Source;\nexport { core };",
        [`${rooms}/plugin.ts`]:
          "export * from './clusters/ClusterSource';\nexport * from './collect/Collection';",
      }),
      { status: 0, broken: [] },
    );
  });

  it('refuse a room that the table does not name', () => {
    assert.deepEqual(
      check({
        [`${rooms}/clusters/read.ts`]: 'export const read = 1;',
        [`${rooms}/http/router.ts`]: "export { read } from '../clusters/read';",
      }),
      { status: 1, broken: ['room-http'] },
    );
  });

  it('see imports of types alone', () => {
    assert.deepEqual(
      check({
        [`${rooms}/http/Request.ts`]: 'export interface Request { id: string }',
        [`${rooms}/inventory/rows.ts`]:
          "import type { Request } from '../http/Request';\nexport type Row = Request;",
      }),
      { status: 1, broken: ['room-inventory'] },
    );
  });

  it('see imports at run time', () => {
    assert.deepEqual(
      check({
        [`${rooms}/clusters/read.ts`]: 'export const read = 1;',
        [`${rooms}/posture/score.ts`]:
          "export const score = () => import('../clusters/read');",
      }),
      { status: 1, broken: ['room-posture'] },
    );
  });

  it('refuse a folder that has no line in the table', () => {
    assert.deepEqual(
      check({
        [`${rooms}/helpers/a.ts`]: 'export const a = 1;',
        [`${rooms}/plugin.ts`]: "export * from './helpers/a';",
      }),
      { status: 1, broken: ['room-unknown'] },
    );
  });

  it('refuse a route that reaches for a store', () => {
    assert.deepEqual(
      check({
        [`${rooms}/posture/PostureStore.ts`]: 'export const store = 1;',
        [`${rooms}/http/router.ts`]:
          "export { store } from '../posture/PostureStore';",
      }),
      { status: 1, broken: ['routes-use-no-store'] },
    );
  });

  it('refuse a module of Node in the core', () => {
    assert.deepEqual(
      check({
        [`${core}/index.ts`]: "export { readFile } from 'node:fs/promises';",
      }),
      { status: 1, broken: ['core-has-no-io', 'core-is-alone'] },
    );
  });

  it('refuse another package in the core', () => {
    assert.deepEqual(
      check({
        [`${core}/index.ts`]:
          "export { plugin } from '../../../plugins/security-profiles-backend/src/plugin';",
      }),
      { status: 1, broken: ['core-is-alone'] },
    );
  });

  it('refuse two files that import each other', () => {
    assert.deepEqual(
      check({
        [`${core}/a.ts`]: "export * from './b';",
        [`${core}/b.ts`]: "export * from './a';",
      }),
      { status: 1, broken: ['no-cycle-of-files'] },
    );
  });

  //   profiles/a → posture/b        no file is in a cycle,
  //   posture/c  → profiles/d       but the folders are
  it('refuse two folders that import each other through different files', () => {
    assert.deepEqual(
      check({
        [`${core}/profiles/a.ts`]: "export * from '../posture/b';",
        [`${core}/posture/b.ts`]: 'export const b = 1;',
        [`${core}/posture/c.ts`]: "export * from '../profiles/d';",
        [`${core}/profiles/d.ts`]: 'export const d = 1;',
      }),
      { status: 1, broken: ['no-cycle-of-folders'] },
    );
  });

  it('refuse an import that leads nowhere', () => {
    assert.deepEqual(
      check({ [`${rooms}/plugin.ts`]: "export * from './gone';" }),
      { status: 1, broken: ['resolvable'] },
    );
  });
});

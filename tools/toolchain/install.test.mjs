import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import {
  installDigest,
  isInstalled,
  markInstalled,
  workspaceManifests,
} from './install.mjs';

describe('an install', () => {
  let root;
  const write = (name, content = '') => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  };
  const age = (name, seconds) =>
    utimesSync(
      join(root, name),
      Date.now() / 1000,
      Date.now() / 1000 - seconds,
    );
  const digest = () => installDigest(root, '4.18.1');

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'install-'));
    write('package.json', '{"workspaces":["packages/*","plugins/*"]}');
    write('yarn.lock', 'a');
    write('packages/app/package.json', '{}');
    write('packages/notes.txt');
    write('node_modules/.yarn-state.yml');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('reads the manifests of all workspaces there are', () => {
    assert.deepEqual(workspaceManifests(root), [
      join('packages', 'app', 'package.json'),
    ]);
  });

  it('is done once it has been marked', () => {
    markInstalled(root, digest());
    assert.equal(isInstalled(root, digest()), true);
  });

  for (const [what, change] of [
    ['the lockfile changes', () => write('yarn.lock', 'b')],
    [
      'a workspace changes',
      () => write('packages/app/package.json', '{"name":"app"}'),
    ],
    ['a workspace appears', () => write('plugins/new/package.json', '{}')],
    [
      'a workspace goes away',
      () => rmSync(join(root, 'packages/app/package.json')),
    ],
    [
      'node_modules is deleted',
      () => rmSync(join(root, 'node_modules'), { recursive: true }),
    ],
  ]) {
    it(`is due again when ${what}`, () => {
      markInstalled(root, digest());
      change();
      assert.equal(isInstalled(root, digest()), false);
    });
  }

  it('is due again under another version of Yarn', () => {
    markInstalled(root, digest());
    assert.equal(isInstalled(root, installDigest(root, '4.19.0')), false);
  });

  it('is done where a person has run Yarn and changed nothing since', () => {
    for (const file of [
      'package.json',
      'yarn.lock',
      'packages/app/package.json',
    ]) {
      age(file, 60);
    }
    assert.equal(isInstalled(root, digest()), true);
  });

  it('is due where something is newer than what a person has installed', () => {
    age('node_modules/.yarn-state.yml', 60);
    assert.equal(isInstalled(root, digest()), false);
  });

  it('that ended half-way is due', () => {
    rmSync(join(root, 'node_modules/.yarn-state.yml'));
    assert.equal(isInstalled(root, digest()), false);
  });
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';

const script = `
  const { writeOutputs } = await import(${JSON.stringify(
    new URL('writeOutputs.mjs', import.meta.url).href,
  )});
  await writeOutputs(new Map([[new URL(process.env.FILE), 'new']]));
`;

async function inFolder(work) {
  const folder = await mkdtemp(join(tmpdir(), 'generate-'));
  try {
    const file = join(folder, 'page.md');
    await writeFile(file, 'old');
    await work({
      file,
      run: (...args) =>
        spawnSync(
          process.execPath,
          ['--input-type=module', '-e', script, '--', ...args],
          {
            env: { ...process.env, FILE: pathToFileURL(file).href },
            encoding: 'utf8',
          },
        ),
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a check of a file that is out of date fails, names the command and writes nothing', () =>
  inFolder(async ({ file, run }) => {
    const { status, stderr } = run('--check');
    assert.equal(status, 1);
    assert.match(stderr, /page\.md is out of date: run `yarn generate`/);
    assert.equal(await readFile(file, 'utf8'), 'old');
  }));

test('without a check the file is written, and a check then passes', () =>
  inFolder(async ({ file, run }) => {
    assert.equal(run().status, 0);
    assert.equal(await readFile(file, 'utf8'), 'new');
    assert.equal(run('--check').status, 0);
  }));

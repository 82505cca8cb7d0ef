import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { runChild, startChild } from './childProcess.mjs';

const module = new URL('./childProcess.mjs', import.meta.url).href;

// A child that starts a grandchild, prints both ids and never ends of itself.
const family = `
  const { spawn } = require('node:child_process');
  const grandchild = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  console.log(JSON.stringify([process.pid, grandchild.pid]));
  setInterval(() => {}, 1000);
`;

// The same, deaf to a request to end.
const deafFamily = `process.on('SIGTERM', () => {});${family}`;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function gone(pids) {
  const deadline = performance.now() + 12_000;
  while (pids.some(isAlive) && performance.now() < deadline) {
    await delay(20);
  }
  return pids.filter(isAlive).length === 0;
}

async function startFamily(source) {
  let tell;
  const pids = new Promise(resolve => {
    tell = resolve;
  });
  const child = startChild({
    name: 'family',
    command: process.execPath,
    args: ['-e', source],
    onLine: line => tell(JSON.parse(line)),
  });
  return { child, pids: await pids };
}

/** A launcher as start.mjs is one, with one family below it. */
async function startLauncher(after = '') {
  const launcher = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { Children, endWithParentArgs, startChild } from '${module}';
       const children = new Children();
       children.add(startChild({
         name: 'family',
         command: process.execPath,
         args: [...endWithParentArgs, '-e', ${JSON.stringify(family)}],
         onLine: line => { console.log(line); ${after} },
         onMessage() {},
       }));`,
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [line] = await once(launcher.stdout, 'data');
  return { launcher, pids: JSON.parse(line) };
}

describe('what is started', () => {
  it('ends with everything that it has started', async () => {
    const { child, pids } = await startFamily(family);
    await child.end();
    assert.equal(await gone(pids), true);
  });

  it('is killed when it is deaf to the request to end', async () => {
    const { child, pids } = await startFamily(deafFamily);
    await child.end();
    assert.equal(await gone(pids), true);
  });

  it('leaves nothing behind when it dies of itself', async () => {
    const { child, pids } = await startFamily(family);
    process.kill(pids[0], 'SIGKILL');
    assert.equal((await child.exited).signal, 'SIGKILL');
    await child.end();
    assert.equal(await gone(pids), true);
  });

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ]) {
    it(`ends when the launcher gets ${signal}`, async () => {
      const { launcher, pids } = await startLauncher();
      launcher.kill(signal);
      const [exitCode] = await once(launcher, 'exit');
      assert.equal(exitCode, code);
      assert.equal(await gone(pids), true);
    });
  }

  it('ends when the launcher throws', async () => {
    const { pids } = await startLauncher(
      `setTimeout(() => { throw new Error('half-way'); }, 50);`,
    );
    assert.equal(await gone(pids), true);
  });

  it('ends when the launcher is killed outright', async () => {
    const { launcher, pids } = await startLauncher();
    launcher.kill('SIGKILL');
    assert.equal(await gone(pids), true);
  });
});

describe('a command that runs to its end', () => {
  const run = source =>
    runChild({ name: 'x', command: process.execPath, args: ['-e', source] });

  it('gives its code and everything it has printed, last line included', async () => {
    assert.deepEqual(
      await run(
        `console.log('one'); process.stdout.write('two'); process.exitCode = 3;`,
      ),
      { code: 3, output: 'one\ntwo' },
    );
  });

  it('has failed when a signal ended it', async () => {
    const { code } = await run(`process.kill(process.pid, 'SIGKILL')`);
    assert.equal(code, 128);
  });

  it('has failed when there is no such command', async () => {
    const { code, output } = await runChild({
      name: 'x',
      command: '/nowhere/no-such-command',
    });
    assert.equal(code, 127);
    assert.match(output, /ENOENT/);
  });
});

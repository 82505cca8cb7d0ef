import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

function envtest(args, options = {}) {
  const child = spawn(process.execPath, [here, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...options,
  });
  const lines = createInterface({ input: child.stdout })[
    Symbol.asyncIterator
  ]();
  return { child, line: async () => (await lines.next()).value };
}

async function untilGone(folder) {
  for (let left = 200; left > 0; left -= 1) {
    const there = await access(folder).then(
      () => 'yes',
      () => 'no',
    );
    if (there === 'no') return;
    await wait(50);
  }
  assert.fail(`${folder} was still there after 10 s`);
}

async function isRefused(kubeconfig) {
  const { clusters } = kubeconfig;
  await assert.rejects(fetch(`${clusters[0].cluster.server}/version`), {
    message: 'fetch failed',
  });
}

test('up prints both kubeconfigs, and Ctrl-C stops everything', async () => {
  const { child, line } = envtest(['up', '--spo']);
  const reader = await line();
  const admin = await line();
  const kubeconfig = JSON.parse(await readFile(reader, 'utf8'));
  assert.match(admin, /admin\.kubeconfig$/);
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
  await untilGone(dirname(reader));
  await isRefused(kubeconfig);
});

test('a killed up leaves no process and no folder', async () => {
  const { child, line } = envtest(['up', '--spo']);
  const reader = await line();
  const kubeconfig = JSON.parse(await readFile(reader, 'utf8'));
  child.kill('SIGKILL');
  await untilGone(dirname(reader));
  await isRefused(kubeconfig);
});

test('up ends when the process that started it is gone', async () => {
  const parent = spawn(
    process.execPath,
    [
      '-e',
      `const { spawn } = require('node:child_process');
       spawn(process.execPath, ${JSON.stringify([here, 'up', '--spo'])},
         { stdio: ['ignore', 'inherit', 'inherit'] });
       setInterval(() => {}, 1000);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [first] = await once(createInterface({ input: parent.stdout }), 'line');
  parent.kill('SIGKILL');
  await untilGone(dirname(first));
});

test('control takes orders and answers each by its id', async () => {
  const { child, line } = envtest(['up', '--spo', '--control']);
  const { ready } = JSON.parse(await line());
  const order = async message => {
    child.stdin.write(`${JSON.stringify(message)}\n`);
    return JSON.parse(await line());
  };
  const { answer: proxy } = await order({
    id: 1,
    do: 'proxy',
    with: { faults: [{ fault: 'status', status: 500 }] },
  });
  assert.equal(proxy.proxy, 'proxy-1');
  assert.deepEqual(
    await order({
      id: 2,
      do: 'setFaults',
      with: { proxy: 'proxy-1', faults: [] },
    }),
    { id: 2, answer: {} },
  );
  assert.deepEqual(await order({ id: 3, do: 'restartServer' }), {
    id: 3,
    answer: {},
  });
  const { answer: pods } = await order({
    id: 4,
    do: 'request',
    with: { method: 'GET', path: '/api/v1/pods', as: 'reader' },
  });
  assert.equal(pods.status, 200);
  const { error } = await order({ id: 5, do: 'explode' });
  assert.match(error, /unknown "do": use one of startServer/);
  child.stdin.end();
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
  await untilGone(ready.folder);
});

test('run hands the kubeconfigs to the command and answers with its exit code', async () => {
  const { child, line } = envtest([
    ...['run', '--spo', '--', process.execPath, '-e'],
    `const { existsSync } = require('node:fs');
     const { SECURITY_PROFILES_ENVTEST_KUBECONFIG: reader, SECURITY_PROFILES_ENVTEST_ADMIN_KUBECONFIG: admin } = process.env;
     console.log(existsSync(reader) && existsSync(admin) ? reader : 'missing');
     process.exitCode = 7;`,
  ]);
  const reader = await line();
  const [code] = await once(child, 'exit');
  assert.equal(code, 7);
  await untilGone(dirname(reader));
});

test('without Go and without a cache the message says what to do', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'envtest-empty-'));
  try {
    const { child } = envtest(['build'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: empty, XDG_CACHE_HOME: empty },
    });
    let text = '';
    child.stderr.on('data', chunk => {
      text += chunk;
    });
    const [code] = await once(child, 'close');
    assert.equal(code, 1);
    assert.match(
      text,
      /Install Go 1\.26 or newer .* or set KUBEBUILDER_ASSETS/,
    );
    const cache = join(empty, 'security-profiles-envtest');
    assert.deepEqual(await readdir(cache), []);
  } finally {
    await rm(empty, { recursive: true });
  }
});

test('KUBEBUILDER_ASSETS without the programs is refused by name', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'envtest-empty-'));
  try {
    const { child } = envtest(['build'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, KUBEBUILDER_ASSETS: empty },
    });
    let text = '';
    child.stderr.on('data', chunk => {
      text += chunk;
    });
    const [code] = await once(child, 'close');
    assert.equal(code, 1);
    assert.match(
      text,
      /KUBEBUILDER_ASSETS is set to .* no program kube-apiserver/,
    );
  } finally {
    await rm(empty, { recursive: true });
  }
});

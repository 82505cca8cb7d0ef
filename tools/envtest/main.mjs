#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { findBinaries, findSpoCrds } from './binaries.mjs';
import { control } from './control.mjs';
import { startEnvtest } from './envtest.mjs';

const HELP = `A real kube-apiserver and etcd for tests. See tools/envtest/README.md.

  node tools/envtest up [options]              start, print the reader's kubeconfig path and on a second
                                               line the administrator's; stop with Ctrl-C
  node tools/envtest run [options] -- <cmd …>  start, run the command with
                                               SECURITY_PROFILES_ENVTEST_KUBECONFIG and
                                               SECURITY_PROFILES_ENVTEST_ADMIN_KUBECONFIG set, stop
  node tools/envtest build                     only make sure that the programs are there

  --crds <folder or file>   apply these manifests too (may be given again)
  --without <name>          leave out the kinds of spo, cilium, argo or flux (may be given again)
  --spo                     only the Security Profiles Operator's kinds
  --apply <folder or file>  apply these manifests after the kinds (may be given again)
  --keep                    leave the temporary folder, with its logs, when it stops
  --control                 (up) take orders as lines of JSON on stdin, answer on stdout
`;
const KINDS = ['spo', 'cilium', 'argo', 'flux'];
const PARENT_POLL_MS = 500;

const log = line => process.stderr.write(`envtest: ${line}\n`);

async function main() {
  const { values, positionals, rest } = parsed(process.argv.slice(2));
  const [command] = positionals;
  if (values.help || positionals.length !== 1) {
    process.stderr.write(HELP);
    return values.help ? 0 : 2;
  }
  switch (command) {
    case 'build':
      await findBinaries({ env: process.env, log });
      await findSpoCrds({ env: process.env, log });
      return 0;
    case 'up':
      return up(values);
    case 'run':
      return run(values, rest);
    default:
      process.stderr.write(HELP);
      return 2;
  }
}

function parsed(args) {
  const end = args.indexOf('--');
  const own = end === -1 ? args : args.slice(0, end);
  const several = { type: 'string', multiple: true, default: [] };
  const flag = { type: 'boolean', default: false };
  return {
    rest: end === -1 ? [] : args.slice(end + 1),
    ...parseArgs({
      args: own,
      allowPositionals: true,
      options: {
        crds: several,
        without: several,
        apply: several,
        spo: flag,
        keep: flag,
        control: flag,
        help: flag,
      },
    }),
  };
}

// Resolves with the reason when this process is asked to end or its parent is gone.
function ending() {
  return new Promise(done => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => done(signal));
    }
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) done('the process that started it ended');
    }, PARENT_POLL_MS).unref();
  });
}

async function started(values) {
  const unknown = values.without.find(name => !KINDS.includes(name));
  if (unknown) {
    throw new Error(`--without ${unknown}: use one of ${KINDS.join(', ')}`);
  }
  const kinds = values.spo ? ['spo'] : KINDS;
  const envtest = await startEnvtest({
    crds: kinds.filter(name => !values.without.includes(name)),
    crdFolders: values.crds.map(path => resolve(path)),
    afterwards: values.keep ? 'keep' : 'remove',
    log,
  });
  try {
    for (const path of values.apply) {
      const { applied } = await envtest.applyManifests(resolve(path));
      log(`applied ${applied} manifests of ${path}`);
    }
  } catch (error) {
    await envtest.stop();
    throw error;
  }
  return envtest;
}

async function stopped(envtest, values) {
  await envtest.stop();
  if (values.keep) log(`left ${envtest.folder}`);
}

// What is asked to end while it still starts ends at once: the supervisor then cleans up.
async function orEnded(starting, ended) {
  const first = await Promise.race([
    starting,
    ended.then(reason => ({ reason })),
  ]);
  if (first.reason) {
    log(`stopped while starting: ${first.reason}`);
    return undefined;
  }
  return first;
}

async function up(values) {
  const ended = ending();
  process.stdout.on('error', () => {});
  const envtest = await orEnded(started(values), ended);
  if (!envtest) return 1;
  const alive = setInterval(() => {}, 60_000);
  if (values.control) {
    const say = message => process.stdout.write(`${JSON.stringify(message)}\n`);
    await Promise.race([
      ended,
      control({ envtest, input: process.stdin, say }),
    ]);
  } else {
    process.stdout.write(
      `${envtest.readerKubeconfig}\n${envtest.adminKubeconfig}\n`,
    );
    log(`${envtest.url} is up; stop it with Ctrl-C`);
    await ended;
  }
  clearInterval(alive);
  await stopped(envtest, values);
  return 0;
}

async function run(values, [command, ...args]) {
  if (!command) {
    throw new Error('run needs a command: node tools/envtest run -- yarn test');
  }
  const ended = ending();
  const envtest = await orEnded(started(values), ended);
  if (!envtest) return 1;
  const child = spawn(command, args, {
    stdio: 'inherit',
    env: {
      ...process.env,
      SECURITY_PROFILES_ENVTEST_KUBECONFIG: envtest.readerKubeconfig,
      SECURITY_PROFILES_ENVTEST_ADMIN_KUBECONFIG: envtest.adminKubeconfig,
    },
  });
  ended.then(() => child.kill('SIGTERM'));
  const code = await new Promise((done, reject) => {
    child.on('error', reject);
    child.on('exit', (status, signal) =>
      done(signal ? 128 + constants.signals[signal] : status),
    );
  }).finally(() => stopped(envtest, values));
  return code;
}

try {
  process.exit(await main());
} catch (error) {
  log(error.message);
  process.exit(1);
}

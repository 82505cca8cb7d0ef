import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  access,
  constants,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
} from 'node:fs/promises';
import { homedir, setPriority } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const LOCK_BEAT_MS = 5_000;
const LOCK_LOST_MS = 30_000;

/**
 * Where the built binaries and CRDs are kept between runs.
 *
 * @param {{env: Record<string, string | undefined>}} options
 */
export function cacheFolder({ env }) {
  return join(
    env.XDG_CACHE_HOME || join(homedir(), '.cache'),
    'security-profiles-envtest',
  );
}

/**
 * Finds kube-apiserver and etcd: in `KUBEBUILDER_ASSETS` where that is set, else in the cache, else builds them.
 *
 * @param {{env: Record<string, string | undefined>, log: (line: string) => void}} options
 * @returns {Promise<{kubeApiserver: string, etcd: string, folder: string, source: 'KUBEBUILDER_ASSETS' | 'cache' | 'built'}>}
 * @throws Error where `KUBEBUILDER_ASSETS` lacks a binary, or nothing is cached and Go is missing or fails
 */
export async function findBinaries({ env, log }) {
  const assets = env.KUBEBUILDER_ASSETS;
  if (assets) {
    for (const name of ['kube-apiserver', 'etcd']) {
      if (!(await isExecutable(join(assets, executable(name))))) {
        throw new Error(
          `KUBEBUILDER_ASSETS is set to ${assets}, but there is no program ${name} in it. Put kube-apiserver and etcd there, or unset the variable to have them built.`,
        );
      }
    }
    return binariesIn(assets, 'KUBEBUILDER_ASSETS');
  }

  const folder = join(cacheFolder({ env }), await keyOf('server'));
  if (await exists(folder)) {
    return binariesIn(folder, 'cache');
  }
  const built = await once(folder, async unfinished => {
    await requireGo('kube-apiserver and etcd are not built yet', env);
    log(
      `building kube-apiserver and etcd, once, into ${folder} (three to four minutes on two cores)`,
    );
    const version = await requiredVersion('server', 'k8s.io/kubernetes');
    const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(version);
    const stamp = 'k8s.io/component-base/version';
    await go(
      'server',
      [
        ...['build', '-mod=readonly', '-trimpath', '-ldflags'],
        `-s -w -X ${stamp}.gitVersion=${version} -X ${stamp}.gitMajor=${major} -X ${stamp}.gitMinor=${minor}`,
        ...['-o', join(unfinished, executable('kube-apiserver'))],
        'k8s.io/kubernetes/cmd/kube-apiserver',
      ],
      env,
    );
    await go(
      'server',
      [
        ...['build', '-mod=readonly', '-trimpath', '-ldflags', '-s -w'],
        ...['-o', join(unfinished, executable('etcd'))],
        'go.etcd.io/etcd/server/v3',
      ],
      env,
    );
  });
  return binariesIn(folder, built ? 'built' : 'cache');
}

/**
 * The folder with the Security Profiles Operator's CRDs, copied once out of its Go module.
 *
 * @param {{env: Record<string, string | undefined>, log: (line: string) => void}} options
 * @throws Error where nothing is cached and Go is missing or can't download the module
 */
export async function findSpoCrds({ env, log }) {
  const folder = join(cacheFolder({ env }), await keyOf('spo'));
  if (!(await exists(folder))) {
    await once(folder, async unfinished => {
      await requireGo(
        "the Security Profiles Operator's CRDs are not cached yet",
        env,
      );
      const module = 'sigs.k8s.io/security-profiles-operator';
      log(`downloading ${module} for its CRDs`);
      await go('spo', ['mod', 'download', module], env);
      const source = (
        await go('spo', ['list', '-m', '-f', '{{.Dir}}', module], env)
      ).trim();
      const crds = join(source, 'deploy', 'base-crds', 'crds');
      for (const file of await readdir(crds)) {
        await cp(join(crds, file), join(unfinished, file));
      }
    });
  }
  return folder;
}

function binariesIn(folder, source) {
  return {
    kubeApiserver: join(folder, executable('kube-apiserver')),
    etcd: join(folder, executable('etcd')),
    folder,
    source,
  };
}

function executable(name) {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

async function keyOf(module) {
  const hash = createHash('sha256')
    .update(await readFile(join(here, module, 'go.sum')))
    .digest('hex')
    .slice(0, 16);
  return module === 'server'
    ? `${hash}-${process.platform}-${process.arch}`
    : `${module}-${hash}`;
}

async function requiredVersion(module, path) {
  const file = await readFile(join(here, module, 'go.mod'), 'utf8');
  const line = file.split('\n').find(l => l.trim().startsWith(`${path} v`));
  return line.trim().split(' ')[1];
}

async function requireGo(what, env) {
  try {
    await run('go', ['version'], { cwd: here, env });
  } catch {
    throw new Error(
      `${what}, and building needs Go, which was not found. Install Go 1.26 or newer (https://go.dev/dl), or set KUBEBUILDER_ASSETS to a folder that holds kube-apiserver and etcd.`,
    );
  }
}

function go(module, args, env) {
  return run('go', args, {
    cwd: join(here, module),
    env: { ...env, GOWORK: 'off', CGO_ENABLED: '0' },
  });
}

function run(command, args, { cwd, env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (child.pid) {
      try {
        setPriority(child.pid, 10);
      } catch {
        // A machine that forbids it builds at the ordinary priority.
      }
    }
    const kill = () => child.kill();
    process.once('exit', kill);
    let out = '';
    let problems = '';
    child.stdout.on('data', chunk => {
      out += chunk;
    });
    child.stderr.on('data', chunk => {
      problems = (problems + chunk).slice(-4_000);
    });
    child.on('error', reject);
    child.on('close', code => {
      process.off('exit', kill);
      if (code === 0) {
        resolve(out);
      } else {
        reject(
          new Error(`${command} ${args[0]} failed in ${cwd}: ${problems}`),
        );
      }
    });
  });
}

/**
 * Fills a folder exactly once, also when several runs start together; a run that dies leaves nothing half done.
 * Answers whether this run did it.
 */
async function once(folder, fill) {
  await mkdir(dirname(folder), { recursive: true });
  const lock = `${folder}.lock`;
  for (;;) {
    try {
      await mkdir(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    }
    if (await exists(folder)) {
      return false;
    }
    const held = await stat(lock).catch(() => undefined);
    if (held && Date.now() - held.mtimeMs > LOCK_LOST_MS) {
      await rm(lock, { recursive: true, force: true });
    } else {
      await wait(500);
    }
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => {});
  }, LOCK_BEAT_MS);
  let unfinished;
  try {
    if (await exists(folder)) {
      return false;
    }
    await removeLeftovers(folder);
    unfinished = await mkdtemp(`${folder}.unfinished-`);
    await fill(unfinished);
    await rename(unfinished, folder);
    return true;
  } finally {
    clearInterval(beat);
    if (unfinished) {
      await rm(unfinished, { recursive: true, force: true });
    }
    await rm(lock, { recursive: true, force: true });
  }
}

async function removeLeftovers(folder) {
  for (const name of await readdir(dirname(folder))) {
    if (name.startsWith(`${basename(folder)}.unfinished-`)) {
      await rm(join(dirname(folder), name), { recursive: true, force: true });
    }
  }
}

async function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function isExecutable(path) {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const keptLines = 40;
const graceMilliseconds = 8000;
const descendantMilliseconds = 1000;
const unref = { ref: false };

/** The node option that makes a child end when its launcher is gone. */
export const endWithParentArgs = [
  '--require',
  join(dirname(fileURLToPath(import.meta.url)), 'endWithParent.cjs'),
];

/**
 * Starts a command as the leader of a process group of its own, so that it can be ended with everything it started.
 * What it prints goes to `logFile` and, where given, to `onLine`.
 *
 * @param options - `name`, `command`, `args`, `cwd`, `env`, `logFile`, `onLine(line)`, `onMessage(message)`
 * @returns `exited` resolves to `{ code, signal }`; `end()` ends the whole group and resolves when it is gone
 */
export function startChild(options) {
  const { name, command, args = [], cwd, env, logFile, onLine } = options;
  const channel = options.onMessage ? ['ipc'] : [];
  const child = spawn(command, args, {
    cwd,
    env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe', ...channel],
  });
  const lines = [];
  let log;
  if (logFile) {
    mkdirSync(dirname(logFile), { recursive: true });
    log = createWriteStream(logFile);
  }
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', text => {
      log?.write(text);
      const parts = (rest + text).split('\n');
      rest = parts.pop();
      for (const line of parts) {
        take(line);
      }
    });
    stream.on('end', () => {
      if (rest) {
        take(rest);
      }
    });
  }
  function take(line) {
    lines.push(line);
    if (lines.length > keptLines) {
      lines.shift();
    }
    onLine?.(line);
  }
  if (options.onMessage) {
    child.on('message', options.onMessage);
  }

  const exited = new Promise(resolve => {
    let failure;
    child.on('error', error => {
      failure = error;
      if (child.pid === undefined) {
        take(`${command}: ${error.message}`);
        log?.end();
        resolve({ code: 127, signal: undefined });
      }
    });
    // A descendant that keeps the pipes open must not hide that the leader is gone.
    child.on('exit', (code, signal) => {
      const done = () => {
        log?.end();
        resolve({
          code: code ?? (failure ? 127 : undefined),
          signal: signal ?? undefined,
        });
      };
      const drained = setTimeout(done, 500);
      child.once('close', () => {
        clearTimeout(drained);
        done();
      });
    });
  });

  let ending;
  async function endGroup() {
    if (child.pid === undefined) {
      return;
    }
    signalGroup(child.pid, 'SIGTERM');
    await Promise.race([exited, delay(graceMilliseconds, undefined, unref)]);
    // Dead descendants that nobody has reaped yet still count as alive, so this can't wait for the last of them.
    const deadline = Date.now() + descendantMilliseconds;
    while (groupLives(child) && Date.now() < deadline) {
      await delay(50);
    }
    signalGroup(child.pid, 'SIGKILL');
    await exited;
  }

  return {
    name,
    logFile,
    pid: child.pid,
    exited,
    lastLines: () => [...lines],
    end() {
      ending ??= endGroup();
      return ending;
    },
    /** For the exit handler, where nothing can be awaited any more. */
    killNow() {
      if (child.pid !== undefined) {
        signalGroup(child.pid, 'SIGKILL');
      }
    },
  };
}

function groupLives(child) {
  if (process.platform === 'win32') {
    return child.exitCode === null && child.signalCode === null;
  }
  try {
    process.kill(-child.pid, 0);
    return true;
  } catch {
    return false;
  }
}

function signalGroup(pid, signal) {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // Nothing of the group is left.
  }
}

/**
 * Runs a command to its end.
 *
 * @returns `{ code, output }`; a signal that ended it counts as code 128
 */
export async function runChild(options) {
  const output = [];
  const { running, ...rest } = options;
  const child = startChild({
    ...rest,
    onLine(line) {
      output.push(line);
      options.onLine?.(line);
    },
  });
  running?.add(child);
  const { code } = await child.exited;
  running?.delete(child);
  return { code: code ?? 128, output: output.join('\n') };
}

/**
 * The children of one run. Ends all of them when this process is asked to stop, and when it stops for any other reason.
 */
export class Children {
  #children = new Set();
  #stopping;

  /** @param options - `onStop(signal)` is called once, before the children are ended */
  constructor(options = {}) {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        if (this.#stopping) {
          return;
        }
        options.onStop?.(signal);
        this.stop(signal === 'SIGINT' ? 130 : 143);
      });
    }
    process.on('exit', () => {
      for (const child of this.#children) {
        child.killNow();
      }
    });
    this.#watchNpm();
  }

  get stopping() {
    return this.#stopping !== undefined;
  }

  add(child) {
    this.#children.add(child);
    return child;
  }

  delete(child) {
    this.#children.delete(child);
  }

  /** Ends every child, then this process with `code`. */
  stop(code) {
    this.#stopping ??= (async () => {
      await Promise.all([...this.#children].map(child => child.end()));
      process.exit(code);
    })();
    return this.#stopping;
  }

  // Killed outright, npm and yarn leave the script behind. Without them the parent is a shell, which may well end
  // while what it started in the background goes on.
  #watchNpm() {
    if (!process.env.npm_lifecycle_event || process.platform === 'win32') {
      return;
    }
    const parent = process.ppid;
    const starter = starterPid(parent);
    setInterval(() => {
      if (process.ppid !== parent || !isAlive(starter)) {
        this.stop(143);
      }
    }, 1000).unref();
  }
}

// npm runs a script in a shell, which outlives it; yarn's shell is yarn itself.
function starterPid(parent) {
  const { status, stdout } = spawnSync(
    'ps',
    ['-o', 'ppid=,comm=', '-p', String(parent)],
    { encoding: 'utf8' },
  );
  const [, grandparent, command] =
    (status === 0 && /^\s*(\d+)\s+(.*)$/m.exec(stdout)) || [];
  return /(^|\/)-?(ba|da|z)?sh$/.test(command?.trim())
    ? Number(grandparent)
    : parent;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

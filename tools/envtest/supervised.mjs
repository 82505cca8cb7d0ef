import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/**
 * Starts processes that end with this one, however it ends.
 *
 * @param {{folder: string, afterwards: 'remove' | 'keep'}} options - `folder` is removed at the end, or kept
 */
export async function supervised({ folder, afterwards }) {
  const script = join(
    dirname(fileURLToPath(import.meta.url)),
    'supervisor.mjs',
  );
  const supervisor = spawn(process.execPath, [script, folder, afterwards], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {},
  });
  await once(supervisor, 'spawn');
  supervisor.stdin.on('error', () => {});

  const running = new Map();
  const waiting = new Set();
  createInterface({ input: supervisor.stdout }).on('line', line => {
    const { started, exited } = JSON.parse(line);
    if (started) running.set(started.name, started.pid);
    if (exited) running.delete(exited.name);
    for (const wake of waiting) wake({ started, exited });
  });
  let over = false;
  supervisor.on('exit', () => {
    over = true;
    running.clear();
    for (const wake of waiting) wake({ over: true });
  });

  // A starter that forgets to stop must still be able to end, so nothing here holds it up unless it waits.
  const handles = [supervisor, supervisor.stdout, supervisor.stdin];
  const hold = () => handles.forEach(handle => handle.ref());
  const release = () => handles.forEach(handle => handle.unref());
  release();

  const event = (matches, act) =>
    new Promise(resolve => {
      hold();
      const wake = message => {
        if (!message.over && !matches(message)) return;
        waiting.delete(wake);
        if (waiting.size === 0) release();
        resolve(message);
      };
      waiting.add(wake);
      if (over) {
        wake({ over: true });
      } else {
        act();
      }
    });
  const send = message =>
    supervisor.stdin.write(`${JSON.stringify(message)}\n`);

  return {
    /** The running processes by name. */
    processes() {
      return [...running].map(([name, pid]) => ({ name, pid }));
    },
    isRunning(name) {
      return running.has(name);
    },
    async start({ name, command, args, logFile }) {
      const { exited, over: lost } = await event(
        ({ started, exited: early }) =>
          started?.name === name || early?.name === name,
        () => send({ start: { name, command, args, logFile } }),
      );
      if (exited || lost) {
        throw new Error(
          `${name} could not be started: ${
            exited?.reason ?? 'the supervisor ended'
          }`,
        );
      }
    },
    /** Sends the signal and waits for the end; after `graceMs` kills. */
    async end({ name, signal, graceMs }) {
      if (!running.has(name)) return;
      const late = setTimeout(
        () => send({ signal: { name, signal: 'SIGKILL' } }),
        graceMs,
      );
      await event(
        ({ exited }) => exited?.name === name,
        () => send({ signal: { name, signal } }),
      );
      clearTimeout(late);
    },
    /** Ends everything that still runs and waits until the folder is dealt with. */
    async close() {
      if (over) return;
      await event(
        () => false,
        () => supervisor.stdin.end(),
      );
    },
  };
}

/**
 * The last lines of a log, for messages.
 *
 * @param {string} file
 */
export async function tail(file) {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-8).join('\n');
}

// Owns the processes of one envtest. It lives in a session of its own, so that Ctrl-C reaches only its
// starter, and it reads its starter through a pipe: when that ends, for whatever reason, everything here ends.
//
// stdin, one JSON document a line:   {"start": {"name", "command", "args", "logFile"}}
//                                    {"signal": {"name", "signal"}}
// stdout, one JSON document a line:  {"started": {"name", "pid"}}, {"exited": {"name", "reason"}}

import { spawn } from 'node:child_process';
import { openSync, closeSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const folder = process.argv[2];
const afterwards = process.argv[3];
const children = new Map();
let ending = false;

function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function end() {
  ending = true;
  for (const child of children.values()) {
    child.kill('SIGKILL');
  }
  if (children.size === 0) {
    if (afterwards === 'remove') {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
    process.exit(0);
  }
}

function start({ name, command, args, logFile }) {
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, { stdio: ['ignore', log, log] });
  closeSync(log);
  children.set(name, child);
  let over = false;
  const gone = reason => {
    if (over) return;
    over = true;
    children.delete(name);
    say({ exited: { name, reason } });
    if (ending) end();
  };
  child.on('spawn', () => say({ started: { name, pid: child.pid } }));
  child.on('error', error => gone(error.message));
  child.on('exit', (code, signal) =>
    gone(signal ? `signal ${signal}` : `exit code ${code}`),
  );
}

process.stdout.on('error', () => {});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, end);
}
const lines = createInterface({ input: process.stdin });
lines.on('line', line => {
  if (ending) return;
  const message = JSON.parse(line);
  if (message.start) start(message.start);
  if (message.signal) {
    children.get(message.signal.name)?.kill(message.signal.signal);
  }
});
lines.on('close', end);

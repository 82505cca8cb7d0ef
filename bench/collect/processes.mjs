import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { checkout } from '../../tools/toolchain/checkout.mjs';

const packageFolder = join(checkout, 'plugins', 'security-profiles-backend');
const { resolve } = createRequire(join(packageFolder, 'package.json'));
const transform = resolve('@backstage/cli-node/config/nodeTransform.cjs', {
  paths: [resolve('@backstage/cli/package.json')],
});

/** Starts a child with its options; resolves with its first message. */
export async function startChild(name, options) {
  const child = fork(
    join(checkout, 'bench', 'collect', 'children', `${name}.mjs`),
    [],
    {
      execArgv: ['--expose-gc', '--require', transform],
      cwd: packageFolder,
      env: { ...process.env, NODE_ENV: 'development', NODE_OPTIONS: '' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  // No argument: the entities of a large catalog are longer than one may be.
  child.send(options);
  const message = await new Promise((resolveMessage, reject) => {
    child.on('message', received => {
      // The transform of TypeScript tells its parent which files it has read.
      if (received.result) resolveMessage(received.result);
    });
    child.once('exit', code =>
      reject(new Error(`The child ${name} ended (${code}) without a result`)),
    );
  });
  return {
    message,
    stop: () =>
      new Promise(stopped => {
        child.removeAllListeners('exit');
        if (child.exitCode !== null) {
          stopped();
        } else {
          child.once('exit', stopped);
          child.kill('SIGTERM');
        }
      }),
  };
}

/** The result of a child that measures once. */
export async function runChild(name, options) {
  const { message, stop } = await startChild(name, options);
  await stop();
  return message;
}

import { watch } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkout } from './checkout.mjs';
import { endWithParentArgs, startChild } from './childProcess.mjs';

/**
 * Starts the backend from source and starts it again when a file that it has loaded changes.
 *
 * `backstage-cli package start` does the same, but goes on waiting when the backend has died, so a start that failed
 * could not be told from a slow one.
 *
 * @param options - `toolchain`, `configs`, `children`, `logFile`, `onLine`, and `onExit(child, exit)`, called when the
 *   backend ends of itself, with `exit.afterChange` telling whether a changed file had restarted it
 */
export function startBackend(options) {
  const { toolchain, configs, children } = options;
  const folder = join(checkout, 'packages', 'backend');
  const transform = createRequire(join(folder, 'package.json')).resolve(
    '@backstage/cli-node/config/nodeTransform.cjs',
    {
      paths: [
        folder,
        dirname(
          createRequire(join(checkout, 'package.json')).resolve(
            '@backstage/cli/package.json',
          ),
        ),
      ],
    },
  );
  const watched = new Map();
  let child;
  let afterChange = false;
  let pending;

  function start() {
    const current = startChild({
      name: 'backend',
      command: toolchain.node,
      args: [
        '--enable-source-maps',
        ...endWithParentArgs,
        '--require',
        transform,
        'src/index',
        ...configs.flatMap(file => ['--config', file]),
      ],
      cwd: folder,
      env: { ...toolchain.env, ...options.env, NODE_ENV: 'development' },
      logFile: options.logFile,
      onLine: options.onLine,
      onMessage(message) {
        if (message?.type === 'watch') {
          watchFile(message.path);
        }
      },
    });
    child = children.add(current);
    current.exited.then(exit => {
      children.delete(current);
      if (current === child && !children.stopping) {
        child = undefined;
        options.onExit(current, { ...exit, afterChange });
      }
    });
  }

  // Whole folders: editors replace a file, and a watch of the file itself would end with the old one.
  function watchFile(location) {
    const path = location.startsWith('file:')
      ? fileURLToPath(location)
      : location;
    const parent = dirname(path);
    const names = watched.get(parent) ?? new Set();
    names.add(basename(path));
    if (!watched.has(parent)) {
      watched.set(parent, names);
      watch(parent, { persistent: false }, (_event, name) => {
        if (names.has(name)) {
          clearTimeout(pending);
          pending = setTimeout(restart, 200);
        }
      });
    }
  }

  async function restart() {
    if (children.stopping) {
      return;
    }
    afterChange = true;
    options.onRestart();
    const previous = child;
    child = undefined;
    await previous?.end();
    if (!children.stopping) {
      start();
    }
  }

  start();
}

// What `npm start` runs. Needs Node 20 or newer and npm, and nothing installed.
import { delimiter, join } from 'node:path';
import {
  cacheFolder,
  callersFolder,
  checkout,
  ToolchainError,
} from './checkout.mjs';
import { startBackend } from './backendProcess.mjs';
import { Children, endWithParentArgs, startChild } from './childProcess.mjs';
import { ensureInstalled } from './install.mjs';
import { configFiles } from './portalConfig.mjs';
import { checkPorts, readPort } from './ports.mjs';
import {
  checkBackend,
  checkDemoBackend,
  checkFrontend,
  waitFor,
} from './readiness.mjs';
import { parseStartOptions, startHelp } from './startOptions.mjs';
import { ensureToolchain } from './toolchain.mjs';

const deadline = 240_000;
const say = text => console.log(text);

const waiting = new AbortController();
const children = new Children({
  onStop(signal) {
    waiting.abort();
    say(`\n${signal}: ending the portal`);
  },
});

async function main() {
  const options = parseStartOptions(process.argv.slice(2), {
    folder: callersFolder(),
    env: process.env,
  });
  if (options.help) {
    say(startHelp);
    return;
  }
  const ports = {
    frontend: readPort(process.env, 'PORT', 3000),
    backend: readPort(process.env, 'BACKEND_PORT', 7007),
  };
  const wanted = [
    { what: 'the backend', variable: 'BACKEND_PORT', port: ports.backend },
  ];
  if (!options.backendOnly) {
    wanted.unshift({
      what: 'the frontend',
      variable: 'PORT',
      port: ports.frontend,
    });
  }
  await checkPorts(wanted);

  const toolchain = await ensureToolchain({ children });
  await ensureInstalled({ toolchain, children });
  if (children.stopping) {
    return;
  }

  const configs = configFiles(options, ports);
  say(
    options.backendOnly
      ? `Starting the backend on port ${ports.backend}`
      : `Starting the frontend on port ${ports.frontend} and the backend on port ${ports.backend}`,
  );
  const ended = (child, { code, signal }) => {
    if (children.stopping) {
      return;
    }
    waiting.abort();
    console.error(
      `The ${child.name} ended with ${
        signal ?? `code ${code}`
      }. Its last lines:\n${child
        .lastLines()
        .map(line => `  ${line}`)
        .join('\n')}\nAll of them: ${child.logFile}`,
    );
    children.stop(code || 1);
  };
  const onLine = options.verbose ? line => say(line) : undefined;
  startBackend({
    toolchain,
    configs,
    children,
    env: options.kubeconfig && {
      KUBECONFIG: options.kubeconfig.paths.join(delimiter),
    },
    logFile: logOf('backend', ports.backend),
    onLine,
    onRestart: () => say('A file of the backend changed: restarting it'),
    onExit(child, exit) {
      if (exit.afterChange && !waiting.signal.aborted) {
        console.error(
          [
            'The backend does not start with this change:',
            ...child.lastLines().map(line => `  ${line}`),
            'It starts again with the next one.',
          ].join('\n'),
        );
      } else {
        ended(child, exit);
      }
    },
  });
  if (!options.backendOnly) {
    const frontend = children.add(
      startFrontend({ toolchain, configs, onLine, port: ports.frontend }),
    );
    frontend.exited.then(exit => ended(frontend, exit));
  }

  const backendUrl = `http://127.0.0.1:${ports.backend}`;
  const frontendUrl = `http://127.0.0.1:${ports.frontend}`;
  const checks = [
    waitFor(
      () =>
        options.kubeconfig
          ? checkBackend(backendUrl)
          : checkDemoBackend(backendUrl),
      { what: 'the backend', deadline, signal: waiting.signal, say },
    ),
  ];
  if (!options.backendOnly) {
    checks.push(
      waitFor(() => checkFrontend(frontendUrl), {
        what: 'the frontend',
        deadline,
        signal: waiting.signal,
        say,
      }),
    );
  }
  try {
    await Promise.all(checks);
  } catch (error) {
    if (!children.stopping) {
      fail(error);
      console.error(`What they printed: ${join(cacheFolder, 'start')}`);
      await children.stop(1);
    }
    return;
  }
  say(`The portal is ready: ${options.backendOnly ? backendUrl : frontendUrl}`);
}

function startFrontend({ toolchain, configs, onLine, port }) {
  return startChild({
    name: 'frontend',
    command: toolchain.node,
    args: [
      ...endWithParentArgs,
      join(
        checkout,
        'node_modules',
        '@backstage',
        'cli',
        'bin',
        'backstage-cli',
      ),
      'package',
      'start',
      ...configs.flatMap(file => ['--config', file]),
    ],
    cwd: join(checkout, 'packages', 'app'),
    env: { ...toolchain.env, NODE_ENV: 'development', BROWSER: 'none' },
    logFile: logOf('frontend', port),
    onLine,
    onMessage() {},
  });
}

function logOf(name, port) {
  return join(cacheFolder, 'start', `${name}-${port}.log`);
}

function fail(error) {
  console.error(error instanceof ToolchainError ? error.message : error);
  process.exitCode = 1;
}

main().catch(error => {
  if (!children.stopping) {
    fail(error);
    children.stop(1);
  }
});

// What `npm test` runs, in this order. To add a suite, add an object:
//
//   name       what `npm test -- <filter>` is compared with
//   needsFile  the suite is left out where this file does not exist; optional
//   accepts    (file) => whether a file given on the command line belongs here; without it the suite runs no single files
//   means      async () => what is missing on this machine and how to get it, or undefined; optional
//   run        async (context) => { passed, failed, skipped, output, missing? }
//
// A context has `execute({ command, args, env })`, which runs something from the root of the checkout, `node`,
// `resultFile`, and `files` where the person named some. `missing` is what `means` returns, for a part of a suite.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkout, readJson } from './checkout.mjs';
import {
  findBrowser,
  findCommand,
  findPostgres,
  postgresVariable,
} from './means.mjs';
import { workspaceManifests } from './install.mjs';
import { countJest, countNodeTests, countOne, countTotals } from './counts.mjs';

const backendRoles = ['backend', 'backend-plugin', 'backend-plugin-module'];
// Tests of this name need a real Kubernetes API server.
const clusterTests = 'realApiServer\\.test\\.tsx?$';
const envtest = 'tools/envtest';
const cli = join('node_modules', '@backstage', 'cli', 'bin', 'backstage-cli');

/** A suite of a single command that passes or fails as a whole. */
function commandSuite(name, args) {
  return {
    name,
    async run({ execute, node }) {
      return countOne(await execute({ command: node, args }));
    },
  };
}

/**
 * A suite of Jest tests.
 *
 * @param suite - `roles(role)` chooses workspaces by their Backstage role; `paths` is the part of Jest's command line
 *   that chooses among their tests; `before` is a command line that the run is put behind; `environment()` gives `env`
 *   and `missing`; the rest is as in the list above
 */
function jestSuite(suite) {
  const { roles, paths, before = [], environment, ...rest } = suite;
  const packages = () =>
    workspaceManifests()
      .map(file => ({
        folder: dirname(file),
        ...readJson(join(checkout, file)),
      }))
      .filter(
        ({ scripts, backstage }) => scripts?.test && roles(backstage?.role),
      );
  return {
    accepts: file =>
      /\.test\.[jt]sx?$/.test(file) &&
      !new RegExp(clusterTests).test(file) &&
      packages().some(({ folder }) => file.startsWith(`${folder}/`)),
    async run({ execute, node, files, resultFile }) {
      const { env, missing } = (await environment?.()) ?? {};
      const result = await execute({
        command: node,
        args: [
          ...before,
          ...(before.length ? [node] : []),
          cli,
          'repo',
          'test',
          '--watch=false',
          '--json',
          `--outputFile=${resultFile}`,
          // The first test of a file also loads what it imports, which takes its time on a busy machine.
          '--testTimeout=30000',
          ...(files ? ['--runTestsByPath', ...files] : paths),
          '--selectProjects',
          ...packages().map(({ name }) => name),
        ],
        env: { NODE_ENV: 'test', ...env },
      });
      return { ...countJest(result, readJson(resultFile)), missing };
    },
    ...rest,
  };
}

/** A suite of `node --test`. */
function nodeSuite(suite) {
  const { patterns, ...rest } = suite;
  return {
    async run({ execute, node, files = patterns }) {
      return countNodeTests(
        await execute({
          command: node,
          args: ['--test', '--test-reporter=spec', ...files],
        }),
      );
    },
    ...rest,
  };
}

/** The environment of backend tests; `part` is the part of the suite that is left out without PostgreSQL. */
async function postgresEnvironment(part) {
  const postgres = await findPostgres();
  return {
    missing: postgres.missing && `${part}: ${postgres.missing}`,
    env: {
      BACKSTAGE_TEST_DISABLE_DOCKER: '1',
      // Without the variable backend-test-utils leaves PostgreSQL out without a word.
      [postgresVariable]: postgres.connection ?? '',
    },
  };
}

async function goOrServer() {
  return process.env.KUBEBUILDER_ASSETS || findCommand('go')
    ? undefined
    : 'no Go here to build a Kubernetes API server with; install Go (https://go.dev/dl), or set KUBEBUILDER_ASSETS to a folder with kube-apiserver and etcd';
}

/** The suites that this checkout has. */
export const suites = [
  commandSuite('types', [join('node_modules', 'typescript', 'bin', 'tsc')]),
  commandSuite('generated', [join('tools', 'generate', 'main.mjs'), '--check']),
  commandSuite('format', [
    join('node_modules', 'prettier', 'bin-prettier.js'),
    '--check',
    '--cache',
    '--cache-strategy=content',
    '--cache-location=.cache/prettier',
    '--loglevel=warn',
    '.',
  ]),
  commandSuite('lint', [
    cli,
    'repo',
    'lint',
    '--success-cache',
    '--success-cache-dir=.cache/lint',
    '--max-warnings=0',
  ]),
  commandSuite('imports', [join('tools', 'imports', 'check.mjs')]),
  nodeSuite({
    name: 'tools',
    accepts: file =>
      /^tools\/.*\.test\.mjs$/.test(file) && !file.startsWith(`${envtest}/`),
    patterns: ['tools/!(envtest)/**/*.test.mjs'],
  }),
  jestSuite({
    name: 'unit',
    roles: role => !backendRoles.includes(role),
    paths: [],
  }),
  jestSuite({
    name: 'database+http',
    roles: role => backendRoles.includes(role),
    paths: ['--testPathIgnorePatterns', '/node_modules/', clusterTests],
    environment: () => postgresEnvironment('database (PostgreSQL)'),
  }),
  nodeSuite({
    name: 'envtest',
    needsFile: `${envtest}/main.mjs`,
    accepts: file => file.startsWith(`${envtest}/`),
    means: goOrServer,
    patterns: [`${envtest}/**/*.test.mjs`],
  }),
  jestSuite({
    name: 'cluster',
    needsFile: `${envtest}/main.mjs`,
    accepts: file => new RegExp(clusterTests).test(file),
    means: goOrServer,
    roles: role => backendRoles.includes(role),
    paths: ['--testPathPatterns', clusterTests],
    before: [`${envtest}/main.mjs`, 'run', '--'],
    environment: () => postgresEnvironment('cluster (two replicas)'),
  }),
  {
    name: 'bench',
    needsFile: join('bench', 'collect', 'main.mjs'),
    means: goOrServer,
    async run({ execute, node }) {
      // Without thresholds: only that it still runs.
      return countOne(
        await execute({
          command: node,
          args: [join('bench', 'collect', 'main.mjs'), '--small'],
        }),
      );
    },
  },
  {
    ...commandSuite('bundle', [join('tools', 'bundle', 'main.mjs')]),
    needsFile: join('tools', 'bundle', 'main.mjs'),
  },
  {
    name: 'browser',
    async means() {
      return findBrowser()
        ? undefined
        : 'no Chrome or Chromium here: install one (apt-get install chromium), or set CHROMIUM_PATH to its binary';
    },
    async run({ execute, node }) {
      return countTotals(
        await execute({
          command: node,
          args: [join('e2e-tests', 'run.mjs')],
          env: { CHROMIUM_PATH: findBrowser() },
        }),
      );
    },
    needsFile: join('e2e-tests', 'run.mjs'),
  },
].filter(
  ({ needsFile }) => !needsFile || existsSync(join(checkout, needsFile)),
);

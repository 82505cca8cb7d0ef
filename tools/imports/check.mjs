// Checks the import rules of .dependency-cruiser.cjs for the checkout in the current folder.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const at = path => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const { status } = spawnSync(
  process.execPath,
  [
    at('node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
    '--config',
    at('.dependency-cruiser.cjs'),
    '--output-type',
    'err-long',
    'packages/*/src',
    'plugins/*/src',
  ],
  { stdio: 'inherit' },
);
process.exitCode = status === 0 ? 0 : 1;

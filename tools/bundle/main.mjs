// Compares what our pages make a browser load with budget.json: node tools/bundle/main.mjs [--no-build]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkout, readJson } from '../toolchain/checkout.mjs';
import { measurePage, readBuild } from './measure.mjs';

const app = join(checkout, 'packages', 'app');
const cli = join(
  checkout,
  ...['node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'],
);
const shown = 8;
const kilobytes = bytes => `${(bytes / 1024).toFixed(1)} KB`;

/** Builds the app for production. What it prints matters only when it fails. */
function build() {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'package', 'build'],
    { cwd: app, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (status !== 0) {
    throw new Error(`The app could not be built.\n${stdout}\n${stderr}`);
  }
}

/** What our plugins depend on at run time. */
function dependencies() {
  return ['security-profiles', 'security-profiles-common'].flatMap(name =>
    Object.keys(
      readJson(join(checkout, 'plugins', name, 'package.json')).dependencies,
    ),
  );
}

function main() {
  const { values } = parseArgs({
    options: { 'no-build': { type: 'boolean', default: false } },
  });
  if (!values['no-build']) {
    build();
  }
  const budget = readJson(join(checkout, 'tools', 'bundle', 'budget.json'));
  const brought = dependencies();
  const built = readBuild(join(app, 'dist'));
  let failed = 0;
  for (const { name, entry, gzipKilobytes } of budget.pages) {
    const { bytes, chunks, sources } = measurePage({
      build: built,
      entry,
      app: budget.app,
      brought,
    });
    const isLarger = bytes > gzipKilobytes * 1024;
    console.log(
      `${isLarger ? 'TOO LARGE' : 'ok'}  ${name}: ${kilobytes(
        bytes,
      )} of ${gzipKilobytes} KB with gzip`,
    );
    console.log(
      `    chunks: ${chunks
        .map(chunk => `${chunk.name} ${kilobytes(chunk.bytes)}`)
        .join(', ')}`,
    );
    if (isLarger) {
      failed += 1;
      console.log(
        `    largest before compression: ${sources
          .slice(0, shown)
          .map(source => `${source.name} ${kilobytes(source.bytes)}`)
          .join(', ')}`,
      );
      console.log(
        '    Load less, or load it later with import(). To grant more, change tools/bundle/budget.json and say why in the commit.',
      );
    }
  }
  return failed ? 1 : 0;
}

process.exitCode = main();

// What `npm test` runs. Needs Node 20 or newer and npm, and nothing installed. The suites are in suites.mjs.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import {
  cacheFolder,
  callersFolder,
  checkout,
  ToolchainError,
} from './checkout.mjs';
import { Children, runChild } from './childProcess.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureToolchain } from './toolchain.mjs';

const help = `Runs the tests: npm test -- [filter]…

A filter is a part of a suite's name, or the path of a test file.`;

const children = new Children();

async function main() {
  const filters = process.argv.slice(2);
  if (filters.includes('--help')) {
    console.log(help);
    return 0;
  }
  const unknown = filters.find(filter => filter.startsWith('-'));
  if (unknown) {
    throw new ToolchainError(`Unknown option ${unknown}.\n\n${help}`);
  }
  const toolchain = await ensureToolchain({ children });
  await ensureInstalled({ toolchain, children });
  const { suites } = await import('./suites.mjs');

  const totals = { passed: 0, failed: 0, skipped: 0 };
  const missing = [];
  for (const { suite, files } of select(suites, filters)) {
    const result = await runSuite({ suite, files, toolchain });
    if (result.missing) {
      missing.push(result.missing);
      totals.skipped += 1;
    }
    for (const key of Object.keys(totals)) {
      totals[key] += result[key];
    }
  }
  for (const line of missing) {
    console.log(`SKIPPED ${line}`);
  }
  if (missing.length && process.env.CI === 'true') {
    console.log('With CI=true nothing may be skipped for want of means.');
  }
  console.log(
    `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`,
  );
  return totals.failed || (missing.length && process.env.CI === 'true') ? 1 : 0;
}

/** The suites to run, with the files of each where the filters are files. */
function select(suites, filters) {
  if (!filters.length) {
    return suites.map(suite => ({ suite }));
  }
  const selected = new Map();
  for (const filter of filters) {
    const file = asFile(filter);
    const matching = suites.filter(suite =>
      file ? suite.accepts?.(file) : suite.name.includes(filter),
    );
    if (!matching.length) {
      throw new ToolchainError(
        file
          ? `No suite runs ${file} alone.`
          : `No suite is called like "${filter}", and there is no such file. Suites: ${suites
              .map(({ name }) => name)
              .join(', ')}`,
      );
    }
    for (const suite of matching) {
      const files = selected.get(suite) ?? [];
      selected.set(suite, file ? [...files, file] : files);
    }
  }
  return [...selected].map(([suite, files]) => ({
    suite,
    files: files.length ? files : undefined,
  }));
}

// Relative to the checkout, with forward slashes; undefined for what is no file.
function asFile(filter) {
  for (const folder of [callersFolder(), checkout]) {
    const path = resolve(folder, filter);
    if (/\.[a-z]+$/.test(filter) && existsSync(path)) {
      return relative(checkout, path).replaceAll('\\', '/');
    }
  }
  return undefined;
}

async function runSuite({ suite, files, toolchain }) {
  const started = Date.now();
  process.stdout.write(`${suite.name} … `);
  const nothing = { passed: 0, failed: 0, skipped: 0, output: '' };
  const reason = await suite.means?.();
  if (reason) {
    console.log('skipped');
    return { ...nothing, missing: `${suite.name}: ${reason}` };
  }
  const folder = join(cacheFolder, 'test');
  mkdirSync(folder, { recursive: true });
  const resultFile = join(
    folder,
    `${suite.name.replace(/\W/g, '-')}-${process.pid}.json`,
  );
  const result = await suite
    .run({
      node: toolchain.node,
      files,
      resultFile,
      execute: ({ command, args, env }) =>
        runChild({
          name: suite.name,
          running: children,
          command,
          args,
          cwd: checkout,
          env: { ...toolchain.env, ...env },
        }),
    })
    .catch(error => ({
      ...nothing,
      failed: 1,
      output: error.stack ?? String(error),
    }));
  rmSync(resultFile, { force: true });
  if (children.stopping) {
    await children.stop(1);
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  const parts = ['passed', 'failed', 'skipped']
    .filter(key => result[key] || key === 'passed')
    .map(key => `${result[key]} ${key}`);
  console.log(`${parts.join(', ')} (${seconds} s)`);
  if (result.failed) {
    console.log(
      result.output
        .split('\n')
        .map(line => `  ${line}`)
        .join('\n'),
    );
  }
  return result;
}

main().then(
  code => process.exit(code),
  error => {
    if (!children.stopping) {
      console.error(error instanceof ToolchainError ? error.message : error);
      process.exit(1);
    }
  },
);

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout that this file lies in. */
export const checkout = join(
  dirname(fileURLToPath(import.meta.url)),
  '..',
  '..',
);

/** Where everything lies that can be fetched or made again. */
export const cacheFolder = join(checkout, '.cache');

/** A failure whose message is all that a reader needs: no stack is printed. */
export class ToolchainError extends Error {
  name = 'ToolchainError';
}

/** The folder that the person stood in: npm and yarn change it to the root of the checkout before they run a script. */
export function callersFolder(env = process.env) {
  return (env.npm_lifecycle_event && env.INIT_CWD) || process.cwd();
}

/** Parses a JSON file; undefined where there is none. */
export function readJson(file) {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  return JSON.parse(text);
}

/**
 * Says what is being done and, after it, how long it took: `Installing dependencies … 43 s`.
 * Steps that write a lot write to a file meanwhile, so that the line stays whole.
 */
export async function step(text, work) {
  const started = Date.now();
  process.stdout.write(`${text} … `);
  try {
    const result = await work();
    process.stdout.write(`${Math.round((Date.now() - started) / 1000)} s\n`);
    return result;
  } catch (error) {
    process.stdout.write('failed\n');
    throw error;
  }
}

import { readFile, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Writes generated files; with `--check` on the command line it writes nothing, names the files that are out of date and
 * the command that mends them, and the process fails.
 *
 * @param {Map<URL, string>} outputs - content by file
 */
export async function writeOutputs(outputs) {
  for (const [file, content] of outputs) {
    const present = await readFile(file, 'utf8').catch(() => undefined);
    if (present === content) {
      continue;
    }
    const name = relative(checkout, fileURLToPath(file));
    if (process.argv.includes('--check')) {
      process.exitCode = 1;
      console.error(`${name} is out of date: run \`yarn generate\``);
    } else {
      await writeFile(file, content);
      console.log(`wrote ${name}`);
    }
  }
}

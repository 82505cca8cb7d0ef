// Writes what is derived from openapi.yaml: the TypeScript types of the wire, and the document itself as a module,
// since a yaml file does not travel with a built package. `--check` writes nothing and fails when a file is out of date.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';

const folder = new URL(
  '../../plugins/security-profiles-common/',
  import.meta.url,
);
const source = new URL('openapi.yaml', folder);
const note =
  '// Made from openapi.yaml by `yarn generate`. Do not edit.\n/* eslint-disable */\n';

const document = parse(await readFile(source, 'utf8'));
const outputs = new Map([
  [
    new URL('src/openapi.generated.ts', folder),
    `${note}\n${astToString(await openapiTypescript(source))}`,
  ],
  [
    new URL('src/openapiDocument.generated.ts', folder),
    `${note}\n/** The OpenAPI document of the HTTP API. @public */\nexport const openapiDocument: Record<string, unknown> = ${JSON.stringify(
      document,
      undefined,
      2,
    )};\n`,
  ],
]);

let stale = 0;
for (const [file, content] of outputs) {
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present === content) {
    continue;
  }
  if (process.argv.includes('--check')) {
    stale += 1;
    console.error(
      `${fileURLToPath(file)} is out of date: run \`yarn generate\``,
    );
  } else {
    await writeFile(file, content);
    console.log(`wrote ${fileURLToPath(file)}`);
  }
}
process.exitCode = stale ? 1 : 0;

// Writes what is derived from openapi.yaml: the TypeScript types of the wire, and the document itself as a module,
// since a yaml file does not travel with a built package. `--check` writes nothing and fails when a file is out of date.
import { readFile } from 'node:fs/promises';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';
import { writeOutputs } from './writeOutputs.mjs';

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

await writeOutputs(outputs);

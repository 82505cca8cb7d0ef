// Writes docs/findings.md from the catalogue of findings, so that the page and the code say the same.
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { importTypeScript } from './importTypeScript.mjs';
import { describeFindings } from './describeFindings.mjs';
import { writeOutputs } from './writeOutputs.mjs';

const page = new URL('../../docs/findings.md', import.meta.url);
const { findingCatalogue } = await importTypeScript(
  new URL(
    '../../packages/analysis/src/posture/findings/catalogue.ts',
    import.meta.url,
  ),
);
const style = await prettier.resolveConfig(fileURLToPath(page));
await writeOutputs(
  new Map([
    [
      page,
      prettier.format(describeFindings(findingCatalogue), {
        ...style,
        parser: 'markdown',
      }),
    ],
  ]),
);

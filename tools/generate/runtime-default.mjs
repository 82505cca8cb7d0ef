// Writes packages/analysis/src/profiles/runtimeDefaultTable.ts, the syscalls that RuntimeDefault allows, from the default
// seccomp profile of moby/profiles. Only facts are taken: names, conditions, capabilities, architectures, kernels.
//
//   node tools/generate/runtime-default.mjs v0.2.3                      # reads the tag seccomp/v0.2.3 from GitHub
//   node tools/generate/runtime-default.mjs v0.2.3 path/to/default.json # the same from a file
//
// Run it with the newest tag of https://github.com/moby/profiles/tags, look at the diff, run the tests of
// packages/analysis: a call that moved in or out changes levels and findings.
import { readFile, writeFile } from 'node:fs/promises';
import prettier from 'prettier';

const [version, file] = process.argv.slice(2);
if (!/^v\d+\.\d+\.\d+$/.test(version ?? '')) {
  console.error(
    'Name a version of moby/profiles seccomp, such as v0.2.3, and optionally the file default.json of it.',
  );
  process.exit(1);
}
const url = `https://raw.githubusercontent.com/moby/profiles/seccomp/${version}/seccomp/default.json`;
const text = file
  ? await readFile(file, 'utf8')
  : await (await fetch(url)).text();

const known = new Set(['caps', 'arches', 'minKernel']);
const rules = [];
for (const rule of JSON.parse(text).syscalls) {
  if (rule.action !== 'SCMP_ACT_ALLOW') {
    continue;
  }
  const { includes = {}, excludes = {}, args = [] } = rule;
  for (const key of [...Object.keys(includes), ...Object.keys(excludes)]) {
    if (!known.has(key)) {
      console.error(
        `default.json has a condition "${key}" that this script does not know: teach it and packages/analysis what it means.`,
      );
      process.exit(1);
    }
  }
  const capabilities = (includes.caps ?? []).map(withoutPrefix);
  const withoutCapabilities = (excludes.caps ?? []).map(withoutPrefix);
  rules.push({
    names: [...rule.names].sort(),
    ...(args.length > 0 && {
      args: args.map(({ index, op, value, valueTwo }) => ({
        index: String(index),
        op,
        value: String(value),
        valueTwo: String(valueTwo ?? 0),
      })),
    }),
    ...(capabilities.length > 0 && { capabilities }),
    ...(withoutCapabilities.length > 0 && { withoutCapabilities }),
    ...(includes.arches && { architectures: includes.arches }),
    ...(excludes.arches && { notArchitectures: excludes.arches }),
    ...(includes.minKernel && { minKernel: includes.minKernel }),
  });
}

const target = new URL(
  '../../packages/analysis/src/profiles/runtimeDefaultTable.ts',
  import.meta.url,
);
const source = `// Made by tools/generate/runtime-default.mjs. Do not edit.

/** Under which conditions RuntimeDefault allows calls; every condition that is given must hold. */
export interface RuntimeDefaultRule {
  names: readonly string[];
  /** Conditions on arguments, as in a seccomp profile. */
  args?: readonly { index: string; op: string; value: string; valueTwo: string }[];
  /** All of them are needed; without prefix. */
  capabilities?: readonly string[];
  /** None of them may be held. */
  withoutCapabilities?: readonly string[];
  /** One of them, as in the label \`kubernetes.io/arch\`. */
  architectures?: readonly string[];
  notArchitectures?: readonly string[];
  /** Oldest kernel, as \`4.8\`. */
  minKernel?: string;
}

/** Which profile the table was made from. */
export const runtimeDefaultBaseline = 'moby/profiles seccomp ${version}';

/** What RuntimeDefault allows; everything else it refuses. Source: ${url.replace(
  'raw.githubusercontent.com/moby/profiles',
  'github.com/moby/profiles/blob',
)}. */
export const runtimeDefaultTable: readonly RuntimeDefaultRule[] = ${JSON.stringify(
  rules,
)};
`;
const config = await prettier.resolveConfig(target.pathname);
await writeFile(
  target,
  prettier.format(source, { ...config, parser: 'typescript' }),
);
console.log(`${rules.length} rules from ${file ?? url}`);

function withoutPrefix(capability) {
  return capability.replace(/^CAP_/, '');
}

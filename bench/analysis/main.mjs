// How long the core takes. `node bench/analysis/main.mjs [--out FILE]`; see bench/README.md.
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import stableStringify from 'fast-json-stable-stringify';
import { importTypeScript } from '../../tools/generate/importTypeScript.mjs';
import { measure } from './measure.mjs';
import { entityFacts, profiles } from './subjects.mjs';

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const core = await importTypeScript(
  new URL('../../packages/analysis/src/index.ts', import.meta.url),
);

const now = '2026-11-23T10:00:00Z';
const before = profiles(core);
const after = profiles(core, {
  without: ['mknod', 'chown'],
  added: ['io_uring_setup', 'keyctl'],
});
const facts = entityFacts(core, before);
const [contentBefore, contentAfter] = [before, after].map(list =>
  core.profileContent(
    list[0],
    core.resolveEffectiveProfile(list[0], core.indexProfiles(list)),
  ),
);
const index = core.indexProfiles(before);

const contexts = new core.ClusterContexts();
const posture = core.judgeEntity(facts, core.defaultRuleset, now);
const comparison = core.compareProfiles(contentBefore, contentAfter);
console.log(
  `Subject: ${contentBefore.seccomp.rules.length} rules, judged ${posture.level}; compared ${comparison.class}, ${comparison.lines.length} lines.\n`,
);

const rows = [
  // As the assessor does it: what is true of a cluster is worked out once for all of its entities.
  row('judge one workload of 3 containers, all findings', {
    target: 1,
    run: () => core.judgeEntity(facts, core.defaultRuleset, now, contexts),
  }),
  row('the same, with the cluster worked out anew', {
    run: () => core.judgeEntity(facts, core.defaultRuleset, now),
  }),
  row('resolve and digest a profile with 5 bases', {
    run: () => core.resolveEffectiveProfile(before[0], index),
    peer: {
      name: 'fast-json-stable-stringify and SHA-256, bases not resolved, int64 lost',
      run: () =>
        createHash('sha256')
          .update(stableStringify(before.map(({ spec }) => spec)))
          .digest('hex'),
    },
  }),
  row('distance from RuntimeDefault', {
    run: () =>
      core.distanceFromRuntimeDefault(contentBefore, {
        capabilities: core.capabilitiesOf(undefined),
        architecture: 'amd64',
      }),
  }),
  row('compare two revisions', {
    target: 5,
    run: () => core.compareProfiles(contentBefore, contentAfter),
    peer: {
      name: 'difference of two lists of names',
      run: () => namesDiffer(contentBefore, contentAfter),
    },
  }),
  row('compare two revisions, from the objects on', {
    target: 5,
    run: () => {
      const [one, other] = [before, after].map(list =>
        core.profileContent(
          list[0],
          core.resolveEffectiveProfile(list[0], core.indexProfiles(list)),
        ),
      );
      return core.compareProfiles(one, other);
    },
  }),
];

console.log(
  table([
    [
      'what',
      'median ms',
      'p95 ms',
      'processor ms',
      'target ms',
      'peer: times as long',
    ],
    ...rows.map(({ what, median, p95, processor, target, peer }) => [
      what,
      median.toFixed(3),
      p95.toFixed(3),
      processor.toFixed(3),
      target === undefined ? '' : `${target} ${median <= target ? '✓' : '✗'}`,
      peer ? `${(median / peer.median).toFixed(1)} × ${peer.name}` : '',
    ]),
  ]),
);

const results = {
  bench: 'analysis',
  node: process.version,
  cpu: cpus()[0]?.model,
  results: rows,
};
if (values.out) {
  await writeFile(values.out, `${JSON.stringify(results, undefined, 2)}\n`);
}
process.exitCode = rows.some(
  ({ median, target }) => target !== undefined && median > target,
)
  ? 1
  : 0;

function row(what, { run, target, peer }) {
  return {
    what,
    ...measure(run),
    target,
    ...(peer && { peer: { name: peer.name, ...measure(peer.run) } }),
  };
}

function namesDiffer(one, other) {
  const was = new Set(one.seccomp.rules.map(({ name }) => name));
  const is = new Set(other.seccomp.rules.map(({ name }) => name));
  return [
    [...is].filter(name => !was.has(name)),
    [...was].filter(name => !is.has(name)),
  ];
}

function table(lines) {
  const widths = lines[0].map((_, column) =>
    Math.max(...lines.map(line => line[column].length)),
  );
  return lines
    .map(line =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

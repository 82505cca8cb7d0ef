// How long the rules of approvals and the verifier of their record take. `node bench/reviews/main.mjs [--out FILE]`; see
// bench/README.md.
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { importTypeScript } from '../../tools/generate/importTypeScript.mjs';
import { measure } from '../analysis/measure.mjs';

const { values } = parseArgs({
  options: { out: { type: 'string' }, rows: { type: 'string' } },
});
const core = await importTypeScript(
  new URL('../../packages/analysis/src/index.ts', import.meta.url),
);

const now = '2026-11-23T10:00:00.000Z';
const digest = `sha256:${'a'.repeat(64)}`;
const person = (name, slot) => ({
  ref: `user:default/${name}`,
  slot,
  groupPath: ['group:default/checkout', 'group:default/checkout-inner'],
});
// A request at T3, a vote of each place, a comment: what an approval that holds consists of.
const identities = {
  eligible: [
    ...Array.from({ length: 10 }, (_, index) => person(`o${index}`, 'owner')),
    ...Array.from({ length: 10 }, (_, index) =>
      person(`s${index}`, 'security'),
    ),
  ],
};
const at = '2026-11-20T09:00:00.000Z';
const vote = (seq, name, slot) => ({
  type: 'voted',
  seq,
  at,
  reviewId: 'r1',
  voteId: `v${seq}`,
  voter: `user:default/${name}`,
  decision: 'approve',
  slot,
  groupPath: person(name, slot).groupPath,
  expectedDigest: digest,
});
const events = [
  {
    type: 'requested',
    seq: 1,
    at,
    reviewId: 'r1',
    actor: 'user:default/dev',
    kind: 'content',
    subject: { profileId: 'p1' },
    environment: 'production',
    digest,
    reason: 'It is what the service needs.',
    requestExpiresAt: '2026-12-04T09:00:00.000Z',
    tier: 'T3',
  },
  vote(2, 'o1', 'owner'),
  vote(3, 's1', 'security'),
  vote(4, 's2', 'security'),
];
const decide = () =>
  core.evaluate(
    events,
    { digest, resolution: 'own', tier: 'T3' },
    core.defaultApprovalRules,
    identities,
    now,
  );

/** Rows as they are exported, made one by one: nothing holds all of them. */
function* record(length) {
  let prevHash = core.genesisHash;
  for (let seq = 1; seq <= length; seq += 1) {
    const text = { salt: 'c'.repeat(32), json: `{"comment":"no ${seq}"}` };
    const row = {
      seq,
      prevHash,
      at,
      actor: 'user:default/o1',
      action: 'voted',
      reviewId: `r${seq}`,
      subject: 'b'.repeat(32),
      digest,
      facts: JSON.stringify(events[1]),
      textHash: core.auditTextHash(text, hash),
    };
    prevHash = core.auditRowHash(row, hash);
    yield JSON.stringify({ ...row, hash: prevHash, text });
  }
}

function hash(text) {
  return createHash('sha256').update(text).digest('hex');
}

const { state } = decide();
if (state !== 'approved') {
  throw new Error(`The subject is ${state}, so the figures would say nothing.`);
}
const evaluated = measure(decide);
const perSecond = 1000 / evaluated.median;

const rows = Number(values.rows ?? 500_000);
const verifier = new core.AuditVerifier({ hash });
let spent = 0;
// Without what loading the core from its sources took.
const before = process.memoryUsage().rss;
let most = before;
let rowsRead = 0;
for (const line of record(rows)) {
  const start = performance.now();
  verifier.add(JSON.parse(line));
  spent += performance.now() - start;
  rowsRead += 1;
  if (rowsRead % 1000 === 0) {
    most = Math.max(most, process.memoryUsage().rss);
  }
}
const found = verifier.finish();
const mostMemory = (most - before) / 1024 / 1024;
if (found.result !== 'intact') {
  throw new Error(`The record is broken: ${found.problem?.message}`);
}

const results = [
  {
    name: 'evaluate a request at T3 with three votes, per second',
    value: Math.round(perSecond),
    target: 50_000,
    met: perSecond >= 50_000,
  },
  {
    name: `verify ${rows} rows of the record, seconds`,
    value: Number((spent / 1000).toFixed(1)),
    target: 20,
    met: spent / 1000 <= 20,
  },
  {
    name: 'memory that verifying adds at most, MB',
    value: Math.round(mostMemory),
    target: 200,
    met: mostMemory <= 200,
  },
];
for (const { name, value, target, met } of results) {
  console.log(`${met ? 'met   ' : 'missed'} ${name}: ${value} (${target})`);
}
if (values.out) {
  await writeFile(
    values.out,
    `${JSON.stringify({ machine: cpus()[0]?.model, results }, null, 2)}\n`,
  );
}
process.exitCode = results.every(({ met }) => met) ? 0 : 1;

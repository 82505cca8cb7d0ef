// How long the scorecards take over 10,000 entities. `node bench/scorecards/main.mjs [--entities N] [--out FILE]`; see
// bench/README.md.
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { importTypeScript } from '../../tools/generate/importTypeScript.mjs';
import { openPostgres, openSqlite } from './databases.mjs';
import { fill } from './subjects.mjs';

const { values } = parseArgs({
  options: {
    entities: { type: 'string', default: '10000' },
    runs: { type: 'string', default: '40' },
    out: { type: 'string' },
  },
});
const entities = Number(values.entities);
const runs = Number(values.runs);
const source = new URL(
  '../../plugins/security-profiles-backend/src/scorecards/',
  import.meta.url,
);
const load = file => importTypeScript(new URL(file, source));
const [
  { ScorecardEntitiesReadModel },
  { ScorecardFindingsReadModel },
  { ScorecardGroupsReadModel },
  { ScorecardSummaryReadModel },
  { ElevatedReadModel },
] = await Promise.all(
  [
    'ScorecardEntitiesReadModel.ts',
    'ScorecardFindingsReadModel.ts',
    'ScorecardGroupsReadModel.ts',
    'ScorecardSummaryReadModel.ts',
    'ElevatedReadModel.ts',
  ].map(load),
);
const migrations = fileURLToPath(
  new URL(
    '../../plugins/security-profiles-backend/migrations',
    import.meta.url,
  ),
);
const targets = { PostgreSQL: 100, SQLite: 250 };

function requestsOf(knex, scope) {
  const page = { limit: 50 };
  const findings = new ScorecardFindingsReadModel({ knex });
  const summary = new ScorecardSummaryReadModel({ knex, findings });
  const list = new ScorecardEntitiesReadModel({ knex });
  const groups = new ScorecardGroupsReadModel({ knex });
  const elevated = new ElevatedReadModel({ knex });
  const filter = {};
  return {
    summary: () => summary.get({ filter, scope }),
    'entities, worst first': () =>
      list.list({ filter, sort: 'target', page, scope }),
    'entities of a group and all below': () =>
      list.list({
        filter: { owner: 'group:default/g0' },
        sort: 'score',
        page,
        scope,
      }),
    'groups at the top': () =>
      groups.list({ by: 'owner', filter, page, scope }),
    'groups below one': () =>
      groups.list({
        by: 'owner',
        parent: 'group:default/g0',
        filter,
        page,
        scope,
      }),
    findings: () => findings.list({ filter, page, scope }),
    'who can see everything': () => elevated.list({ filter, page, scope }),
  };
}

async function measure(run) {
  await run();
  const times = [];
  for (let index = 0; index < runs; index += 1) {
    const start = performance.now();
    JSON.stringify(await run());
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return {
    median: times[Math.floor(times.length / 2)],
    p95: times[Math.ceil(times.length * 0.95) - 1],
  };
}

const results = [];
for (const open of [openPostgres, openSqlite]) {
  const database = await open(migrations);
  if (!database) {
    continue;
  }
  const { name, knex, close } = database;
  try {
    const filled = await fill(knex, { entities });
    console.log(
      `${name}: ${filled.entities} entities, ${filled.findings} stored findings (${filled.findingsEach} judged each), ${filled.groups} groups nested ${filled.depth} deep`,
    );
    const viewers = {
      'who sees all': { postures: {}, visible: { scope: 'all' } },
      'who sees half': {
        postures: {},
        visible: { scope: 'some', refs: new Set(filled.half) },
      },
    };
    for (const [viewer, scope] of Object.entries(viewers)) {
      for (const [request, run] of Object.entries(requestsOf(knex, scope))) {
        const { median, p95 } = await measure(run);
        const goal = targets[name];
        results.push({ database: name, viewer, request, median, p95, goal });
        console.log(
          `${p95 <= goal ? 'ok    ' : 'MISSED'} ${(p95 / goal)
            .toFixed(2)
            .padStart(5)} of ${goal} ms  p95 ${p95
            .toFixed(1)
            .padStart(6)} ms  median ${median
            .toFixed(1)
            .padStart(6)} ms  ${viewer}: ${request}`,
        );
      }
    }
  } finally {
    await close();
  }
}
if (values.out) {
  await writeFile(
    values.out,
    `${JSON.stringify(
      {
        machine: { cpu: cpus()[0]?.model, cores: cpus().length },
        node: process.version,
        entities,
        runs,
        results,
      },
      undefined,
      2,
    )}\n`,
  );
}
process.exitCode = results.some(({ p95, goal }) => p95 > goal) ? 1 : 0;

const findingsEach = 40;
const groups = 500;
const depth = 5;
const rowsAtOnce = 200;
const levels = ['exposed', 'accepted', 'baseline', 'profiled', 'unknown'];
const severities = ['critical', 'high', 'medium', 'low'];
const classes = ['ordinary', 'ordinary', 'ordinary', 'ai-agent', 'mesh'];
const environments = ['production', 'staging'];

/** The same numbers in every run. */
function numbers() {
  let state = 42;
  return most => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * most);
  };
}

/** Fills a database with entities, their findings and a tree of owners. */
export async function fill(knex, { entities }) {
  const next = numbers();
  const rows = {
    entities: [],
    postures: [],
    posture_scopes: [],
    posture_findings: [],
    posture_elevated: [],
    memberships: [],
  };
  const half = [];
  for (let index = 1; index < groups; index += 1) {
    // Four groups below each: five levels hold all 500.
    rows.memberships.push({
      member_ref: `group:default/g${index}`,
      group_ref: `group:default/g${Math.floor((index - 1) / 4)}`,
    });
    if (index % 2 === 0) {
      half.push(`group:default/g${index}`);
    }
  }
  for (let index = 0; index < entities; index += 1) {
    const ref = `component:default/service-${index}`;
    const level = levels[next(levels.length)];
    const failing = [];
    if (index % 2 === 0) {
      half.push(ref);
    }
    for (let finding = 0; finding < findingsEach; finding += 1) {
      // One in ten fails, one in ten warns, one in twenty can't be told; the others pass and have no row.
      const status = ['fail', 'fail', 'warn', 'warn', 'unknown'][next(20)];
      if (status) {
        const severity = severities[finding % severities.length];
        rows.posture_findings.push({
          entity_ref: ref,
          finding_id: `finding-${finding}`,
          status,
          severity,
          responsible: 'owner',
          waived: next(50) === 0,
          sole: false,
        });
        failing.push({ id: `finding-${finding}`, severity });
      }
    }
    rows.entities.push({
      entity_ref: ref,
      title: `Service ${index}`,
      owner_ref: `group:default/g${next(groups)}`,
      system_ref: `system:default/s${next(100)}`,
      tags: '[]',
      name: `service-${index}`,
      kubernetes_id: `service-${index}`,
      id_source: 'name',
      content_hash: `${index}`,
    });
    rows.postures.push({
      entity_ref: ref,
      assessed_at: '2026-11-23T09:00:00.000Z',
      rules: 'sp-rules/1',
      level,
      approval: 'missing',
      target_met: ['yes', 'no', 'unknown'][next(3)],
      target_level: 'baseline',
      score: next(100),
      worst_finding: failing[0]?.id ?? null,
      worst_severity: failing[0]?.severity ?? null,
      class: classes[next(classes.length)],
      next_step: 'Set `seccompProfile.type: RuntimeDefault` in Deployment x.',
      body: '{}',
      environments: environments.length,
      open_reviews: next(2),
    });
    for (const environment of environments) {
      rows.posture_scopes.push({
        entity_ref: ref,
        environment,
        level,
        approval: 'missing',
        score: next(100),
        counted: true,
      });
    }
    if (next(10) === 0) {
      rows.posture_elevated.push({
        entity_ref: ref,
        cluster: 'eu',
        environment: 'production',
        workload_id: `w-${index}`,
        namespace: 'shop',
        kind: 'Deployment',
        name: `service-${index}`,
        container: 'main',
        class: 'ordinary',
        level,
        risk: severities[next(2)],
        elevations: '[]',
        grant_state: 'missing',
        grant_expires_at: null,
      });
    }
  }
  for (const [table, all] of Object.entries(rows)) {
    await knex.transaction(async tx => {
      for (let start = 0; start < all.length; start += rowsAtOnce) {
        await tx(table).insert(all.slice(start, start + rowsAtOnce));
      }
    });
  }
  await knex.raw('analyze');
  return {
    entities,
    findings: rows.posture_findings.length,
    findingsEach,
    groups,
    depth,
    half,
  };
}

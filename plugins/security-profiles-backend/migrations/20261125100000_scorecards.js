// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('postures', table => {
    table
      .string('class', 32)
      .notNullable()
      .defaultTo('ordinary')
      .comment('The most demanding class among the workloads');
    table.string('target_level', 16);
    table.string('worst_severity', 16);
    table.text('next_step');
    table
      .integer('environments')
      .notNullable()
      .defaultTo(0)
      .comment('In how many it runs; none: it is in no scorecard');
    table.integer('open_reviews').notNullable().defaultTo(0);
    table.index(['level']);
  });

  await knex.schema.createTable('posture_findings', table => {
    table.comment(
      'Findings that fail, warn or are unknown; what passes or does not apply has no row',
    );
    table.string('entity_ref', 512).notNullable();
    table.string('finding_id', 128).notNullable();
    table.string('status', 16).notNullable();
    table.string('severity', 16).notNullable();
    table.string('responsible', 16).notNullable();
    table.boolean('waived').notNullable();
    table
      .boolean('sole')
      .notNullable()
      .comment('It fails, is not waived, and nothing else of the entity does');
    table.primary(['entity_ref', 'finding_id']);
    // Holds all that counts need.
    table.index(['finding_id', 'status', 'severity', 'waived', 'sole']);
  });

  await knex.schema.createTable('posture_elevated', table => {
    table.comment(
      'Containers of AI agents and eBPF collectors, and those that ask for much of the kernel',
    );
    table.increments('id');
    table.string('entity_ref', 512).notNullable().index();
    table.string('cluster', 253).notNullable().comment('Its name');
    table.string('environment', 253).notNullable();
    table.string('workload_id', 64).notNullable();
    table.string('namespace', 253).notNullable();
    table.string('kind', 63).notNullable();
    table.string('name', 253).notNullable();
    table.string('container', 253).notNullable();
    table.string('class', 32).notNullable();
    table.string('level', 16).notNullable();
    table.string('risk', 16);
    table.text('elevations').notNullable();
    table.string('grant_state', 32).notNullable();
    table.string('grant_expires_at', 32);
  });

  await knex.schema.createTable('posture_history', table => {
    table.comment('One row per entity, environment and day, for trends');
    table.string('entity_ref', 512).notNullable();
    table.string('environment', 253).notNullable();
    table.string('day', 10).notNullable();
    table.string('level', 16).notNullable();
    table.string('approval', 16).notNullable();
    table.float('score');
    table.string('target_met', 16).notNullable();
    table.string('rules', 64).notNullable();
    table.primary(['entity_ref', 'environment', 'day']);
    table.index(['day']);
  });

  // What is stored lacks the new columns: it is judged anew.
  await knex.raw(
    `insert into dirty_entities (entity_ref, version, claimed_until)
     select entity_ref, 1, 0 from postures
     where entity_ref not in (select entity_ref from dirty_entities)`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const name of [
    'posture_history',
    'posture_elevated',
    'posture_findings',
  ]) {
    await knex.schema.dropTable(name);
  }
  await knex.schema.alterTable('postures', table => {
    table.dropIndex(['level']);
    table.dropColumns(
      'class',
      'target_level',
      'worst_severity',
      'next_step',
      'environments',
      'open_reviews',
    );
  });
};

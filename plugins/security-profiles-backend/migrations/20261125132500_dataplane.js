// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('cluster_dataplane', table => {
    table.comment('What is known of a dataplane beside its nodes, by part');
    table.string('cluster_id', 128).notNullable();
    table.string('part', 32).notNullable();
    table.text('facts').notNullable();
    table.primary(['cluster_id', 'part']);
  });

  await knex.schema.createTable('dataplane_feeds', table => {
    table.comment('The last good copy of each feed about Cilium');
    table.string('kind', 32).primary().notNullable();
    table.string('as_of', 32).notNullable();
    table.text('source').notNullable();
    table.string('fetched_at', 32).notNullable();
    table.text('etag');
    table.text('body', 'longtext').notNullable();
  });

  await knex.schema.createTable('dataplane_feed_states', table => {
    table.comment('How the last try to read each feed went');
    table.string('kind', 32).primary().notNullable();
    table.string('tried_at', 32).notNullable();
    table.string('state', 32).notNullable();
    table.text('reason');
    table.string('next_try_at', 32);
  });

  await knex.schema.createTable('cluster_plans', table => {
    table.comment('Planned patch dates, only added to; the newest counts');
    table.increments('id');
    table.string('cluster_id', 128).notNullable().index();
    table.string('version', 64).notNullable();
    table.string('planned_for', 10).notNullable();
    table.string('noted_by', 512).notNullable();
    table.text('reason').notNullable();
    table.string('noted_at', 32).notNullable();
  });

  await knex.schema.createTable('advisory_notices', table => {
    table.comment('Advisories that were found to apply to a cluster');
    table.string('cluster_id', 128).notNullable();
    table.string('advisory_id', 128).notNullable();
    table.string('noticed_at', 32).notNullable();
    table.primary(['cluster_id', 'advisory_id']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const name of [
    'advisory_notices',
    'cluster_plans',
    'dataplane_feed_states',
    'dataplane_feeds',
    'cluster_dataplane',
  ]) {
    await knex.schema.dropTable(name);
  }
};

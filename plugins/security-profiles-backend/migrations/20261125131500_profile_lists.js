// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('profile_contents', table => {
    table.comment('What revisions enforce, each distinct content once');
    table.string('hash', 64).primary().notNullable();
    table.text('content').notNullable();
  });

  await knex.schema.alterTable('profile_revisions', table => {
    table
      .string('content_hash', 64)
      .comment('Null where the content is not known or was not kept')
      .index();
  });

  await knex.schema.alterTable('profiles', table => {
    table.string('content_hash', 64).index();
    table
      .integer('allows_rank')
      .notNullable()
      .defaultTo(-1)
      .comment('To sort by: -1 where not known, a large one by default');
    table.integer('beyond_calls');
    table.integer('beyond_rank').notNullable().defaultTo(-1);
    table.string('worst_risk', 16);
    // The orders that the list is asked for in; by name there is one already.
    table.index(['cluster_id', 'name', 'kind', 'id'], 'profiles_by_cluster');
    table.index(['allows_rank', 'name'], 'profiles_by_allows');
    table.index(['beyond_rank', 'name'], 'profiles_by_beyond');
  });
  // Until collection writes them anew; how far they go beyond RuntimeDefault nobody has computed.
  await knex('profiles')
    .whereNotNull('allows')
    .update({ allows_rank: knex.ref('allows') });
  await knex('profiles')
    .whereIn('mode', ['allows-by-default', 'logs-by-default'])
    .update({ allows_rank: 1_000_000 });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('profiles', table => {
    for (const order of ['cluster', 'allows', 'beyond']) {
      table.dropIndex([], `profiles_by_${order}`);
    }
    table.dropIndex(['content_hash']);
  });
  await knex.schema.alterTable('profiles', table => {
    for (const column of [
      'content_hash',
      'allows_rank',
      'beyond_calls',
      'beyond_rank',
      'worst_risk',
    ]) {
      table.dropColumn(column);
    }
  });
  await knex.schema.alterTable('profile_revisions', table => {
    table.dropIndex(['content_hash']);
    table.dropColumn('content_hash');
  });
  await knex.schema.dropTable('profile_contents');
};

// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('cluster_leases', table => {
    table.comment('Which replica collects a cluster');
    table.string('cluster_id', 128).primary().notNullable();
    table.string('holder', 128).notNullable();
    table
      .bigInteger('fence')
      .notNullable()
      .comment(
        'Grows with every new holder; writes of an older one are refused',
      );
    table
      .bigInteger('expires_at')
      .notNullable()
      .comment("Milliseconds since 1970 by the database's clock");
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('cluster_leases');
};

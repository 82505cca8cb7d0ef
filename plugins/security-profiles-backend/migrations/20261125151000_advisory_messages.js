// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('advisory_notices', table => {
    table.text('event').notNullable().defaultTo('{}');
    table.string('published_at', 32);
    table.string('digested_at', 32);
  });

  await knex.schema.createTable('advisory_messages', table => {
    table.comment(
      'Messages to owners about advisories; kept until they went out',
    );
    table.increments('id');
    table.string('recipient_ref', 512).notNullable();
    table.text('payload').notNullable();
    table.string('made_at', 32).notNullable();
    table.string('next_try_at', 32).notNullable();
    table.string('sent_at', 32).index();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('advisory_messages');
  await knex.schema.alterTable('advisory_notices', table => {
    table.dropColumn('digested_at');
    table.dropColumn('published_at');
    table.dropColumn('event');
  });
};

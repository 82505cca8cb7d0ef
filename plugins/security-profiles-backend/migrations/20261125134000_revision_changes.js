// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('profile_revisions', table => {
    table
      .string('change', 16)
      .comment(
        'Against what was in force before; null for the first and where either is not known',
      );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('profile_revisions', table => {
    table.dropColumn('change');
  });
};

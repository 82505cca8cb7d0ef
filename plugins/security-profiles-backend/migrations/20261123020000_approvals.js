// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('memberships', table => {
    table.comment(
      'Who belongs to which group, and which group to which: from the catalog',
    );
    table.string('member_ref', 512).notNullable();
    table.string('group_ref', 512).notNullable();
    table.primary(['member_ref', 'group_ref']);
    table.index(['group_ref']);
  });

  await knex.schema.createTable('approval_reviews', table => {
    table.comment('One row per request, never changed: what a review is about');
    table.string('review_id', 64).primary().notNullable();
    table.string('kind', 16).notNullable();
    table
      .string('subject_key', 64)
      .notNullable()
      .comment(
        'The same for the same profile name in all clusters of an environment',
      );
    table.string('profile_kind', 63).notNullable();
    table.string('profile_namespace', 253).notNullable();
    table.string('profile_name', 253).notNullable();
    table.string('environment', 253).notNullable();
    table.string('requested_by', 512).notNullable().index();
    table.string('created_at', 32).notNullable();
    table.index(['subject_key']);
    table.index(['environment', 'profile_kind', 'profile_name']);
  });

  await knex.schema.createTable('approval_events', table => {
    table.comment(
      'Everything that happened in reviews. Rows are added, never changed',
    );
    table.increments('seq');
    table.string('review_id', 64).notNullable().index();
    table.string('subject_key', 64).notNullable().index();
    table.string('type', 32).notNullable();
    table.string('at', 32).notNullable();
    table.string('actor', 512).notNullable();
    table.string('idempotency_key', 128);
    table.text('payload').notNullable();
    table.unique(['actor', 'idempotency_key']);
  });

  await knex.schema.createTable('review_voter_groups', table => {
    table.comment('Owners and reviewers that a review was put before');
    table.string('review_id', 64).notNullable();
    table.string('group_ref', 512).notNullable().index();
    table.primary(['review_id', 'group_ref']);
  });

  await knex.schema.alterTable('posture_profiles', table => {
    table
      .string('claim', 16)
      .notNullable()
      .defaultTo('asserted')
      .comment('confirmed: a container with a confirmed claim runs under it');
  });

  await knex.schema.alterTable('postures', table => {
    table
      .string('valid_until', 32)
      .comment(
        'When time alone changes the verdict: the next end of an approval or request',
      );
    // Asked at every drain of the assessor.
    table.index(['valid_until']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('postures', table => {
    table.dropIndex(['valid_until']);
    table.dropColumn('valid_until');
  });
  await knex.schema.alterTable('posture_profiles', table => {
    table.dropColumn('claim');
  });
  await knex.schema.dropTable('review_voter_groups');
  await knex.schema.dropTable('approval_events');
  await knex.schema.dropTable('approval_reviews');
  await knex.schema.dropTable('memberships');
};

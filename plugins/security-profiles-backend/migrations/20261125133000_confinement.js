// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('cluster_facts', table => {
    table.comment(
      'What is few in a cluster: bindings, recordings, the operator',
    );
    table.string('cluster_id', 128).notNullable();
    table.string('topic', 32).notNullable();
    table.text('facts').notNullable();
    table.primary(['cluster_id', 'topic']);
  });

  await knex.schema.alterTable('workload_containers', table => {
    table.text('declared').comment('What the template says of its profiles');
    table
      .string('started_at', 64)
      .comment('When the oldest one that runs was started');
  });

  await knex.schema.alterTable('profiles', table => {
    table
      .string('revision_since', 32)
      .comment('When the present content was first seen');
    table
      .string('revision_not_before', 32)
      .comment('When another content was still there; null for the first seen');
  });
  // The present content is known since it was first seen; whether another was there before it, nobody noted.
  await knex('profiles').update({
    revision_since: knex('profile_revisions')
      .where('profile_revisions.profile_id', knex.ref('profiles.id'))
      .where(
        'profile_revisions.source_digest',
        knex.ref('profiles.source_digest'),
      )
      .whereRaw("?? = coalesce(??, '')", [
        'profile_revisions.effective_digest',
        'profiles.effective_digest',
      ])
      .max('profile_revisions.first_seen'),
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('profiles', table => {
    table.dropColumn('revision_since');
    table.dropColumn('revision_not_before');
  });
  await knex.schema.alterTable('workload_containers', table => {
    table.dropColumn('declared');
    table.dropColumn('started_at');
  });
  await knex.schema.dropTable('cluster_facts');
};

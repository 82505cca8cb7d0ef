// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('clusters', table => {
    table.comment('Connected clusters, one row each');
    table.string('id', 128).primary().notNullable();
    table.text('name').notNullable().unique();
    table.string('type', 32).notNullable();
    table.text('environment').notNullable();
    table.text('owner_ref');
    table.text('not_collected').comment('Why it is not collected');
    table.string('tls', 32).comment('verified, not-verified or unknown');
    table.text('kubernetes_version');
    table.text('operator_version');
    table
      .bigInteger('facts_version')
      .notNullable()
      .defaultTo(0)
      .comment('Grows with every change to nodes, profiles or source states');
  });

  await knex.schema.createTable('cluster_resources', table => {
    table.comment('How fresh the facts of one resource of one cluster are');
    table.string('cluster_id', 128).notNullable();
    table.string('resource', 253).notNullable();
    table.string('state', 32).notNullable();
    table.string('since', 32).notNullable();
    table.string('last_fresh', 32);
    table.integer('object_count').notNullable().defaultTo(0);
    table.text('reason');
    table.primary(['cluster_id', 'resource']);
  });

  await knex.schema.createTable('cluster_problems', table => {
    table.comment('What could not be read of a cluster while the rest could');
    table.increments('id');
    table.string('cluster_id', 128).notNullable().index();
    table.text('location').notNullable();
    table.text('message').notNullable();
  });

  await knex.schema.createTable('nodes', table => {
    table.string('cluster_id', 128).notNullable();
    table.string('name', 253).notNullable();
    table.text('facts').notNullable();
    table.primary(['cluster_id', 'name']);
  });

  await knex.schema.createTable('namespaces', table => {
    table.string('cluster_id', 128).notNullable();
    table.string('name', 253).notNullable();
    table.text('labels').notNullable();
    table.primary(['cluster_id', 'name']);
  });

  await knex.schema.createTable('profiles', table => {
    table.comment('SPO objects: four kinds of profiles');
    table.string('id', 64).primary().notNullable();
    table.string('cluster_id', 128).notNullable();
    table.string('kind', 63).notNullable();
    table.string('namespace', 253).notNullable();
    table.string('name', 253).notNullable();
    table.string('uid', 128).notNullable();
    table.text('object').notNullable();
    table.text('node_states').notNullable();
    table.text('installed').notNullable();
    table.string('mode', 32).notNullable();
    table.string('default_action', 32);
    table.string('source_digest', 80).notNullable();
    table.string('effective_digest', 80);
    table.string('resolution', 32).notNullable();
    table.text('because');
    table.text('bases').notNullable();
    table.integer('allows');
    table.index(['cluster_id', 'kind', 'name']);
    table.index(['name', 'cluster_id', 'kind', 'id']);
  });

  await knex.schema.createTable('profile_revisions', table => {
    table.comment('Every content of a profile that collection has seen');
    table.increments('id');
    table.string('profile_id', 64).notNullable();
    table.string('source_digest', 80).notNullable();
    table
      .string('effective_digest', 80)
      .notNullable()
      .comment('Empty where the effective content is not known');
    table.string('first_seen', 32).notNullable();
    table.unique(['profile_id', 'source_digest', 'effective_digest']);
  });

  await knex.schema.createTable('workloads', table => {
    table.string('id', 64).primary().notNullable();
    table.string('cluster_id', 128).notNullable();
    table.string('api_group', 253).notNullable();
    table.string('kind', 253).notNullable();
    table.string('namespace', 253).notNullable();
    table.string('name', 253).notNullable();
    table.text('label_sets').notNullable();
    table.string('path_prefix', 128).notNullable();
    table.integer('pods').notNullable();
    table.string('content_hash', 64).notNullable();
    table.index(['cluster_id', 'namespace', 'kind', 'name']);
    table.index(['name']);
  });

  await knex.schema.createTable('workload_labels', table => {
    table.comment(
      'Labels of a workload, its template and its pods, to match by',
    );
    table.increments('id');
    table.string('workload_id', 64).notNullable().index();
    table.string('key', 317).notNullable();
    table.string('value', 63).notNullable();
    table.index(['key', 'value']);
  });

  await knex.schema.createTable('workload_containers', table => {
    table.comment('One row per workload, container and distinct signature');
    table.increments('id');
    table.string('workload_id', 64).notNullable().index();
    table.string('name', 253).notNullable();
    table.string('type', 16).notNullable();
    table.string('origin', 16).notNullable();
    table.string('basis', 16).notNullable();
    table.integer('pods').notNullable();
    table.text('container').notNullable();
    table.text('nodes').notNullable();
  });

  await knex.schema.createTable('workload_profile_names', table => {
    table.comment('Which profile names the containers of a workload name');
    table.increments('id');
    table.string('workload_id', 64).notNullable().index();
    table.string('cluster_id', 128).notNullable();
    table.string('mechanism', 16).notNullable();
    table.string('value', 1024).notNullable();
    table.index(['cluster_id', 'mechanism', 'value']);
  });

  await knex.schema.createTable('entities', table => {
    table.comment('What is needed of the catalog, read every few minutes');
    table.string('entity_ref', 512).primary().notNullable();
    table.text('title');
    table.text('type');
    table.text('lifecycle');
    table.text('system_ref');
    table.string('owner_ref', 512).index();
    table.text('tags').notNullable();
    table.string('name', 253).notNullable();
    table.string('kubernetes_id', 253).notNullable().index();
    table.string('id_source', 32).notNullable();
    table.text('selector');
    table.text('selector_error');
    table.string('anchor_key', 317);
    table.string('anchor_value', 63);
    table.string('only_namespace', 253);
    table.string('only_cluster', 253);
    table.string('workload_ref', 1024);
    table.string('content_hash', 64).notNullable();
    table.index(['anchor_key', 'anchor_value']);
    table.index(['workload_ref']);
  });

  await knex.schema.createTable('claims', table => {
    table.comment('Which entity a workload belongs to');
    table.string('entity_ref', 512).notNullable();
    table.string('workload_id', 64).notNullable().index();
    table.string('claim', 16).notNullable();
    table.primary(['entity_ref', 'workload_id']);
  });

  await knex.schema.createTable('dirty_entities', table => {
    table.comment('Entities that are to be judged anew');
    table.string('entity_ref', 512).primary().notNullable();
    table.bigInteger('version').notNullable();
    table.bigInteger('claimed_until').notNullable().defaultTo(0);
  });

  await knex.schema.createTable('postures', table => {
    table.string('entity_ref', 512).primary().notNullable();
    table.string('assessed_at', 32).notNullable();
    table.string('rules', 64).notNullable();
    table.string('level', 16).notNullable();
    table.string('approval', 16).notNullable();
    table.string('target_met', 16).notNullable();
    table.float('score');
    table.string('worst_finding', 128);
    table.text('body').notNullable();
  });

  await knex.schema.createTable('posture_scopes', table => {
    table.string('entity_ref', 512).notNullable();
    table.string('environment', 253).notNullable();
    table.string('level', 16).notNullable();
    table.string('approval', 16).notNullable();
    table.float('score');
    table.boolean('counted').notNullable();
    table.primary(['entity_ref', 'environment']);
    table.index(['environment']);
  });

  await knex.schema.createTable('posture_clusters', table => {
    table.string('entity_ref', 512).notNullable();
    table.string('cluster_id', 128).notNullable();
    table.primary(['entity_ref', 'cluster_id']);
    table.index(['cluster_id']);
  });

  await knex.schema.createTable('posture_profiles', table => {
    table.string('entity_ref', 512).notNullable();
    table.string('profile_id', 64).notNullable();
    table.integer('containers').notNullable();
    table.integer('pods').notNullable();
    table.primary(['entity_ref', 'profile_id']);
    table.index(['profile_id']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const name of [
    'posture_profiles',
    'posture_clusters',
    'posture_scopes',
    'postures',
    'dirty_entities',
    'claims',
    'entities',
    'workload_profile_names',
    'workload_containers',
    'workload_labels',
    'workloads',
    'profile_revisions',
    'profiles',
    'namespaces',
    'nodes',
    'cluster_problems',
    'cluster_resources',
    'clusters',
  ]) {
    await knex.schema.dropTable(name);
  }
};

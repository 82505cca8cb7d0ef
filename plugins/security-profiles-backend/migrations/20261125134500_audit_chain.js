// @ts-check
const { createHash, randomBytes } = require('node:crypto');

/** What people wrote: kept apart from what decisions are computed from, so that it can be erased. */
const textFields = ['reason', 'comment', 'ticket', 'incident'];
const appendOnly = ['approval_events', 'audit_checkpoints'];
const rowsAtOnce = 500;

/**
 * JSON with sorted keys and no white space, as the chain hashes it. A copy of the core's at the time of this migration:
 * what was chained then must not depend on what the core does later.
 * @param {Record<string, string | undefined>} value
 */
function canonical(value) {
  const members = Object.keys(value)
    .sort()
    .filter(key => value[key] !== undefined)
    .map(key => `${JSON.stringify(key)}:${JSON.stringify(value[key])}`);
  return `{${members.join(',')}}`;
}

/** @param {string} text */
function sha256(text) {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** @param {string} payload */
function split(payload) {
  const event = JSON.parse(payload);
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    return { facts: payload, json: '{}', digest: undefined };
  }
  /** @type {Record<string, unknown>} */
  const facts = {};
  /** @type {Record<string, unknown>} */
  const text = {};
  for (const [key, value] of Object.entries(event)) {
    (textFields.includes(key) ? text : facts)[key] = value;
  }
  const digest = event.expectedDigest ?? event.digest;
  return {
    facts: JSON.stringify(facts),
    json: JSON.stringify(text),
    digest: typeof digest === 'string' ? digest : undefined,
  };
}

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('approval_events', table => {
    table.string('digest', 80).comment('The content that this is about');
    table.string('prev_hash', 80).notNullable().defaultTo('');
    table
      .string('hash', 80)
      .notNullable()
      .defaultTo('')
      .comment('Over everything here but the idempotency key');
    table.string('text_hash', 80).notNullable().defaultTo('');
  });
  await knex.schema.createTable('approval_texts', table => {
    table.comment(
      'What people wrote in reviews; a row may be erased, and the chain still holds',
    );
    table.integer('seq').primary().notNullable();
    table.string('salt', 64).notNullable();
    table.text('json').notNullable();
  });
  await knex.schema.createTable('audit_head', table => {
    table.comment('The last row of the chain; locked by whoever adds one');
    table.string('name', 32).primary().notNullable();
    table.integer('seq').notNullable();
    table.string('hash', 80).notNullable();
  });
  await knex.schema.createTable('audit_checkpoints', table => {
    table.comment('Signed places of the chain');
    table.integer('seq').primary().notNullable();
    table.string('hash', 80).notNullable();
    table.integer('count').notNullable();
    table.string('at', 32).notNullable();
    table.string('key_id', 80);
    table.text('signature');
  });

  let seq = 0;
  // Below every number that the column takes.
  let before = -(2 ** 31);
  let hash = `sha256:${'0'.repeat(64)}`;
  for (;;) {
    const rows = await knex('approval_events')
      .where('seq', '>', before)
      .orderBy('seq')
      .limit(rowsAtOnce);
    for (const row of rows) {
      before = row.seq;
      seq += 1;
      const { facts, json, digest } = split(row.payload);
      const salt = randomBytes(16).toString('hex');
      const textHash = sha256(`${salt}\n${json}`);
      const prevHash = hash;
      hash = sha256(
        canonical({
          schema: 'sp-audit/1',
          seq: `${seq}`,
          prevHash,
          at: row.at,
          actor: row.actor,
          action: row.type,
          reviewId: row.review_id,
          subject: row.subject_key,
          digest,
          facts,
          textHash,
        }),
      );
      // A number that was never used leaves a gap; the chain has none. The new one is never above the old one.
      await knex('approval_events')
        .where('seq', row.seq)
        .update({
          seq,
          digest: digest ?? null,
          prev_hash: prevHash,
          hash,
          text_hash: textHash,
          payload: facts,
        });
      await knex('approval_texts').insert({ seq, salt, json });
    }
    if (rows.length < rowsAtOnce) {
      break;
    }
  }
  await knex('audit_head').insert({ name: 'approvals', seq, hash });

  if (knex.client.config.client === 'pg') {
    await knex.raw(`
      create function security_profiles_append_only() returns trigger as $$
      begin
        raise exception '% is only added to', tg_table_name;
      end
      $$ language plpgsql`);
    for (const table of appendOnly) {
      await knex.raw(
        `create trigger ${table}_rows before update or delete on ${table}
         for each row execute function security_profiles_append_only()`,
      );
      await knex.raw(
        `create trigger ${table}_truncate before truncate on ${table}
         for each statement execute function security_profiles_append_only()`,
      );
    }
  } else {
    for (const table of appendOnly) {
      for (const what of ['update', 'delete']) {
        await knex.raw(
          `create trigger ${table}_${what} before ${what} on ${table}
           begin select raise(abort, '${table} is only added to'); end`,
        );
      }
    }
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  const postgres = knex.client.config.client === 'pg';
  for (const table of appendOnly) {
    for (const what of postgres ? ['rows', 'truncate'] : ['update', 'delete']) {
      await knex.raw(
        `drop trigger ${table}_${what}${postgres ? ` on ${table}` : ''}`,
      );
    }
  }
  if (postgres) {
    await knex.raw('drop function security_profiles_append_only()');
  }
  const texts = await knex('approval_texts').select('seq', 'json');
  for (const { seq, json } of texts) {
    const row = await knex('approval_events')
      .where('seq', seq)
      .first('payload');
    const facts = row && JSON.parse(row.payload);
    if (facts && typeof facts === 'object' && !Array.isArray(facts)) {
      await knex('approval_events')
        .where('seq', seq)
        .update({
          payload: JSON.stringify({ ...facts, ...JSON.parse(json) }),
        });
    }
  }
  await knex.schema.dropTable('audit_checkpoints');
  await knex.schema.dropTable('audit_head');
  await knex.schema.dropTable('approval_texts');
  await knex.schema.alterTable('approval_events', table => {
    table.dropColumn('digest');
    table.dropColumn('prev_hash');
    table.dropColumn('hash');
    table.dropColumn('text_hash');
  });
  if (postgres) {
    await knex.raw(
      `select setval(pg_get_serial_sequence('approval_events', 'seq'),
         (select coalesce(max(seq), 0) + 1 from approval_events), false)`,
    );
  }
};

import type { Knex } from 'knex';

/**
 * How many statements some work sends to the database, how many of them write, with how many bound values, and to which
 * tables.
 */
export async function countQueries(
  knex: Knex,
  work: () => Promise<unknown>,
): Promise<{
  total: number;
  writes: number;
  values: number;
  tables: Set<string>;
}> {
  const counts = { total: 0, writes: 0, values: 0, tables: new Set<string>() };
  const count = ({ sql, bindings }: { sql: string; bindings?: unknown[] }) => {
    counts.total += 1;
    const [, table] =
      /^(?:insert into|update|delete from) [`"](\w+)/i.exec(sql) ?? [];
    if (table) {
      counts.writes += 1;
      counts.values += bindings?.length ?? 0;
      counts.tables.add(table);
    }
  };
  knex.on('query', count);
  try {
    await work();
  } finally {
    knex.off('query', count);
  }
  return counts;
}

import type { Knex } from 'knex';

/** How many statements some work sends to the database, and which. */
export async function countQueries(
  knex: Knex,
  work: () => Promise<unknown>,
): Promise<{ total: number; writes: number }> {
  const counts = { total: 0, writes: 0 };
  const count = ({ sql }: { sql: string }) => {
    counts.total += 1;
    if (/^(insert|update|delete)/i.test(sql)) {
      counts.writes += 1;
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

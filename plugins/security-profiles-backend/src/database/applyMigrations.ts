import {
  type DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const migrationsFolder = resolvePackagePath(
  '@security-profiles/backstage-plugin-security-profiles-backend',
  'migrations',
);

/** Brings the plugin's database to the newest shape, unless the adopter runs migrations apart. */
export async function applyMigrations(
  knex: Knex,
  options: Pick<DatabaseService, 'migrations'>,
): Promise<void> {
  if (!options.migrations?.skip) {
    await knex.migrate.latest({ directory: migrationsFolder });
  }
}

// One replica of a portal as a process of its own, to be killed, paused and measured. Its parent speaks over IPC: it
// is told `{ url }` once the HTTP API answers, `{ memory }` whenever it asks `memory`; the end of the channel ends the
// process. What the plugin logs goes to stdout. Start it with the Backstage CLI's transform of TypeScript.
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import knexFactory, { type Knex } from 'knex';
import { startTestPortal } from './startTestPortal';

/** What the process is told in its first message. */
interface PortalProcessOptions {
  /** Named in each line of the log. */
  name: string;
  database: Knex.Config;
  /** Config under `securityProfiles:`. */
  config: JsonObject;
  entities?: Entity[];
}

class LineLogger implements LoggerService {
  private readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  error(message: string, meta?: Error | JsonObject): void {
    this.line('error', `${message}${meta instanceof Error ? ` ${meta}` : ''}`);
  }

  warn(message: string): void {
    this.line('warn', message);
  }

  info(message: string): void {
    this.line('info', message);
  }

  debug(): void {}

  child(): LoggerService {
    return this;
  }

  private line(level: string, message: string): void {
    process.stdout.write(
      `${new Date().toISOString()} ${this.name} ${level}: ${message}\n`,
    );
  }
}

async function run(options: PortalProcessOptions): Promise<void> {
  const logger = new LineLogger(options.name);
  const portal = await startTestPortal({
    knex: knexFactory({ useNullAsDefault: true, ...options.database }),
    config: options.config,
    entities: options.entities,
    logger,
  });
  process.on('message', message => {
    if (message === 'memory') {
      // Present only under --expose-gc; without it the heap's size says little.
      global.gc?.();
      process.send?.({ memory: process.memoryUsage() });
    }
  });
  process.on('disconnect', () => process.exit());
  await portal.refreshCatalog();
  process.send?.({ url: portal.url });
}

process.once('message', (options: PortalProcessOptions) => {
  run(options).catch(error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  });
});

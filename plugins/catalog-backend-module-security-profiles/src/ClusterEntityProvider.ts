import type {
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import type {
  DeferredEntity,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { ClusterReader } from './ClusterReader';
import { makeEntities } from './makeEntities';

/** Options of {@link ClusterEntityProvider}. */
export interface ClusterEntityProviderOptions {
  reader: Pick<ClusterReader, 'read'>;
  taskRunner: SchedulerServiceTaskRunner;
  /** Label of workloads whose value is the owning group's name. */
  ownerLabel?: string;
  logger: LoggerService;
}

/**
 * Keeps the catalog's generated entities in step with the clusters.
 *
 * @remarks
 * A full mutation replaces everything of a provider, so it is sent only after a complete reading. After a partial one
 * entities are added and none is removed or changed; after a failed one nothing happens.
 */
export class ClusterEntityProvider implements EntityProvider {
  readonly #options: ClusterEntityProviderOptions;
  readonly #emitted = new Set<string>();
  #connection: EntityProviderConnection | undefined;
  #lastSummary: string | undefined;

  constructor(options: ClusterEntityProviderOptions) {
    this.#options = options;
  }

  getProviderName(): string {
    // Part of the catalog's database: never changes.
    return 'security-profiles-clusters';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    await this.#options.taskRunner.run({
      id: 'security-profiles-clusters-refresh',
      fn: signal => this.#refreshAndLog(signal),
    });
  }

  /** One round; rejects where reading or the mutation failed. */
  async refresh(options: { signal: AbortSignal }): Promise<void> {
    if (!this.#connection) {
      throw new Error(
        'The provider is not connected to the catalog: connect() comes first',
      );
    }
    const { reader, ownerLabel } = this.#options;
    const reading = await reader.read(options);
    const { entities, leftOut } = makeEntities(reading.workloads, {
      ownerLabel,
    });

    if (reading.clusters.length === reading.incomplete.length) {
      this.#log(
        `No cluster has been read whole yet (${
          reading.clusters.join(', ') || 'none connected'
        }): the generated entities stay as they are`,
      );
      return;
    }

    if (reading.incomplete.length > 0) {
      const added = entities.filter(
        entity => !this.#emitted.has(stringifyEntityRef(entity)),
      );
      await this.#connection.applyMutation({
        type: 'delta',
        added: added.map(toDeferred),
        removed: [],
      });
      this.#remember(added);
      this.#log(
        `Not all workloads of ${reading.incomplete.join(', ')} are known: ` +
          `generated entities are added, none is removed. ${
            this.#emitted.size
          } so far`,
      );
      return;
    }

    await this.#connection.applyMutation({
      type: 'full',
      entities: entities.map(toDeferred),
    });
    this.#emitted.clear();
    this.#remember(entities);
    this.#log(
      `Generated ${entities.length} entities from ${reading.workloads.length} workloads in ${reading.clusters.length} clusters; ` +
        `left out ${leftOut.workloads} workloads of the system namespaces ${
          leftOut.namespaces.join(', ') || '(none)'
        }`,
    );
  }

  async #refreshAndLog(signal: AbortSignal): Promise<void> {
    try {
      await this.refresh({ signal });
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      // The status says enough; an answer's body belongs in no log.
      const status =
        isError(error) && 'statusCode' in error
          ? ` (status ${String(error.statusCode)})`
          : '';
      this.#log(
        `Workloads could not be read from the security-profiles plugin${status}: the generated entities stay as they are. ${
          isError(error) ? error.name : 'Error'
        }`,
      );
    }
  }

  #remember(entities: Entity[]): void {
    for (const entity of entities) {
      this.#emitted.add(stringifyEntityRef(entity));
    }
  }

  #log(summary: string): void {
    // One line per change, not one per minute.
    if (summary !== this.#lastSummary) {
      this.#options.logger.info(summary);
      this.#lastSummary = summary;
    }
  }
}

function toDeferred(entity: Entity): DeferredEntity {
  return { entity, locationKey: 'security-profiles-clusters' };
}

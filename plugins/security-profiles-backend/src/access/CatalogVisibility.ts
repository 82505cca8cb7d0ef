import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Clock } from '../clock/Clock';

/** Which Components, and which of those who may own them and the Systems around them, a caller may see in the catalog. */
export type VisibleEntities =
  | { scope: 'all' }
  | { scope: 'none' }
  | { scope: 'some'; refs: ReadonlySet<string> };

/** Options of {@link CatalogVisibility}. */
export interface CatalogVisibilityOptions {
  permissions: PermissionsService;
  catalog: CatalogService;
  clock: Clock;
}

const cacheMilliseconds = 60_000;
const cachedCallers = 1000;

/**
 * Which entities of the catalog a caller may see. What the catalog hides from somebody is hidden here too, before
 * anything is counted.
 */
export class CatalogVisibility {
  private readonly options: CatalogVisibilityOptions;
  private readonly held = new Map<
    string,
    { until: number; refs: Promise<ReadonlySet<string>> }
  >();

  constructor(options: CatalogVisibilityOptions) {
    this.options = options;
  }

  /** Asks once with the caller's own credentials; names only, and at most once a minute, where the answer has conditions. */
  async visibleTo(credentials: BackstageCredentials): Promise<VisibleEntities> {
    const [decision] = await this.options.permissions.authorizeConditional(
      [{ permission: catalogEntityReadPermission }],
      { credentials },
    );
    switch (decision.result) {
      case AuthorizeResult.ALLOW:
        return { scope: 'all' };
      case AuthorizeResult.DENY:
        return { scope: 'none' };
      default:
        return { scope: 'some', refs: await this.refs(credentials) };
    }
  }

  private async refs(
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<string>> {
    const principal = credentials.principal as {
      userEntityRef?: string;
      subject?: string;
    };
    const caller = principal.userEntityRef ?? principal.subject;
    if (caller === undefined) {
      return this.read(credentials);
    }
    const now = this.options.clock.now().getTime();
    const held = this.held.get(caller);
    if (held && held.until > now) {
      return held.refs;
    }
    if (this.held.size >= cachedCallers) {
      this.held.clear();
    }
    const refs = this.read(credentials);
    this.held.set(caller, { until: now + cacheMilliseconds, refs });
    refs.catch(() => this.held.delete(caller));
    return refs;
  }

  private async read(
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<string>> {
    const refs = new Set<string>();
    for await (const page of this.options.catalog.streamEntities(
      {
        filter: { kind: ['Component', 'Group', 'System', 'User'] },
        fields: ['kind', 'metadata.namespace', 'metadata.name'],
      },
      { credentials },
    )) {
      for (const entity of page) {
        refs.add(
          `${entity.kind}:${entity.metadata.namespace ?? 'default'}/${
            entity.metadata.name
          }`.toLocaleLowerCase('en-US'),
        );
      }
    }
    return refs;
  }
}

import type { CiliumConfig } from '@security-profiles/analysis';
import type { Clock } from '../clock/Clock';
import { ClusterError } from '../clusters/ClusterError';
import type { ClusterClient } from '../clusters/ClusterSource';
import { ciliumConfigKey } from '../facts/CollectedDataplane';
import type { CollectedSource } from '../facts/CollectedFacts';
import { projectCiliumConfig } from './projections/projectCilium';
import { stateOfFailure } from './stateOfFailure';

/** Options of {@link CiliumConfigReader}. */
export interface CiliumConfigReaderOptions {
  client: ClusterClient;
  clock: Clock;
  /** What collection knew of this source before it was started. */
  stored?: CollectedSource;
}

const configMaps = { group: '', version: 'v1', plural: 'configmaps' };
const configName = 'cilium-config';

/**
 * Reads the settings of Cilium: one ConfigMap by its name in the namespace of the agents, so that a right to this name
 * is enough. No other ConfigMap is asked for.
 */
export class CiliumConfigReader {
  private readonly options: CiliumConfigReaderOptions;
  private state: CollectedSource['state'];
  private since: string;
  private lastFresh: string | undefined;
  private reason: string | undefined;
  private found: CiliumConfig | null | undefined;

  constructor(options: CiliumConfigReaderOptions) {
    this.options = options;
    this.lastFresh = options.stored?.lastFresh;
    this.state = this.lastFresh === undefined ? 'not-collected' : 'stale';
    this.reason = 'The first collection has not finished.';
    this.since = options.clock.now().toISOString();
  }

  /** The settings; null where there are none, undefined until they were read. */
  get config(): CiliumConfig | null | undefined {
    return this.found;
  }

  /** How fresh the settings are. */
  get source(): CollectedSource {
    return {
      resource: ciliumConfigKey,
      state: this.state,
      since: this.since,
      lastFresh: this.lastFresh,
      count: this.found ? 1 : 0,
      reason: this.reason,
    };
  }

  async read(options: {
    namespaces: readonly string[];
    signal: AbortSignal;
  }): Promise<void> {
    const { client, clock } = this.options;
    const { namespaces, signal } = options;
    if (namespaces.length === 0) {
      this.found = null;
      this.setState('not-installed', 'No DaemonSet of Cilium was seen.');
      return;
    }
    try {
      for (const namespace of namespaces) {
        const object = await client.get(configMaps, {
          name: configName,
          namespace,
          signal,
        });
        if (object) {
          this.found = projectCiliumConfig(object);
          this.lastFresh = clock.now().toISOString();
          this.setState('fresh', undefined);
          return;
        }
      }
      this.found = null;
      this.setState(
        'not-installed',
        `There is no ConfigMap ${configName} in ${namespaces.join(', ')}.`,
      );
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      this.setState(
        stateOfFailure(error),
        error instanceof ClusterError
          ? error.message
          : 'The read met an unexpected error.',
      );
    }
  }

  private setState(
    state: CollectedSource['state'],
    reason: string | undefined,
  ): void {
    if (this.state !== state) {
      this.since = this.options.clock.now().toISOString();
    }
    this.state = state;
    this.reason = reason;
  }
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type CiliumAdvisory,
  type CiliumRelease,
  type DataplaneFeed,
  mergeAdvisories,
  mergeReleases,
  parseAdvisoryFeed,
  parseReleaseFeed,
  UnusableFeedError,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import type { Clock } from '../clock/Clock';
import type {
  DbDataplaneFeedsRow,
  DbDataplaneFeedStatesRow,
} from '../database/tables';
import { bundledFeed } from './bundledFeed';
import { FeedError, type FeedSource } from './FeedSource';

/** The two feeds. */
export type FeedKind = 'releases' | 'advisories';

/** Where what is used of a feed comes from, and how the last try went. */
export interface FeedStatus {
  kind: FeedKind;
  asOf: string;
  /** `bundled`, or the host or file that it was read from. */
  source: string;
  fetchedAt?: string;
  /** Of the configured source: `not-configured` where only the snapshot is used. */
  state:
    | 'fresh'
    | 'failed'
    | 'unreachable'
    | 'rate-limited'
    | 'unusable'
    | 'not-configured'
    | 'not-collected';
  triedAt?: string;
  reason?: string;
}

/** Options of {@link CiliumFeed}. */
export interface CiliumFeedOptions {
  knex: Knex;
  sources: Partial<Record<FeedKind, FeedSource>>;
  logger: LoggerService;
  /** The machine's time: when sources are asked, and what is dated later is left out. */
  clock: Clock;
  /** Told in the transaction that stores another feed. */
  onChange: (tx: Knex) => Promise<void>;
}

const kinds: FeedKind[] = ['releases', 'advisories'];

const parsers = {
  releases: parseReleaseFeed,
  advisories: parseAdvisoryFeed,
};

/**
 * What is known of Cilium's releases and advisories: the configured source, else the last good copy in the database, else
 * the snapshot that comes with the plugin.
 *
 * @remarks
 * An answer is checked before it is used, and one with nothing in it never replaces one with something. What a source
 * leaves out stays known: releases don't vanish.
 */
export class CiliumFeed {
  private readonly options: CiliumFeedOptions;
  private current: DataplaneFeed;
  private statuses: FeedStatus[];
  private version = '';

  constructor(options: CiliumFeedOptions) {
    this.options = options;
    this.current = bundledFeed(this.now());
    this.statuses = [];
    this.take([], []);
  }

  /** What verdicts rest on now; another object after every change. */
  get feed(): DataplaneFeed {
    return this.current;
  }

  /** Where it comes from, and how the last try went. */
  get status(): readonly FeedStatus[] {
    return this.statuses;
  }

  /** Takes over what this or another replica has stored. */
  async load(): Promise<void> {
    const { knex } = this.options;
    const states = await knex<DbDataplaneFeedStatesRow>(
      'dataplane_feed_states',
    );
    const stored = await knex<DbDataplaneFeedsRow>('dataplane_feeds').select(
      'kind',
      'as_of',
      'source',
      'fetched_at',
    );
    const version = JSON.stringify([stored, states]);
    if (version === this.version) {
      return;
    }
    const rows = await knex<DbDataplaneFeedsRow>('dataplane_feeds');
    this.take(rows, states);
    this.version = version;
  }

  /** Asks every configured source once, unless it asked to be left alone until later. */
  async refresh(options: { signal: AbortSignal }): Promise<void> {
    for (const kind of kinds) {
      const source = this.options.sources[kind];
      if (source) {
        await this.refreshOne(kind, source, options.signal);
      }
    }
    await this.load();
  }

  private async refreshOne(
    kind: FeedKind,
    source: FeedSource,
    signal: AbortSignal,
  ): Promise<void> {
    const { knex, logger } = this.options;
    const state = await knex<DbDataplaneFeedStatesRow>('dataplane_feed_states')
      .where('kind', kind)
      .first();
    if (state?.next_try_at && state.next_try_at > this.now()) {
      return;
    }
    const stored = await knex<DbDataplaneFeedsRow>('dataplane_feeds')
      .where('kind', kind)
      .first();
    try {
      const answer = await source.read({
        signal,
        // A copy from elsewhere has another version.
        ...(stored?.etag &&
          stored.source === source.name && { etag: stored.etag }),
      });
      if (answer.state === 'changed') {
        await this.store(kind, source, answer, stored);
      } else {
        await this.confirm(kind);
      }
      await this.writeState(kind, 'fresh');
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      const failure = toFeedError(error);
      logger.warn(
        `The ${kind} of Cilium can't be read from ${source.name}: ${failure.message}. What was known of them is used on.`,
      );
      await this.writeState(kind, failure.reason, failure);
    }
  }

  private async store(
    kind: FeedKind,
    source: FeedSource,
    answer: { value: unknown; etag?: string; receivedAt?: string },
    stored: DbDataplaneFeedsRow | undefined,
  ): Promise<void> {
    const { knex, logger, onChange } = this.options;
    const { asOf, items, skipped } = parsers[kind](answer.value, {
      now: this.now(),
      receivedAt: answer.receivedAt,
    });
    const of = stored?.source === source.name ? stored.as_of : undefined;
    if (of !== undefined && asOf < of) {
      throw new FeedError(
        'unusable',
        `it is of ${asOf.slice(0, 10)}, older than what is known from there`,
      );
    }
    if (skipped.length > 0) {
      logger.warn(
        `Of the ${kind} of Cilium from ${
          source.name
        } some were left out: ${skipped.join('; ')}`,
      );
    }
    const row: DbDataplaneFeedsRow = {
      kind,
      as_of: asOf,
      source: source.name,
      fetched_at: this.now(),
      etag: answer.etag ?? null,
      body: JSON.stringify(items),
    };
    await knex.transaction(async tx => {
      await tx('dataplane_feeds').insert(row).onConflict('kind').merge(row);
      if (stored?.body !== row.body || stored.as_of !== row.as_of) {
        await onChange(tx);
      }
    });
    logger.info(
      `Read ${items.length} ${kind} of Cilium from ${source.name}, as of ${asOf}.`,
    );
  }

  /** The source says that nothing is newer: a live list is then of now. */
  private async confirm(kind: FeedKind): Promise<void> {
    await this.options
      .knex<DbDataplaneFeedsRow>('dataplane_feeds')
      .where('kind', kind)
      .update({ fetched_at: this.now() });
  }

  private async writeState(
    kind: FeedKind,
    state: FeedStatus['state'],
    failure?: FeedError,
  ): Promise<void> {
    const row: DbDataplaneFeedStatesRow = {
      kind,
      tried_at: this.now(),
      state,
      reason: failure?.message ?? null,
      next_try_at: failure?.retryAt?.toISOString() ?? null,
    };
    await this.options
      .knex('dataplane_feed_states')
      .insert(row)
      .onConflict('kind')
      .merge(row);
  }

  private take(
    rows: DbDataplaneFeedsRow[],
    states: DbDataplaneFeedStatesRow[],
  ): void {
    const bundled = bundledFeed(this.now());
    const { sources } = this.options;
    const rowOf = (kind: FeedKind) =>
      // Without a source nothing keeps a copy from one current.
      sources[kind] && rows.find(row => row.kind === kind);
    const releases = rowOf('releases');
    const advisories = rowOf('advisories');
    const newer = (row: DbDataplaneFeedsRow | undefined, asOf: string) =>
      row && row.as_of > asOf ? row.as_of : asOf;
    this.current = {
      releases: releases
        ? mergeReleases(
            JSON.parse(releases.body) as CiliumRelease[],
            bundled.releases,
          )
        : bundled.releases,
      releasesAsOf: newer(releases, bundled.releasesAsOf),
      advisories: advisories
        ? mergeAdvisories(
            JSON.parse(advisories.body) as CiliumAdvisory[],
            bundled.advisories,
          )
        : bundled.advisories,
      advisoriesAsOf: newer(advisories, bundled.advisoriesAsOf),
    };
    this.statuses = kinds.map(kind => {
      const row = rowOf(kind);
      const state = states.find(one => one.kind === kind);
      return {
        kind,
        asOf:
          kind === 'releases'
            ? this.current.releasesAsOf!
            : this.current.advisoriesAsOf!,
        source: row?.source ?? 'bundled',
        ...(row && { fetchedAt: row.fetched_at }),
        ...statusOf(sources[kind], state),
      };
    });
  }

  private now(): string {
    return this.options.clock.now().toISOString();
  }
}

function statusOf(
  source: FeedSource | undefined,
  state: DbDataplaneFeedStatesRow | undefined,
): Pick<FeedStatus, 'state' | 'triedAt' | 'reason'> {
  if (!source) {
    return { state: 'not-configured' };
  }
  return state
    ? {
        state: state.state as FeedStatus['state'],
        triedAt: state.tried_at,
        ...(state.reason && { reason: state.reason }),
      }
    : { state: 'not-collected' };
}

function toFeedError(error: unknown): FeedError {
  if (error instanceof FeedError) {
    return error;
  }
  return error instanceof UnusableFeedError
    ? new FeedError('unusable', error.message)
    : new FeedError('failed', 'an unexpected error');
}

import { randomUUID } from 'node:crypto';
import type {
  AuditorService,
  AuthService,
  DatabaseService,
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type {
  ActionsRegistryService,
  MetricsService,
} from '@backstage/backend-plugin-api/alpha';
import type { Config } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Router } from 'express';
import { Access } from './access/Access';
import { CatalogVisibility } from './access/CatalogVisibility';
import { registerResourceTypes } from './access/registerResourceTypes';
import { registerActions } from './actions/registerActions';
import { Assessor } from './assess/Assessor';
import { ClusterFactsReader } from './assess/ClusterFactsReader';
import { createRuleset } from './assess/createRuleset';
import { DirtyEntities } from './assess/DirtyEntities';
import { DirtyMarker } from './assess/DirtyMarker';
import { EntityFactsReader } from './assess/EntityFactsReader';
import { ApprovalDecisions } from './approvals/ApprovalDecisions';
import { ApprovalEventStore } from './approvals/ApprovalEventStore';
import { ApprovalViews } from './approvals/ApprovalViews';
import { AuthorizedReviewsService } from './approvals/AuthorizedReviewsService';
import { ReviewFollower } from './approvals/ReviewFollower';
import { ChangeReader } from './approvals/ChangeReader';
import { ReviewReader } from './approvals/ReviewReader';
import { ReviewWriter } from './approvals/ReviewWriter';
import { RiskReader } from './approvals/RiskReader';
import { VoterDirectory } from './approvals/VoterDirectory';
import { AuditCheckpoints } from './audit/AuditCheckpoints';
import { AuthorizedAuditService } from './audit/AuthorizedAuditService';
import { CheckpointSigner } from './audit/CheckpointSigner';
import { CatalogMirror } from './catalog/CatalogMirror';
import { ClaimMatcher } from './catalog/ClaimMatcher';
import { readOwners } from './catalog/readOwners';
import { AdjustableClock, SystemClock } from './clock/Clock';
import {
  createClusterSource,
  createKubernetesAdapter,
  defaultClusterEntries,
  KubernetesRegistrations,
} from './clusters';
import { Collection } from './collect/Collection';
import { createCollectionMetrics } from './collect/CollectionMetrics';
import { LeasedTurns } from './collect/LeasedTurns';
import { LeaseStore } from './collect/LeaseStore';
import { wait } from './collect/wait';
import { applyMigrations } from './database/applyMigrations';
import { AdvisoryNotices } from './dataplane/AdvisoryNotices';
import { ClusterPlans } from './dataplane/ClusterPlans';
import { ReleaseLinesReadModel } from './posture/ReleaseLinesReadModel';
import { CiliumFeed } from './dataplane/CiliumFeed';
import { createFeedSources } from './dataplane/createFeedSources';
import { ClusterDataplane } from './dataplane/ClusterDataplane';
import { createRouter, type CreateRouterOptions } from './http/createRouter';
import { DatabaseInventory } from './inventory/DatabaseInventory';
import { AuthorizedSecurityProfilesService } from './posture/AuthorizedSecurityProfilesService';
import { ClustersReadModel } from './posture/ClustersReadModel';
import { PostureHistory } from './posture/PostureHistory';
import { PostureReadModel } from './posture/PostureReadModel';
import { PostureStore } from './posture/PostureStore';
import { ProfilePageReadModel } from './posture/ProfilePageReadModel';
import { ProfilesReadModel } from './posture/ProfilesReadModel';
import { SetupReadModel } from './posture/SetupReadModel';
import { WorkloadsReadModel } from './posture/WorkloadsReadModel';
import { createScorecards } from './scorecards/createScorecards';
import { readApprovalSettings } from './settings/readApprovalSettings';
import { environmentOf, readSettings } from './settings/readSettings';
import { readStory } from './story/readStory';
import { runStory } from './story/runStory';
import { StoryReviews } from './story/StoryReviews';

/** What the plugin is made from. */
export interface CreateSecurityProfilesOptions {
  actions: ActionsRegistryService;
  /** The portal's own audit log. */
  auditor?: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: Config;
  database: DatabaseService;
  events: EventsService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  metrics: MetricsService;
  /** Absent where the portal has no notifications. */
  notifications?: NotificationService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  scheduler: SchedulerService;
  /** What modules add at the extension point for clusters. */
  clusterRegistrations?: KubernetesRegistrations;
  /** See {@link CreateRouterOptions.answers}. */
  answers?: CreateRouterOptions['answers'];
  /** Paths of config are relative to the backend's working directory. */
  resolvePath: (path: string) => string;
}

/** The plugin at work. */
export interface SecurityProfiles {
  router: Router;
  /** Starts collection and assessment. */
  start: () => Promise<void>;
  stop: () => Promise<void>;
  /** Asks the configured sources of releases and advisories at once; a scheduled task does so regularly. */
  refreshFeed: (options: { signal: AbortSignal }) => Promise<void>;
  /** Reads the catalog at once; a scheduled task does so regularly. */
  refreshCatalog: (options?: { signal?: AbortSignal }) => Promise<void>;
}

/**
 * Builds everything: the composition root. Nothing below it knows the Backstage container.
 *
 * @throws InputError that names the config key where config is wrong
 */
export async function createSecurityProfiles(
  options: CreateSecurityProfilesOptions,
): Promise<SecurityProfiles> {
  const { auth, catalog, config, logger, permissions, permissionsRegistry } =
    options;
  const machineClock = new SystemClock();
  const clock = new AdjustableClock(machineClock);
  const settings = readSettings(config);
  const approvalSettings = readApprovalSettings(
    config,
    settings.environments.map(({ name }) => name),
  );
  const story = settings.story
    ? await readStory(options.resolvePath(settings.story))
    : undefined;
  if (story) {
    clock.set(story.now);
  }
  const registrations =
    options.clusterRegistrations ?? new KubernetesRegistrations();
  const source = await createClusterSource({
    config,
    logger,
    adapters: {
      kubernetes: createKubernetesAdapter({
        rootConfig: config,
        catalog,
        auth,
        registrations,
      }),
    },
    defaultEntries: defaultClusterEntries({
      rootConfig: config,
      registrations,
    }),
    now: () => machineClock.now().getTime(),
    random: Math.random,
  });

  const knex = await options.database.getClient();
  await applyMigrations(knex, options.database);

  const stopping = new AbortController();
  const { signal } = stopping;
  let wakeAssessor: () => void = () => {};
  const dirty = new DirtyEntities();
  const matcher = new ClaimMatcher();
  const marker = new DirtyMarker({
    matcher,
    dirty,
    onMarked: () => wakeAssessor(),
  });
  const { rules, aliases } = approvalSettings;
  const events = new ApprovalEventStore();
  const follower = new ReviewFollower({ events, rules, clock });
  const inventory = new DatabaseInventory({
    knex,
    listener: {
      async inventoryChanged(tx, change) {
        await follower.profilesChanged(tx, change.profileIds);
        await marker.inventoryChanged(tx, change);
      },
    },
  });
  const mirror = new CatalogMirror({
    knex,
    catalog,
    auth,
    matcher,
    listener: marker,
  });
  const ciliumFeed = new CiliumFeed({
    knex,
    logger,
    clock: machineClock,
    sources: createFeedSources(settings.dataplane, {
      clock: machineClock,
      resolvePath: options.resolvePath,
    }),
    onChange: tx => inventory.judgeAllAnew(tx),
  });
  await ciliumFeed.load();
  const dataplane = new ClusterDataplane({ feed: () => ciliumFeed.feed });
  const advisoryNotices = new AdvisoryNotices({
    knex,
    dataplane,
    events: options.events,
    notifications: options.notifications,
    clock,
    machineClock,
    logger,
  });
  const postures = new PostureReadModel({ knex, clock });
  const history = new PostureHistory({ knex });
  const voters = new VoterDirectory({ reviewers: settings.reviewers, aliases });
  const reader = new ReviewReader({ events, voters, rules });
  const assessor = new Assessor({
    knex,
    dirty,
    facts: new EntityFactsReader({
      clusters: new ClusterFactsReader({
        dataplane,
        settingsOf: name => ({
          seccompDefault: settings.clusterOptions.get(name)?.seccompDefault
            ? 'declared'
            : 'not-declared',
        }),
      }),
      environments: settings.environments,
      approvals: new ApprovalDecisions({ events, voters, rules }),
    }),
    postures: new PostureStore(),
    ruleset: createRuleset(settings),
    clock,
    machineClock,
    logger,
  });
  const collection = new Collection({
    source,
    writer: inventory,
    clock,
    logger,
    random: Math.random,
    metrics: createCollectionMetrics(options.metrics),
    turns: new LeasedTurns({
      store: new LeaseStore({ knex }),
      holder: randomUUID(),
      duration: durationToMilliseconds(settings.leaseDuration),
      guardedWriter: guard => inventory.guardedBy(guard),
      logger,
    }),
    describe: cluster => ({
      environment: environmentOf(settings, cluster.name),
      ownerRef: settings.clusterOptions
        .get(cluster.name)
        ?.owner?.toLocaleLowerCase('en-US'),
    }),
  });

  registerResourceTypes({
    permissionsRegistry,
    knex,
    readOwners: refs => readOwners(refs, { knex, catalog, auth }),
  });
  const access = new Access({
    permissions,
    permissionsRegistry,
    visibility: new CatalogVisibility({
      permissions,
      catalog,
      clock: machineClock,
    }),
  });
  const signer = approvalSettings.signingKey
    ? CheckpointSigner.fromPem(
        approvalSettings.signingKey,
        'securityProfiles.approvals.signingKey',
      )
    : undefined;
  const checkpoints = new AuditCheckpoints({
    knex,
    clock,
    signer,
    auditor: options.auditor,
  });
  const views = new ApprovalViews({ knex, access, reader, rules, clock });
  const writer = new ReviewWriter({
    knex,
    reader,
    events,
    voters,
    changes: new ChangeReader(),
    risks: new RiskReader({
      isCounted: name =>
        settings.environments.find(one => one.name === name)?.counted ===
        'not-counted'
          ? 'no'
          : 'yes',
    }),
    rules,
    clock,
    newId: randomUUID,
    onDecided: (tx, entityRefs) => marker.entitiesChanged(tx, entityRefs),
  });
  const reviews = new AuthorizedReviewsService({
    knex,
    access,
    reader,
    writer,
    rules,
    clock,
  });
  const service = new AuthorizedSecurityProfilesService({
    access,
    postures,
    clusters: new ClustersReadModel({
      knex,
      dataplane,
      feed: () => ciliumFeed.feed,
      clock,
    }),
    plans: new ClusterPlans({
      knex,
      clock,
      onNoted: (tx, clusterId) => inventory.judgeAnew(tx, clusterId),
    }),
    releaseLines: new ReleaseLinesReadModel({ feed: ciliumFeed, clock }),
    profiles: new ProfilesReadModel({ knex }),
    profilePage: new ProfilePageReadModel({ knex, clock }),
    workloads: new WorkloadsReadModel({ knex }),
    setup: new SetupReadModel({ knex }),
    forViewer: (posture, credentials) => views.forViewer(posture, credentials),
    assessNow: async (entityRef, credentials) => {
      if ((await mirror.refreshOne(entityRef, { credentials })) === 'unknown') {
        return 'unknown';
      }
      await assessor.assessNow(entityRef);
      return 'assessed';
    },
  });

  const scorecards = createScorecards({ knex, access });
  registerActions(options.actions, { service, reviews, scorecards });

  const assessRegularly = async () => {
    while (!signal.aborted) {
      const woken = new AbortController();
      wakeAssessor = () => woken.abort();
      // Another replica may have read a newer feed.
      await ciliumFeed.load().catch(error => {
        logger.error('The stored feed of Cilium could not be read', error);
      });
      await assessor.drain({ signal }).catch(error => {
        logger.error('Assessment failed; trying again', error);
      });
      // Marks of other replicas wake nobody here.
      await wait(5000, { signal: AbortSignal.any([signal, woken.signal]) });
      await wait(50, { signal });
    }
  };

  const run = async () => {
    const clusters = await collection.prepare({ signal });
    if (story) {
      await runStory({
        story,
        clusters,
        collection,
        assessor,
        reviews: new StoryReviews({
          knex,
          writer,
          refreshCatalog: refreshOptions => mirror.refreshAll(refreshOptions),
        }),
        clock,
        logger,
        signal,
      });
    }
    await assessor.markJudgedByOtherRules();
    await Promise.all([collection.run({ signal }), assessRegularly()]);
  };

  let running: Promise<void> = Promise.resolve();
  return {
    router: await createRouter({
      httpAuth: options.httpAuth,
      service,
      reviews,
      scorecards,
      audit: new AuthorizedAuditService({
        knex,
        access,
        checkpoints,
        signer,
        clock,
      }),
      answers: options.answers,
    }),
    async start() {
      running = run().catch(error => {
        if (!signal.aborted) {
          logger.error('Collection could not start', error);
        }
      });
      await options.scheduler.scheduleTask({
        id: 'security-profiles-checkpoints',
        frequency: { minutes: 10 },
        timeout: { minutes: 5 },
        fn: async () => {
          await checkpoints.markWhenDue();
        },
      });
      await options.scheduler.scheduleTask({
        id: 'security-profiles-catalog',
        frequency: settings.catalogRefresh,
        timeout: { minutes: 10 },
        fn: async abortSignal => {
          // The scheduler's type is that of a polyfill; at run time it is the platform's own.
          await mirror.refreshAll({ signal: abortSignal as AbortSignal });
        },
      });
      await options.scheduler.scheduleTask({
        id: 'security-profiles-history',
        frequency: { hours: 1 },
        timeout: { minutes: 5 },
        fn: async () => {
          const now = clock.now();
          const keptFrom = new Date(
            now.getTime() - durationToMilliseconds(settings.historyRetention),
          );
          await history.record(dayOf(now));
          await history.prune(dayOf(keptFrom));
        },
      });
      await options.scheduler.scheduleTask({
        id: 'security-profiles-advisories',
        frequency: { minutes: 1 },
        timeout: { minutes: 10 },
        fn: abortSignal =>
          advisoryNotices.tell({ signal: abortSignal as AbortSignal }),
      });
      if (settings.dataplane.releases || settings.dataplane.advisories) {
        await options.scheduler.scheduleTask({
          id: 'security-profiles-cilium-feed',
          frequency: settings.dataplane.refresh,
          timeout: { minutes: 5 },
          fn: abortSignal =>
            ciliumFeed.refresh({ signal: abortSignal as AbortSignal }),
        });
      }
    },
    refreshFeed: refreshOptions => ciliumFeed.refresh(refreshOptions),
    refreshCatalog: refreshOptions => mirror.refreshAll(refreshOptions),
    async stop() {
      stopping.abort();
      await running;
      await source.close();
    },
  };
}

/** The day of a time in UTC, as `2026-11-25`. */
function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

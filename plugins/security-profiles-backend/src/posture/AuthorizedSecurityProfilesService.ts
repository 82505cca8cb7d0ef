import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  CiliumAdvisoryPage,
  CiliumPlan,
  CiliumPlanRequest,
  Cluster,
  ClusterDetail,
  ReleaseLines,
  Node,
  Posture,
  Profile,
  ProfileDetail,
  Revision,
  RevisionComparison,
  Setup,
  WorkloadSummary,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Access } from '../access/Access';
import {
  ForbiddenError,
  InputRefusedError,
  MissingError,
} from '../access/errors';
import { personOf } from '../access/personOf';
import {
  type ClusterPlans,
  UnlikelyPlanError,
} from '../dataplane/ClusterPlans';
import type { ReleaseLinesReadModel } from './ReleaseLinesReadModel';
import type { ClusterFilter, ClustersReadModel } from './ClustersReadModel';
import type { EntityScope } from '../access/EntityScope';
import type { Page, PageRequest } from '../paging/pageCursor';
import type { PostureReadModel } from './PostureReadModel';
import type {
  ProfileNodeFilter,
  ProfileNodePage,
  ProfilePageReadModel,
  ProfileUserPage,
} from './ProfilePageReadModel';
import type {
  ProfileFilter,
  ProfileSort,
  ProfilesReadModel,
} from './ProfilesReadModel';
import type {
  CallerOptions,
  SecurityProfilesService,
} from './SecurityProfilesService';
import type { SetupReadModel } from './SetupReadModel';
import type { WorkloadFilter, WorkloadsReadModel } from './WorkloadsReadModel';

/** Options of {@link AuthorizedSecurityProfilesService}. */
export interface AuthorizedSecurityProfilesServiceOptions {
  access: Access;
  postures: PostureReadModel;
  clusters: ClustersReadModel;
  plans: ClusterPlans;
  releaseLines: ReleaseLinesReadModel;
  profiles: ProfilesReadModel;
  profilePage: ProfilePageReadModel;
  workloads: WorkloadsReadModel;
  setup: SetupReadModel;
  /**
   * Judges an entity at once that nobody has judged yet, such as one that was registered a moment ago.
   * `unknown`: the catalog has no such Component for the caller.
   */
  assessNow: (
    entityRef: string,
    credentials: BackstageCredentials,
  ) => Promise<'assessed' | 'unknown'>;
  /** Says in a posture what the caller may do about each approval. */
  forViewer: (
    posture: Posture,
    credentials: BackstageCredentials,
  ) => Promise<Posture>;
}

/** Answers with the caller's own rights: the policy's conditions go into the queries, the catalog's visibility on top. */
export class AuthorizedSecurityProfilesService
  implements SecurityProfilesService
{
  private readonly options: AuthorizedSecurityProfilesServiceOptions;

  constructor(options: AuthorizedSecurityProfilesServiceOptions) {
    this.options = options;
  }

  async getPosture(
    entityRef: string,
    { credentials }: CallerOptions,
  ): Promise<Posture> {
    const { access, postures, assessNow, forViewer } = this.options;
    await access.requirePosture(entityRef, credentials);
    const visible = await access.visibleEntities(credentials);
    const missing = new MissingError(
      'entity-not-found',
      'There is no such Component in the catalog, or you may not see it.',
    );
    if (
      visible.scope === 'none' ||
      (visible.scope === 'some' && !visible.refs.has(entityRef))
    ) {
      throw missing;
    }
    const known = await postures.get(entityRef);
    if (known) {
      return forViewer(known, credentials);
    }
    if ((await assessNow(entityRef, credentials)) === 'unknown') {
      throw missing;
    }
    const assessed = await postures.get(entityRef);
    if (!assessed) {
      throw missing;
    }
    return forViewer(assessed, credentials);
  }

  async listClusters(
    filter: ClusterFilter,
    page: PageRequest,
    { credentials }: CallerOptions,
  ): Promise<Page<Cluster>> {
    const scope = await this.options.access.clusters(credentials);
    const entities = await this.entities(credentials);
    return this.options.clusters.list({ filter, page, scope, entities });
  }

  async getCluster(
    id: string,
    { credentials }: CallerOptions,
  ): Promise<ClusterDetail> {
    const { access, clusters } = this.options;
    await access.requireCluster(id, credentials);
    const cluster = found(
      await clusters.get(id, await this.entities(credentials)),
      'cluster',
    );
    const may =
      personOf(credentials) !== undefined &&
      (await access.mayPlanCluster(id, credentials)) === 'granted';
    return { ...cluster, viewerMay: may ? ['plan'] : [] };
  }

  async listClusterAdvisories(
    clusterId: string,
    page: PageRequest,
    { credentials }: CallerOptions,
  ): Promise<CiliumAdvisoryPage> {
    await this.options.access.requireCluster(clusterId, credentials);
    return found(
      await this.options.clusters.advisories(clusterId, page),
      'cluster',
    );
  }

  async planClusterPatch(
    clusterId: string,
    request: CiliumPlanRequest,
    { credentials }: CallerOptions,
  ): Promise<CiliumPlan> {
    const { access, plans } = this.options;
    await access.requireClusterPlan(clusterId, credentials);
    const person = personOf(credentials);
    if (person === undefined) {
      throw new ForbiddenError(
        'Only a signed-in person can note a plan; a service has no name to answer with.',
      );
    }
    try {
      return found(await plans.note(clusterId, request, person), 'cluster');
    } catch (error) {
      throw error instanceof UnlikelyPlanError
        ? new InputRefusedError(error.field, error.message)
        : error;
    }
  }

  async getReleaseLines({ credentials }: CallerOptions): Promise<ReleaseLines> {
    await this.options.access.clusters(credentials);
    return this.options.releaseLines.get();
  }

  async listNodes(
    clusterId: string,
    page: PageRequest,
    { credentials }: CallerOptions,
  ): Promise<Page<Node>> {
    await this.options.access.requireCluster(clusterId, credentials);
    return found(await this.options.clusters.nodes(clusterId, page), 'cluster');
  }

  async listProfiles(
    { filter, sort }: { filter: ProfileFilter; sort: ProfileSort },
    page: PageRequest,
    { credentials }: CallerOptions,
  ): Promise<Page<Profile>> {
    const scope = await this.options.access.profiles(credentials);
    const entities = await this.entities(credentials);
    return this.options.profiles.list({ filter, sort, page, scope, entities });
  }

  async getProfile(
    id: string,
    { credentials }: CallerOptions,
  ): Promise<ProfileDetail> {
    const { access, profilePage } = this.options;
    await access.requireProfile(id, credentials);
    return found(
      await profilePage.get(id, {
        scope: await access.profiles(credentials),
        entities: await this.entities(credentials),
      }),
      'profile',
    );
  }

  async listProfileNodes(
    profileId: string,
    { filter, page }: { filter: ProfileNodeFilter; page: PageRequest },
    { credentials }: CallerOptions,
  ): Promise<ProfileNodePage> {
    await this.options.access.requireProfile(profileId, credentials);
    return found(
      await this.options.profilePage.nodes(profileId, filter, page),
      'profile',
    );
  }

  async listRevisions(
    profileId: string,
    page: PageRequest,
    { credentials }: CallerOptions,
  ): Promise<Page<Revision>> {
    await this.options.access.requireProfile(profileId, credentials);
    return found(
      await this.options.profilePage.revisions(profileId, page),
      'profile',
    );
  }

  async compareRevisions(
    profileId: string,
    range: { from: string; to: string },
    { credentials }: CallerOptions,
  ): Promise<RevisionComparison> {
    await this.options.access.requireProfile(profileId, credentials);
    return found(
      await this.options.profilePage.compare(profileId, range),
      'profile',
    );
  }

  async listProfileUsers(
    profileId: string,
    page: PageRequest,
    { credentials }: CallerOptions,
  ): Promise<ProfileUserPage> {
    await this.options.access.requireProfile(profileId, credentials);
    return found(
      await this.options.profilePage.users(
        profileId,
        page,
        await this.entities(credentials),
      ),
      'profile',
    );
  }

  async listWorkloads(
    filter: WorkloadFilter,
    page: PageRequest,
    { credentials }: CallerOptions,
  ): Promise<Page<WorkloadSummary>> {
    const scope = await this.options.access.clusters(credentials);
    return this.options.workloads.list({ filter, page, scope });
  }

  async getSetup({ credentials }: CallerOptions): Promise<Setup> {
    const scope = await this.options.access.clusters(credentials);
    const entities = await this.entities(credentials);
    return this.options.setup.get({ scope, entities });
  }

  /** Counts of entities on a page of clusters or profiles are zero, not an error, for those who may read no posture. */
  private async entities(
    credentials: BackstageCredentials,
  ): Promise<EntityScope> {
    return this.options.access.entityScope(credentials);
  }
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new MissingError(
      'not-found',
      `There is no such ${what}, or you may not read it.`,
    );
  }
  return value;
}

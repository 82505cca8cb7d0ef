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
import type { ClusterFilter } from './ClustersReadModel';
import type { Page, PageRequest } from '../paging/pageCursor';
import type {
  ProfileNodeFilter,
  ProfileNodePage,
  ProfileUserPage,
} from './ProfilePageReadModel';
import type { ProfileFilter, ProfileSort } from './ProfilesReadModel';
import type { WorkloadFilter } from './WorkloadsReadModel';

/** Who asks. Everything is answered with the rights of these credentials. */
export interface CallerOptions {
  credentials: BackstageCredentials;
}

/**
 * Every question that a page, an action or another plugin may ask.
 *
 * @remarks
 * Rejects with `ForbiddenError` where the caller lacks the permission (before it is looked whether the thing exists),
 * `MissingError` where there is no such thing, and `InvalidCursorError` for a cursor of another list.
 */
export interface SecurityProfilesService {
  getPosture(entityRef: string, options: CallerOptions): Promise<Posture>;
  listClusters(
    filter: ClusterFilter,
    page: PageRequest,
    options: CallerOptions,
  ): Promise<Page<Cluster>>;
  getCluster(id: string, options: CallerOptions): Promise<ClusterDetail>;
  listClusterAdvisories(
    clusterId: string,
    page: PageRequest,
    options: CallerOptions,
  ): Promise<CiliumAdvisoryPage>;
  /** Rejects with `InputRefusedError` for a day that makes no sense, and for callers who are no person. */
  planClusterPatch(
    clusterId: string,
    request: CiliumPlanRequest,
    options: CallerOptions,
  ): Promise<CiliumPlan>;
  getReleaseLines(options: CallerOptions): Promise<ReleaseLines>;
  listNodes(
    clusterId: string,
    page: PageRequest,
    options: CallerOptions,
  ): Promise<Page<Node>>;
  listProfiles(
    list: { filter: ProfileFilter; sort: ProfileSort },
    page: PageRequest,
    options: CallerOptions,
  ): Promise<Page<Profile>>;
  getProfile(id: string, options: CallerOptions): Promise<ProfileDetail>;
  listProfileNodes(
    profileId: string,
    list: { filter: ProfileNodeFilter; page: PageRequest },
    options: CallerOptions,
  ): Promise<ProfileNodePage>;
  /** Rejects with `InputRefusedError` for a revision that the profile never had. */
  compareRevisions(
    profileId: string,
    range: { from: string; to: string },
    options: CallerOptions,
  ): Promise<RevisionComparison>;
  listRevisions(
    profileId: string,
    page: PageRequest,
    options: CallerOptions,
  ): Promise<Page<Revision>>;
  listProfileUsers(
    profileId: string,
    page: PageRequest,
    options: CallerOptions,
  ): Promise<ProfileUserPage>;
  listWorkloads(
    filter: WorkloadFilter,
    page: PageRequest,
    options: CallerOptions,
  ): Promise<Page<WorkloadSummary>>;
  getSetup(options: CallerOptions): Promise<Setup>;
}

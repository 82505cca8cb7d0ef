import { stringifyEntityRef } from '@backstage/catalog-model';
import type { PageRequest } from '../posture/pageCursor';
import type { SecurityProfilesService } from '../posture/SecurityProfilesService';
import type { Handlers } from './handlers';

const defaultLimit = 50;

function pageOf(query: { cursor?: string; limit?: number }): PageRequest {
  return { cursor: query.cursor, limit: query.limit ?? defaultLimit };
}

/** Calls one method of the authorised service per operation. */
export function createHandlers(service: SecurityProfilesService): Handlers {
  return {
    getPosture: ({ path, credentials }) =>
      service.getPosture(stringifyEntityRef(path), { credentials }),
    listClusters: ({ query, credentials }) =>
      service.listClusters({ environment: query.environment }, pageOf(query), {
        credentials,
      }),
    getCluster: ({ path, credentials }) =>
      service.getCluster(path.clusterId, { credentials }),
    listNodes: ({ path, query, credentials }) =>
      service.listNodes(path.clusterId, pageOf(query), { credentials }),
    listProfiles: ({ query, credentials }) =>
      service.listProfiles(
        { q: query.q, kind: query.kind, clusterId: query.clusterId },
        pageOf(query),
        { credentials },
      ),
    getProfile: ({ path, credentials }) =>
      service.getProfile(path.profileId, { credentials }),
    listRevisions: ({ path, query, credentials }) =>
      service.listRevisions(path.profileId, pageOf(query), { credentials }),
    listProfileUsers: ({ path, query, credentials }) =>
      service.listProfileUsers(path.profileId, pageOf(query), { credentials }),
    listWorkloads: ({ query, credentials }) =>
      service.listWorkloads(
        { clusterId: query.clusterId, namespace: query.namespace },
        pageOf(query),
        { credentials },
      ),
    getSetup: ({ credentials }) => service.getSetup({ credentials }),
  };
}

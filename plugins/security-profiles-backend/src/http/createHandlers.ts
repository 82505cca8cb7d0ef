import { stringifyEntityRef } from '@backstage/catalog-model';
import type { ReviewsService } from '../approvals/ReviewsService';
import type { AuditService } from '../audit/AuditService';
import type { PageRequest } from '../paging/pageCursor';
import type { SecurityProfilesService } from '../posture/SecurityProfilesService';
import type { ScorecardFilter } from '../scorecards/scorecardQuery';
import type { ScorecardsService } from '../scorecards/ScorecardsService';
import type { Handlers } from './handlers';

const defaultLimit = 50;

function pageOf(query: { cursor?: string; limit?: number }): PageRequest {
  return { cursor: query.cursor, limit: query.limit ?? defaultLimit };
}

/** The part of a query that says which entities a scorecard is about. */
function filterOf({
  q,
  environment,
  level,
  target,
  approval,
  class: classes,
  owner,
  system,
  findingId,
  cluster,
}: ScorecardFilter): ScorecardFilter {
  return {
    q,
    environment,
    level,
    target,
    approval,
    class: classes,
    owner,
    system,
    findingId,
    cluster,
  };
}

/** Calls one method of the authorised services per operation. */
export function createHandlers(services: {
  service: SecurityProfilesService;
  reviews: ReviewsService;
  audit: AuditService;
  scorecards: ScorecardsService;
}): Handlers {
  const { audit, service, reviews, scorecards } = services;
  return {
    getPosture: ({ path, credentials }) =>
      service.getPosture(stringifyEntityRef(path), { credentials }),
    listClusters: ({ query, credentials }) =>
      service.listClusters(
        { environment: query.environment, owner: query.owner },
        pageOf(query),
        { credentials },
      ),
    getCluster: ({ path, credentials }) =>
      service.getCluster(path.clusterId, { credentials }),
    listClusterAdvisories: ({ path, query, credentials }) =>
      service.listClusterAdvisories(path.clusterId, pageOf(query), {
        credentials,
      }),
    planClusterPatch: ({ path, body, credentials }) =>
      service.planClusterPatch(path.clusterId, body, { credentials }),
    getReleaseLines: ({ credentials }) =>
      service.getReleaseLines({ credentials }),
    listNodes: ({ path, query, credentials }) =>
      service.listNodes(path.clusterId, pageOf(query), { credentials }),
    listProfiles: ({ query, credentials }) =>
      service.listProfiles(
        {
          filter: {
            q: query.q,
            kind: query.kind,
            clusterId: query.clusterId,
            mode: query.mode,
            beyond: query.beyond,
            use: query.use,
          },
          sort: query.sort ?? 'name',
        },
        pageOf(query),
        { credentials },
      ),
    getProfile: ({ path, credentials }) =>
      service.getProfile(path.profileId, { credentials }),
    listProfileNodes: ({ path, query, credentials }) =>
      service.listProfileNodes(
        path.profileId,
        { filter: { state: query.state }, page: pageOf(query) },
        { credentials },
      ),
    compareRevisions: ({ path, query, credentials }) =>
      service.compareRevisions(
        path.profileId,
        { from: query.from, to: query.to ?? 'current' },
        { credentials },
      ),
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
    getScorecardSummary: ({ query, credentials }) =>
      scorecards.getSummary(filterOf(query), { credentials }),
    listScorecardEntities: ({ query, credentials }) =>
      scorecards.listEntities(
        { filter: filterOf(query), sort: query.sort ?? 'target' },
        pageOf(query),
        { credentials },
      ),
    listScorecardGroups: ({ query, credentials }) =>
      scorecards.listGroups(
        {
          by: query.by ?? 'owner',
          parent: query.parent,
          filter: filterOf(query),
        },
        pageOf(query),
        { credentials },
      ),
    listScorecardFindings: ({ query, credentials }) =>
      scorecards.listFindings(filterOf(query), pageOf(query), { credentials }),
    listElevated: ({ query, credentials }) =>
      scorecards.listElevated(filterOf(query), pageOf(query), { credentials }),
    exportScorecard: async ({ query, credentials }) => {
      const { table = 'entities' } = query;
      return {
        contentType: 'text/csv; charset=utf-8',
        fileName: `security-profiles-${table}.csv`,
        parts: await scorecards.exportTable(table, filterOf(query), {
          credentials,
        }),
      };
    },
    listReviews: ({ query, credentials }) =>
      reviews.listReviews(
        {
          filter: query.filter ?? 'all',
          entityRef: query.entityRef,
          profileId: query.profileId,
          environment: query.environment,
          state: query.state,
        },
        pageOf(query),
        { credentials },
      ),
    getReview: ({ path, credentials }) =>
      reviews.getReview(path.reviewId, { credentials }),
    createReview: ({ body, credentials, idempotencyKey }) =>
      reviews.createReview(body, { credentials, idempotencyKey }),
    castVote: ({ path, body, credentials, idempotencyKey }) =>
      reviews.castVote(path.reviewId, body, { credentials, idempotencyKey }),
    addComment: ({ path, body, credentials, idempotencyKey }) =>
      reviews.addComment(path.reviewId, body.comment, {
        credentials,
        idempotencyKey,
      }),
    listAuditEvents: ({ query, credentials }) =>
      audit.listEvents(
        {
          actor: query.actor,
          action: query.action,
          reviewId: query.reviewId,
          from: query.from,
          to: query.to,
        },
        pageOf(query),
        { credentials },
      ),
    verifyAudit: ({ credentials }) => audit.verify({ credentials }),
    listAuditCheckpoints: ({ credentials }) =>
      audit.listCheckpoints({ credentials }),
    exportAudit: async ({ credentials }) => ({
      contentType: 'application/x-ndjson',
      fileName: 'security-profiles-audit.ndjson',
      parts: await audit.export({ credentials }),
    }),
    revokeApproval: ({ path, body, credentials, idempotencyKey }) =>
      reviews.revokeApproval(path.reviewId, body.reason, {
        credentials,
        idempotencyKey,
      }),
    breakGlass: ({ path, body, credentials, idempotencyKey }) =>
      reviews.breakGlass(path.reviewId, body, { credentials, idempotencyKey }),
    withdrawReview: ({ path, body, credentials, idempotencyKey }) =>
      reviews.withdrawReview(path.reviewId, body.reason, {
        credentials,
        idempotencyKey,
      }),
  };
}

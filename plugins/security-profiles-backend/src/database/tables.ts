/** Rows as the migrations make them. `Db…Row` is what a table holds, before JSON columns are parsed. */

export interface DbClustersRow {
  id: string;
  name: string;
  type: string;
  environment: string;
  owner_ref: string | null;
  not_collected: string | null;
  tls: string | null;
  kubernetes_version: string | null;
  operator_version: string | null;
  /** PostgreSQL gives bigint as text. */
  facts_version: string | number;
}

export interface DbClusterResourcesRow {
  cluster_id: string;
  resource: string;
  state: string;
  since: string;
  last_fresh: string | null;
  object_count: number;
  reason: string | null;
}

export interface DbClusterProblemsRow {
  cluster_id: string;
  location: string;
  message: string;
}

export interface DbNodesRow {
  cluster_id: string;
  name: string;
  facts: string;
}

export interface DbNamespacesRow {
  cluster_id: string;
  name: string;
  labels: string;
}

export interface DbProfilesRow {
  id: string;
  cluster_id: string;
  kind: string;
  namespace: string;
  name: string;
  uid: string;
  object: string;
  node_states: string;
  installed: string;
  mode: string;
  default_action: string | null;
  source_digest: string;
  effective_digest: string | null;
  resolution: string;
  because: string | null;
  bases: string;
  allows: number | null;
  content_hash: string | null;
  allows_rank: number;
  beyond_calls: number | null;
  beyond_rank: number;
  worst_risk: string | null;
  revision_since: string | null;
  revision_not_before: string | null;
}

/** Facts of a whole cluster, one topic a row. */
export interface DbClusterFactsRow {
  cluster_id: string;
  topic: string;
  facts: string;
}

export interface DbProfileRevisionsRow {
  profile_id: string;
  source_digest: string;
  effective_digest: string;
  first_seen: string;
  content_hash: string | null;
  change: string | null;
}

export interface DbWorkloadsRow {
  id: string;
  cluster_id: string;
  api_group: string;
  kind: string;
  namespace: string;
  name: string;
  label_sets: string;
  path_prefix: string;
  pods: number;
  content_hash: string;
}

export interface DbWorkloadLabelsRow {
  workload_id: string;
  key: string;
  value: string;
}

export interface DbWorkloadContainersRow {
  workload_id: string;
  name: string;
  type: string;
  origin: string;
  basis: string;
  pods: number;
  container: string;
  nodes: string;
  declared: string | null;
  started_at: string | null;
}

export interface DbWorkloadProfileNamesRow {
  workload_id: string;
  cluster_id: string;
  mechanism: string;
  value: string;
}

export interface DbEntitiesRow {
  entity_ref: string;
  title: string | null;
  type: string | null;
  lifecycle: string | null;
  system_ref: string | null;
  owner_ref: string | null;
  tags: string;
  name: string;
  kubernetes_id: string;
  id_source: string;
  selector: string | null;
  selector_error: string | null;
  anchor_key: string | null;
  anchor_value: string | null;
  only_namespace: string | null;
  only_cluster: string | null;
  workload_ref: string | null;
  /** As its owner wrote it; absent before it was read. */
  class?: string | null;
  content_hash: string;
}

export interface DbClaimsRow {
  entity_ref: string;
  workload_id: string;
  claim: string;
}

export interface DbDirtyEntitiesRow {
  entity_ref: string;
  /** PostgreSQL gives bigint as text. */
  version: string | number;
  claimed_until: string | number;
}

export interface DbPosturesRow {
  entity_ref: string;
  assessed_at: string;
  rules: string;
  level: string;
  approval: string;
  target_met: string;
  score: number | null;
  worst_finding: string | null;
  valid_until: string | null;
  body: string;
  class: string;
  target_level: string | null;
  worst_severity: string | null;
  next_step: string | null;
  environments: number;
  open_reviews: number;
}

export interface DbPostureScopesRow {
  entity_ref: string;
  environment: string;
  level: string;
  approval: string;
  score: number | null;
  counted: boolean | number;
}

export interface DbPostureClustersRow {
  entity_ref: string;
  cluster_id: string;
}

export interface DbPostureProfilesRow {
  entity_ref: string;
  profile_id: string;
  containers: number;
  pods: number;
  claim: string;
}

export interface DbMembershipsRow {
  member_ref: string;
  group_ref: string;
}

export interface DbApprovalReviewsRow {
  review_id: string;
  kind: string;
  subject_key: string;
  profile_kind: string;
  profile_namespace: string;
  profile_name: string;
  environment: string;
  requested_by: string;
  created_at: string;
}

export interface DbApprovalEventsRow {
  seq: number;
  review_id: string;
  subject_key: string;
  type: string;
  at: string;
  actor: string;
  idempotency_key: string | null;
  /** What decisions are computed from, as JSON. */
  payload: string;
  digest: string | null;
  prev_hash: string;
  hash: string;
  text_hash: string;
}

export interface DbReviewVoterGroupsRow {
  review_id: string;
  group_ref: string;
}

export interface DbProfileContentsRow {
  hash: string;
  content: string;
}

export interface DbPostureFindingsRow {
  entity_ref: string;
  finding_id: string;
  status: string;
  severity: string;
  responsible: string;
  waived: boolean | number;
  sole: boolean | number;
}

export interface DbPostureElevatedRow {
  entity_ref: string;
  cluster: string;
  environment: string;
  workload_id: string;
  namespace: string;
  kind: string;
  name: string;
  container: string;
  class: string;
  level: string;
  risk: string | null;
  elevations: string;
  grant_state: string;
  grant_expires_at: string | null;
}

export interface DbPostureHistoryRow {
  entity_ref: string;
  environment: string;
  day: string;
  level: string;
  approval: string;
  score: number | null;
  target_met: string;
  rules: string;
}

export interface DbClusterDataplaneRow {
  cluster_id: string;
  /** Key of `CollectedDataplane`. */
  part: string;
  facts: string;
}

export interface DbDataplaneFeedsRow {
  /** `releases` or `advisories`. */
  kind: string;
  as_of: string;
  source: string;
  fetched_at: string;
  etag: string | null;
  body: string;
}

export interface DbDataplaneFeedStatesRow {
  kind: string;
  tried_at: string;
  state: string;
  reason: string | null;
  next_try_at: string | null;
}

export interface DbClusterPlansRow {
  id: string | number;
  cluster_id: string;
  version: string;
  planned_for: string;
  noted_by: string;
  reason: string;
  noted_at: string;
}

export interface DbAdvisoryNoticesRow {
  cluster_id: string;
  advisory_id: string;
  noticed_at: string;
  /** Payload of the event, as JSON. */
  event: string;
  published_at: string | null;
  /** When the messages were written that name it. */
  digested_at: string | null;
}

export interface DbApprovalTextsRow {
  seq: number;
  salt: string;
  json: string;
}

export interface DbAuditHeadRow {
  name: string;
  seq: number;
  hash: string;
}

export interface DbAuditCheckpointsRow {
  seq: number;
  hash: string;
  count: number;
  at: string;
  key_id: string | null;
  signature: string | null;
}

export interface DbAdvisoryMessagesRow {
  id: number;
  recipient_ref: string;
  /** Payload of the notification, as JSON. */
  payload: string;
  made_at: string;
  next_try_at: string;
  sent_at: string | null;
}

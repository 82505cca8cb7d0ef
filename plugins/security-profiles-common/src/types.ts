import type { components } from './openapi.generated';

type Schemas = components['schemas'];

/** All findings of one entity, its level and its target. @public */
export type Posture = Schemas['Posture'];
/** One check's verdict on one entity. @public */
export type Finding = Schemas['Finding'];
/** What the reader should do next. @public */
export type NextStep = Schemas['NextStep'];
/** Where a verdict comes from. @public */
export type Evidence = Schemas['Evidence'];
/** A workload of an entity with its containers. @public */
export type PostureWorkload = Schemas['Workload'];
/** One container with what it runs under. @public */
export type PostureContainer = Schemas['Container'];
/** What one container runs under for one mechanism. @public */
export type Confinement = Schemas['Confinement'];
/** A kernel-level privilege that a container asks for. @public */
export type Elevation = Schemas['Elevation'];
/** A profile that the entity's containers name. @public */
export type PostureProfile = Schemas['PostureProfile'];
/** The dataplane of one cluster below an entity. @public */
export type PostureDataplane = Schemas['PostureDataplane'];
/** Versions of Cilium in one cluster. @public */
export type CiliumVersions = Schemas['CiliumVersions'];
/** How fresh the facts of one resource are. @public */
export type Source = Schemas['Source'];
/** A connected cluster. @public */
export type Cluster = Schemas['Cluster'];
/** A connected cluster with everything that is said of its dataplane. @public */
export type ClusterDetail = Schemas['ClusterDetail'];
/** Everything that is said of one cluster's Cilium. @public */
export type CiliumDataplane = Schemas['CiliumDataplane'];
/** What one advisory means for one cluster. @public */
export type CiliumAdvisory = Schemas['CiliumAdvisory'];
/** One page of advisories of a cluster. @public */
export type CiliumAdvisoryPage = Schemas['CiliumAdvisoryPage'];
/** What the owner of a cluster plans for its Cilium. @public */
export type CiliumPlan = Schemas['CiliumPlan'];
/** Body of a planned patch. @public */
export type CiliumPlanRequest = Schemas['CiliumPlanRequest'];
/** The release lines of Cilium over time. @public */
export type ReleaseLines = Schemas['ReleaseLines'];
/** One minor branch of Cilium over time. @public */
export type ReleaseLine = Schemas['ReleaseLine'];
/** A node of a cluster. @public */
export type Node = Schemas['Node'];
/** One SPO object in one cluster. @public */
export type Profile = Schemas['Profile'];
/** Everything that the page of one profile shows at once. @public */
export type ProfileDetail = Schemas['ProfileDetail'];
/** Calls of a profile by risk group. @public */
export type ProfileCallGroups = Schemas['ProfileCallGroups'];
/** One syscall of a profile. @public */
export type ProfileCall = Schemas['ProfileCall'];
/** One profile in the chain of a profile's bases. @public */
export type ProfileBase = Schemas['ProfileBase'];
/** The state of a profile on one node. @public */
export type ProfileNode = Schemas['ProfileNode'];
/** What changed between two contents of a profile. @public */
export type RevisionComparison = Schemas['RevisionComparison'];
/** One line of a comparison. @public */
export type ComparisonLine = Schemas['ComparisonLine'];
/** One content of a profile. @public */
export type Revision = Schemas['Revision'];
/** An entity that uses a profile. @public */
export type ProfileUser = Schemas['ProfileUser'];
/** A workload that collection has seen. @public */
export type WorkloadSummary = Schemas['WorkloadSummary'];
/** Progress of setting up. @public */
export type Setup = Schemas['Setup'];
/** A review of the queue. @public */
export type ReviewSummary = Schemas['ReviewSummary'];
/** One review with everything a voter needs. @public */
export type Review = Schemas['Review'];
/** One vote of a review. @public */
export type ReviewVote = Schemas['ReviewVote'];
/** Body of a request for approval. @public */
export type ReviewRequest = Schemas['ReviewRequest'];
/** Body of a revoke. @public */
export type RevokeRequest = Schemas['RevokeRequest'];
/** Body of breaking the glass. @public */
export type BreakGlassRequest = Schemas['BreakGlassRequest'];
/** Body of a vote. @public */
export type VoteRequest = Schemas['VoteRequest'];
/** How many entities are on target and at which level. @public */
export type ScorecardSummary = Schemas['ScorecardSummary'];
/** Entities by target and by level. @public */
export type ScorecardCounts = Schemas['ScorecardCounts'];
/** An entity in a scorecard. @public */
export type ScorecardEntity = Schemas['ScorecardEntity'];
/** What an owner, system, environment or class has. @public */
export type ScorecardGroup = Schemas['ScorecardGroup'];
/** In how many entities a finding stands. @public */
export type ScorecardFinding = Schemas['ScorecardFinding'];
/** A container that can see or do much of what its node does. @public */
export type ElevatedContainer = Schemas['ElevatedContainer'];
/** One row of the record of approvals. @public */
export type AuditEvent = Schemas['AuditEvent'];
/** A page of the record of approvals. @public */
export type AuditEventPage = Schemas['AuditEventPage'];
/** What verifying the record found. @public */
export type AuditVerification = Schemas['AuditVerification'];
/** Signed places of the record. @public */
export type AuditCheckpointList = Schemas['AuditCheckpointList'];

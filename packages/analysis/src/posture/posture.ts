import { CiliumRollOut } from '../dataplane/ciliumRollOut';
import { DataplaneVerdict } from '../dataplane/dataplaneVerdict';
/** How fresh a source is. @public */
export type SourceState =
  | 'fresh'
  | 'stale'
  | 'forbidden'
  | 'unreachable'
  | 'failed'
  | 'not-installed'
  | 'not-collected';

/** How fresh the facts of one resource of one cluster are. @public */
export interface Source {
  /** Name of the cluster. */
  cluster: string;
  /** Plural with group, as `pods` or `seccompprofiles.security-profiles-operator.x-k8s.io`. */
  resource: string;
  state: string;
  /** When this state began; for fresh, the time of the facts. */
  since: string;
  /** Time of the newest facts that are held. */
  lastFresh?: string;
  /** Objects held. */
  count?: number;
  reason?: string;
}

/** What the kernel enforces, in one word. @public */
export type Level =
  | 'exposed'
  | 'accepted'
  | 'baseline'
  | 'profiled'
  | 'unknown';

/** The sentence above everything, as a key of the translation and its parameters. @public */
export interface Headline {
  key: string;
  params: { [key: string]: string | number };
  /** A second sentence that says why, where the first only compares clusters. */
  cause?: { key: string; params: { [key: string]: string | number } };
}

/** Where a verdict comes from. @public */
export interface Evidence {
  cluster?: string;
  namespace?: string;
  /** Kind and name, as `Deployment payments`. */
  workload?: string;
  container?: string;
  field?: string;
  value?: string;
}

/** A change to copy. @public */
export interface Patch {
  /** `yaml`. */
  format: string;
  body: string;
}

/** One way to mend a finding. @public */
export interface Fix {
  text: string;
  patch?: Patch;
}

/** Verdict of a finding. @public */
export type FindingStatus =
  | 'pass'
  | 'warn'
  | 'fail'
  | 'unknown'
  | 'not-applicable';

/** How much a finding matters. @public */
export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** Who can mend it. @public */
export type Responsible = 'owner' | 'platform' | 'cluster';

/** One check's verdict on one entity. @public */
export interface Finding {
  id: string;
  status: FindingStatus;
  severity: Severity;
  responsible: Responsible;
  waiver?: { reviewId: string; until: string };
  /** `now`, or the time from which it counts: until then it is scheduled, shown and charged nothing. */
  counts?: 'now' | { from: string };
  title: string;
  reason: string;
  evidenceTotal: number;
  /** At most 20. */
  evidence: Evidence[];
  fixes: Fix[];
}

/** What the reader should do next. @public */
export interface NextStep {
  findingId: string;
  severity: string;
  text: string;
  action?: { kind: string; ref?: string; patch?: Patch };
}

/** What one finding takes from 100. @public */
export interface ScorePart {
  findingId: string;
  status: string;
  points: number;
  /** Why it takes these points, as a sentence. */
  because?: string;
  /** Points that it would take if what is unknown turned out bad. */
  atMost?: number;
}

/** A profile that the entity's containers name. @public */
export interface PostureProfile {
  id: string;
  cluster: string;
  namespace?: string;
  kind: string;
  name: string;
  mode: string;
  sourceDigest: string;
  effectiveDigest: string | null;
  resolution: string;
  installed: {
    nodes: number;
    of: number;
    missingTotal: number;
    missing: string[];
  };
  approval: {
    state: string;
    reviewId?: string;
    expiresAt?: string;
    viewerMay: string[];
  };
}

/** Confinement as served. @public */
export interface PostureConfinement {
  state: string;
  setBy: string;
  field?: string;
  value: string;
  profileId?: string;
  profileName?: string;
  inForce: string;
  because?: string;
  /** At most 20. */
  missingOn?: string[];
  missingTotal?: number;
  /** The profile binding that most likely set it. */
  binding?: { namespace: string; name: string; over?: string; because: string };
}

/** One container with what it runs under. @public */
export interface PostureContainer {
  name: string;
  type: string;
  origin: string;
  image: string;
  pods: number;
  level: Level;
  runtime?: { class: string; handler?: string };
  confinement: {
    seccomp: PostureConfinement;
    appArmor: PostureConfinement;
    seLinux: PostureConfinement;
  };
  elevations: {
    id: string;
    field: string;
    value: string;
    risk: string;
    because?: string;
    /** Of calls beyond RuntimeDefault that a profile allows: which. */
    syscalls?: string[];
  }[];
  grant?: { digest: string; approval: string };
  /** Compared with what the makers of a known collector have it ask for. */
  collector?: {
    name: string;
    /** lean | as-designed | could-be-leaner | beyond-need */
    verdict: string;
    extras: { value: string; field: string }[];
    how?: string;
    source: string;
  };
  /** A recording that runs on it; `logs` leaves it unconfined. */
  recording?: { name: string; mechanism: string; recorder: string };
  /** present | older | unknown: which content of its seccomp profile it was started with. */
  revision?: { state: string; startedAt?: string; because?: string };
}

/** A workload of an entity with its containers. @public */
export interface PostureWorkload {
  id: string;
  cluster: string;
  environment: string;
  namespace: string;
  kind: string;
  name: string;
  class: {
    value: string;
    confidence: string;
    because: string;
    /** entity | cluster | config */
    saidBy?: string;
  };
  basis: string;
  pods: number;
  claim: string;
  claimedByOthers: number;
  containers: PostureContainer[];
}

/** The dataplane of one cluster below an entity. @public */
export interface PostureDataplane {
  cluster: string;
  clusterId?: string;
  cilium: {
    versions: {
      version: string;
      nodes: number;
      names?: string[];
      source?: string;
    }[];
    nodesWithout: number;
    line: { name: string; state: string; until?: string };
    patchesBehind: number | null;
    advisories?: {
      applies: number;
      maybe: number;
      unknown: number;
      notAffected: number;
    };
    /** Ids of the advisories that apply, at most 5. */
    applying?: string[];
    rollOut?: CiliumRollOut;
    plan?: DataplaneVerdict['plan'];
    auditMode?: string;
  } | null;
  reason?: string;
  releasesAsOf?: string;
}

/** How workloads are looked for, and what came of it. @public */
export interface Matching {
  selectors: {
    labelSelector: string;
    namespace?: string;
    cluster?: string;
    from?: string;
  }[];
  clusters: number;
  nearMisses?: {
    cluster: string;
    namespace: string;
    kind: string;
    name: string;
  }[];
}

/** All profiles, uses and grants of an entity, in one word. @public */
export type ApprovalSummary =
  | 'approved'
  | 'partly'
  | 'pending'
  | 'stale'
  | 'missing'
  | 'not-required'
  | 'unknown';

/** An entity in one environment. @public */
export interface PostureScope {
  environment: string;
  clusters: string[];
  level: Level;
  approval: ApprovalSummary;
  score: number | null;
  counted: boolean;
}

/** All findings of one entity, its level and its target: the shape that the backend serves. @public */
export interface Posture {
  entityRef: string;
  assessedAt: string;
  rules: string;
  level: Level;
  score: number | null;
  /** The score if everything that is unknown turned out bad; equal to `score` where all is known. */
  lowestScore?: number | null;
  approval: ApprovalSummary;
  target: {
    /** null where no target applies. */
    level: string | null;
    met: 'yes' | 'no' | 'unknown';
    because: string[];
  };
  headline: Headline;
  counts: {
    pass: number;
    warn: number;
    fail: number;
    unknown: number;
    notApplicable: number;
    waived: number;
    /** Findings that warn or fail and don't count yet; they are in no other figure. */
    scheduled?: number;
    containers: number;
    containersWithProblems: number;
  };
  scoreParts: ScorePart[];
  scopes: PostureScope[];
  coverage: {
    clusters: {
      matched: number;
      fresh: number;
      stale: number;
      notCollected: number;
    };
    /** live | template | mixed | none */
    basis: string;
  };
  findings: Finding[];
  nextSteps: NextStep[];
  profiles: PostureProfile[];
  workloads: PostureWorkload[];
  dataplane: PostureDataplane[];
  sources: Source[];
  matching: Matching;
}

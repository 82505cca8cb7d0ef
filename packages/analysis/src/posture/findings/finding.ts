import { JudgedEntity } from '../judgedEntity';
import {
  Evidence,
  FindingStatus,
  Fix,
  NextStep,
  Responsible,
  Severity,
} from '../posture';

/** One check: what it means, how it is decided and how it counts where config says nothing else. @public */
export interface FindingDefinition {
  id: string;
  /** The state that passes, as a statement. */
  title: string;
  severity: Severity;
  /** Points of 100 that it takes when it warns or fails, and the clause that says why so many. */
  weight: { points: number; because: string };
  /** Day or time from which it counts, for a check that came later; before, it is shown as scheduled. */
  from?: string;
  responsible: Responsible;
  /** Why it matters, for documentation. */
  meaning: string;
  /** How the verdict comes about, for documentation. */
  decidedBy: string;
  /** How to mend it, for documentation. */
  fix: string;
  /** What the rule rests on: documents, or files at a version. */
  sources: string[];
}

/** A next step without the finding that it belongs to. */
export type Step = Pick<NextStep, 'text' | 'action'>;

/** What a check says of one entity. */
export interface FindingVerdict {
  status: FindingStatus;
  reason: string;
  evidence: Evidence[];
  fixes: Fix[];
  steps: Step[];
  /** Where it is someone else than usual: containers that the platform injects. */
  responsible?: Responsible;
}

/** A check with its code. */
export interface FindingCheck extends FindingDefinition {
  judge(entity: JudgedEntity): FindingVerdict;
}

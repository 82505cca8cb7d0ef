import { JudgedEntity } from '../judgedEntity';
import {
  Evidence,
  FindingStatus,
  Fix,
  NextStep,
  Responsible,
} from '../posture';

/** One check: what it means and how it is decided. @public */
export interface FindingDefinition {
  id: string;
  /** The state that passes, as a statement. */
  title: string;
  responsible: Responsible;
  /** Why it matters, for documentation. */
  meaning: string;
  /** How the verdict comes about, for documentation. */
  decidedBy: string;
  /** How to mend it, for documentation. */
  fix: string;
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

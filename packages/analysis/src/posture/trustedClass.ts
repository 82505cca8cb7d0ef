import { WorkloadClassName } from '../elevation/classifyWorkload';
import { JudgedContainer } from './judgedEntity';

/** Class that levels, targets and findings may depend on: a guess counts as ordinary. */
export function trustedClass(container: JudgedContainer): WorkloadClassName {
  const { value, confidence } = container.class;
  return confidence === 'guess' ? 'ordinary' : value;
}

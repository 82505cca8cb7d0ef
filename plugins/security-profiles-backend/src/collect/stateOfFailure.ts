import { ClusterError } from '../clusters/ClusterError';
import type { CollectedSource } from '../facts/CollectedFacts';

const states: Record<ClusterError['reason'], CollectedSource['state']> = {
  forbidden: 'forbidden',
  unauthenticated: 'failed',
  'not-found': 'not-installed',
  gone: 'failed',
  busy: 'failed',
  unreachable: 'unreachable',
  failed: 'failed',
};

/** What an error of the port makes of a source. */
export function stateOfFailure(error: unknown): CollectedSource['state'] {
  return error instanceof ClusterError ? states[error.reason] : 'failed';
}

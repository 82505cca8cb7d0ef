import { parseExactJson } from '../../facts/exactJson';
import { ClusterError } from '../ClusterError';

/**
 * `exact`: integers that no number holds become `bigint`, at several times the cost; `fast`: they are rounded.
 */
export type IntegerParsing = 'exact' | 'fast';

/** Parses an answer; a `failed` error that doesn't quote it when it is no JSON. */
export function parseJson(text: string, integers: IntegerParsing): unknown {
  try {
    return integers === 'exact' ? parseExactJson(text) : JSON.parse(text);
  } catch {
    // The parsers' errors quote the text, so no cause is kept.
    throw new ClusterError('failed', 'The API server answered no valid JSON');
  }
}

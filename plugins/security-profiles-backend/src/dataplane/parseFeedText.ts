import { FeedError } from './FeedSource';

/** A feed's text as JSON; what people meet instead has a message of its own. */
export function parseFeedText(text: string): unknown {
  const start = text.slice(0, 200).trimStart();
  if (start === '') {
    throw new FeedError('unusable', 'the answer is empty');
  }
  if (start.startsWith('<')) {
    throw new FeedError(
      'unusable',
      'the answer is a page (HTML or XML), not JSON: a proxy or a login may stand in between',
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    const end = text.trimEnd().at(-1);
    throw new FeedError(
      'unusable',
      end === '}' || end === ']'
        ? 'the answer is no valid JSON'
        : 'the answer is no valid JSON: it ends too early',
    );
  }
}

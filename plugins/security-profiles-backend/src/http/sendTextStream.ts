import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { TextStream } from './handlers';

/** Whether a handler's answer is sent in parts. */
export function isTextStream(answer: unknown): answer is TextStream {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'parts' in answer &&
    'contentType' in answer
  );
}

/**
 * Sends an answer part by part.
 *
 * @remarks
 * A caller who goes away ends it, and nothing more is read. An error before the first part becomes an ordinary answer; one
 * after it breaks the connection off, so that half a file is never taken for a whole one.
 */
export async function sendTextStream(
  stream: TextStream,
  response: Response,
): Promise<void> {
  const parts = stream.parts[Symbol.asyncIterator]();
  const first = await parts.next();
  response.set({
    'content-type': stream.contentType,
    'content-disposition': `attachment; filename="${stream.fileName}"`,
    'cache-control': 'no-store',
  });
  async function* all() {
    try {
      for (let part = first; !part.done; part = await parts.next()) {
        yield part.value;
      }
    } finally {
      await parts.return?.();
    }
  }
  try {
    await pipeline(Readable.from(all()), response);
  } catch (error) {
    if (
      (error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE'
    ) {
      throw error;
    }
  }
}

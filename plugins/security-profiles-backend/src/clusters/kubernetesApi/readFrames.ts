/** The bytes of one frame, or a note that a frame was too long. */
export type Frame =
  | { type: 'frame'; bytes: Buffer }
  | { type: 'too-long' }
  /** The last frame has no end: the sender was cut off. */
  | { type: 'cut' };

const HEAD_BYTES = 4;

/**
 * Cuts bytes into frames of a length (four bytes, the highest first) and as many bytes; never holds more than one
 * frame of at most `maxBytes`. What one piece completes comes together: to hand on thousands one by one costs more than to
 * cut them.
 */
export async function* readFrames(
  chunks: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncIterable<Frame[]> {
  let pieces: Buffer[] = [];
  let held = 0;
  let skipping = 0;
  for await (const chunk of chunks) {
    let rest = chunk;
    if (skipping > 0) {
      const skipped = Math.min(skipping, rest.length);
      skipping -= skipped;
      rest = rest.subarray(skipped);
      if (skipping > 0) {
        continue;
      }
    }
    pieces.push(rest);
    held += rest.length;
    if (held < HEAD_BYTES) {
      continue;
    }
    const wanted = lengthOf(pieces);
    if (wanted <= maxBytes && held < HEAD_BYTES + wanted) {
      continue;
    }
    let bytes = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces, held);
    const frames: Frame[] = [];
    while (bytes.length >= HEAD_BYTES) {
      const length = bytes.readUInt32BE(0);
      const end = HEAD_BYTES + length;
      if (length > maxBytes) {
        frames.push({ type: 'too-long' });
        skipping = Math.max(end - bytes.length, 0);
        bytes = bytes.subarray(end);
      } else if (bytes.length < end) {
        break;
      } else {
        frames.push({
          type: 'frame',
          bytes: bytes.subarray(HEAD_BYTES, end),
        });
        bytes = bytes.subarray(end);
      }
    }
    pieces = bytes.length > 0 ? [bytes] : [];
    held = bytes.length;
    if (frames.length > 0) {
      yield frames;
    }
  }
  if (held > 0 || skipping > 0) {
    yield [{ type: 'cut' }];
  }
}

/** The length that the first piece's head says; heads are never cut, pieces of less than a head are joined first. */
function lengthOf(pieces: Buffer[]): number {
  if (pieces[0].length < HEAD_BYTES) {
    pieces.splice(0, pieces.length, Buffer.concat(pieces));
  }
  return pieces[0].readUInt32BE(0);
}

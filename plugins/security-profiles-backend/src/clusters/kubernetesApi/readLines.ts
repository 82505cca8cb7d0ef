/** A line without its end, or a note that a line was too long. */
export type Line =
  | { type: 'line'; text: string }
  | { type: 'too-long' }
  /** The last piece had no line end: the sender was cut off. */
  | { type: 'cut' };

const NEWLINE = 0x0a;

/** Cuts bytes into lines of UTF-8; never holds more than one line of at most `maxBytes`. Empty lines are left out. */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncIterable<Line> {
  let pieces: Buffer[] = [];
  let bytes = 0;
  const add = (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > maxBytes) {
      pieces = [];
    } else if (piece.length > 0) {
      pieces.push(piece);
    }
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (
      let end = chunk.indexOf(NEWLINE);
      end !== -1;
      end = chunk.indexOf(NEWLINE, start)
    ) {
      add(chunk.subarray(start, end));
      start = end + 1;
      if (bytes > maxBytes) {
        yield { type: 'too-long' };
      } else if (bytes > 0) {
        yield { type: 'line', text: Buffer.concat(pieces).toString('utf8') };
      }
      pieces = [];
      bytes = 0;
    }
    add(chunk.subarray(start));
  }
  if (bytes > 0) {
    yield { type: 'cut' };
  }
}

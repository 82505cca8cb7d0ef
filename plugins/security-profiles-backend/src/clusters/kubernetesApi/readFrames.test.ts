import fc from 'fast-check';
import { readFrames, type Frame } from './readFrames';

function framed(body: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}

async function read(
  chunks: Buffer[],
  maxBytes: number,
): Promise<(string | Frame['type'])[]> {
  const frames: string[] = [];
  const source = (async function* pieces() {
    yield* chunks;
  })();
  for await (const together of readFrames(source, maxBytes)) {
    for (const frame of together) {
      frames.push(
        frame.type === 'frame' ? frame.bytes.toString('hex') : frame.type,
      );
    }
  }
  return frames;
}

/** The bytes in pieces of these lengths, over and over. */
function cut(bytes: Buffer, lengths: number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let start = 0, index = 0; start < bytes.length; index += 1) {
    const length = lengths[index % lengths.length];
    pieces.push(bytes.subarray(start, start + length));
    start += length;
  }
  return pieces;
}

describe('Frames', () => {
  it('are the same in whatever pieces they arrive, with a note for each that is too long', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
        async (bodies, lengths) => {
          const bytes = Buffer.concat(bodies.map(framed));
          expect(await read(cut(bytes, lengths), 20)).toEqual(
            bodies.map(body =>
              body.length > 20 ? 'too-long' : Buffer.from(body).toString('hex'),
            ),
          );
        },
      ),
    );
  });

  it('say that the sender was cut off, in the head, the body or a frame that is too long', async () => {
    const frame = framed(Buffer.alloc(30, 1));
    for (const length of [1, 3, 4, 20, 33]) {
      const part = frame.subarray(0, length);
      expect((await read([part], 100)).at(-1)).toBe('cut');
      expect((await read([part], 10)).at(-1)).toBe('cut');
    }
  });

  it('end for random bytes, and never hold more than a frame', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 100 })),
        async pieces => {
          const frames = await read(
            pieces.map(piece => Buffer.from(piece)),
            64,
          );
          expect(frames.every(frame => frame.length <= 128)).toBe(true);
        },
      ),
    );
  });
});

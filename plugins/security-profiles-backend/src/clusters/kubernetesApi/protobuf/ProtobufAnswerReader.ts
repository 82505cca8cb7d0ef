import type {
  AnswerReader,
  RawEvent,
  RawFrame,
  RawList,
} from '../AnswerReader';
import { readFrames } from '../readFrames';
import { RefusedEncodingError } from '../RefusedEncodingError';
import { type Decoded, InvalidProtobufError, WantedReader } from './decode';
import {
  type Envelope,
  type Place,
  readBookmark,
  readEnvelope,
  readListHead,
  readStatus,
  readWatchEnvelope,
} from './envelopes';
import type { WantedMessage } from './fields';

/** Bytes read between two turns of the event loop: some milliseconds of work. */
const bytesPerTurn = 256 * 1024;

/** Reads the wanted fields of Kubernetes' own kinds from protobuf. */
export class ProtobufAnswerReader implements AnswerReader {
  private readonly wanted: WantedMessage;

  constructor(options: { wanted: WantedMessage }) {
    this.wanted = options.wanted;
  }

  async list(bytes: Buffer): Promise<RawList> {
    const { envelope, head } = understood(() => {
      const outer = readEnvelope(bytes, { start: 0, end: bytes.length });
      return { envelope: outer, head: readListHead(bytes, outer.raw) };
    });
    const reader = new WantedReader(bytes);
    const items: Decoded[] = [];
    let turnEnd = bytesPerTurn;
    for (const place of head.items) {
      items.push(understood(() => this.object(reader, place)));
      if (place.end > turnEnd) {
        // The event loop is shared with every other plugin of the portal.
        await new Promise(resolve => setImmediate(resolve));
        turnEnd = place.end + bytesPerTurn;
      }
    }
    return {
      kind: envelope.kind,
      resourceVersion: head.resourceVersion,
      continueToken: head.continue,
      items,
    };
  }

  async *frames(
    chunks: AsyncIterable<Buffer>,
    maxBytes: number,
  ): AsyncIterable<RawFrame[]> {
    for await (const frames of readFrames(chunks, maxBytes)) {
      const read: RawFrame[] = [];
      try {
        for (const frame of frames) {
          read.push(
            frame.type === 'frame'
              ? {
                  type: 'event',
                  event: understood(() => this.event(frame.bytes)),
                }
              : frame,
          );
        }
      } catch (error) {
        // What came before it was understood.
        yield read;
        throw error;
      }
      yield read;
    }
  }

  private event(frame: Buffer): RawEvent {
    const { type, object } = readWatchEnvelope(frame);
    switch (type) {
      case 'BOOKMARK':
        return { type, object: readBookmark(frame, object) };
      case 'ERROR':
        return { type, object: readStatus(frame, object) };
      default:
        return {
          type,
          object: withKind(
            this.object(new WantedReader(frame), object.raw),
            object,
          ),
        };
    }
  }

  private object(reader: WantedReader, { start, end }: Place): Decoded {
    return reader.read(this.wanted, start, end);
  }
}

function withKind(object: Decoded, { apiVersion, kind }: Envelope): Decoded {
  return { apiVersion, kind, ...object };
}

function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidProtobufError) {
      throw new RefusedEncodingError(
        'failed',
        'The API server answered no valid protobuf',
      );
    }
    throw error;
  }
}

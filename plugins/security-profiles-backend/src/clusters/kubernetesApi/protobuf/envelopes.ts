import { InvalidProtobufError, WantedReader, type Decoded } from './decode';
import { integer, message, one, someTexts, text } from './fields';

/** Where a message stands in a buffer. */
export interface Place {
  start: number;
  end: number;
}

/** What stands around every object: its kind, and where its bytes are. */
export interface Envelope {
  apiVersion?: string;
  kind?: string;
  raw: Place;
}

/** An event of a watch, before its object is read. */
export interface WatchEnvelope {
  type: string;
  object: Envelope;
}

/** Annotation of the bookmark after the last object of a streamed list. */
export const initialEventsEnd = 'k8s.io/initial-events-end';

const MAGIC = Buffer.from('k8s\0', 'latin1');

const typeMeta = message({ apiVersion: [1, text], kind: [2, text] });
const listHead = message({
  metadata: [
    1,
    one(message({ resourceVersion: [2, text], continue: [3, text] })),
  ],
});
const bookmark = message({
  metadata: [
    1,
    one(
      message({
        resourceVersion: [6, text],
        annotations: [12, someTexts(key => key === initialEventsEnd)],
      }),
    ),
  ],
});
const status = message({
  metadata: [1, one(message({ continue: [3, text] }))],
  details: [5, one(message({ retryAfterSeconds: [5, integer] }))],
  code: [6, integer],
});

/** Reads what API servers put around the bytes of an object: four bytes, then the message `Unknown`. */
export function readEnvelope(buffer: Buffer, place: Place): Envelope {
  const start = place.start + MAGIC.length;
  if (!beginsWithMagic(buffer, place)) {
    throw new InvalidProtobufError('The bytes are no Kubernetes object');
  }
  const reader = new WantedReader(buffer);
  let meta: Decoded = {};
  let raw: Place = { start: place.end, end: place.end };
  const places: { number: number; start: number; end: number }[] = [];
  reader.places(start, place.end, found => places.push(found));
  for (const found of places) {
    if (found.number === 1) {
      meta = reader.read(typeMeta, found.start, found.end);
    } else if (found.number === 2) {
      raw = { start: found.start, end: found.end };
    } else if (found.number === 3 && found.end > found.start) {
      throw new InvalidProtobufError('The object has an unknown encoding');
    }
  }
  return {
    apiVersion: meta.apiVersion as string,
    kind: meta.kind as string,
    raw,
  };
}

function beginsWithMagic(buffer: Buffer, { start, end }: Place): boolean {
  const magicEnd = start + MAGIC.length;
  return (
    magicEnd <= end &&
    buffer.compare(MAGIC, 0, MAGIC.length, start, magicEnd) === 0
  );
}

/**
 * Reads one frame of a watch: the message `WatchEvent` by itself, as API servers send it, or in an envelope. The two
 * can't be taken for each other: an envelope's first byte begins no message.
 */
export function readWatchEnvelope(frame: Buffer): WatchEnvelope {
  const whole = { start: 0, end: frame.length };
  const outer = beginsWithMagic(frame, whole)
    ? readEnvelope(frame, whole).raw
    : whole;
  const reader = new WantedReader(frame);
  let type = '';
  let object: Place | undefined;
  reader.places(outer.start, outer.end, ({ number, start, end }) => {
    if (number === 1) {
      type = frame.toString('latin1', start, Math.min(end, start + 16));
    } else if (number === 2) {
      object = { start, end };
    }
  });
  if (!object) {
    throw new InvalidProtobufError('The event has no object');
  }
  let raw: Place | undefined;
  reader.places(object.start, object.end, ({ number, start, end }) => {
    if (number === 1) {
      raw = { start, end };
    }
  });
  if (!raw) {
    throw new InvalidProtobufError('The event has no object');
  }
  return { type, object: readEnvelope(frame, raw) };
}

/** Version and token of a list, and where its items are. */
export function readListHead(
  buffer: Buffer,
  list: Place,
): { resourceVersion?: string; continue?: string; items: Place[] } {
  const reader = new WantedReader(buffer);
  const items: Place[] = [];
  reader.places(list.start, list.end, ({ number, start, end }) => {
    if (number === 2) {
      items.push({ start, end });
    }
  });
  const head = reader.read(listHead, list.start, list.end) as {
    metadata?: { resourceVersion?: string; continue?: string };
  };
  return { ...head.metadata, items };
}

/** What a bookmark says. */
export function readBookmark(frame: Buffer, { raw }: Envelope): Decoded {
  return new WantedReader(frame).read(bookmark, raw.start, raw.end);
}

/** The part of a `Status` that tells what went wrong. */
export function readStatus(bytes: Buffer, { raw }: Envelope): Decoded {
  return new WantedReader(bytes).read(status, raw.start, raw.end);
}

/** A list as JSON holds it; nothing of it is checked. */
export interface RawList {
  kind?: unknown;
  resourceVersion?: unknown;
  continueToken?: unknown;
  items: unknown;
}

/** An event of a watch as JSON holds it; nothing of it is checked. */
export interface RawEvent {
  type?: unknown;
  object?: unknown;
}

/** What a watch brings next. */
export type RawFrame =
  | { type: 'event'; event: RawEvent }
  | { type: 'too-long' }
  /** The sender was cut off within an event. */
  | { type: 'cut' };

/** Reads the answers about one resource in one encoding. */
export interface AnswerReader {
  /** Rejects with a `ClusterError` for bytes that are no list. */
  list(bytes: Buffer): Promise<RawList>;
  /** As many at a time as arrive together. Skips events of more than `maxBytes`; rejects with a `ClusterError` for bytes that are no event. */
  frames(
    chunks: AsyncIterable<Buffer>,
    maxBytes: number,
  ): AsyncIterable<RawFrame[]>;
}

/**
 * How a field is turned into what JSON holds. Protobuf has every field that is no pointer in Go, empty ones included,
 * while JSON leaves most of them out: `omitted` says that an empty value is as good as none, `kept` that it is not.
 */
export type WantedField =
  | { type: 'text'; empty: 'omitted' | 'kept' }
  | { type: 'flag'; empty: 'omitted' | 'kept' }
  | { type: 'integer'; empty: 'omitted' | 'kept' }
  /** `metav1.Time`, as text in UTC. */
  | { type: 'time' }
  | { type: 'texts' }
  /** A map of texts; only entries whose key is wanted have their value read. */
  | { type: 'textMap'; wanted?: (key: string) => boolean }
  | { type: 'message'; message: WantedMessage }
  | { type: 'messages'; message: WantedMessage }
  /** A message whose fields stand directly in the JSON object around it. */
  | { type: 'inline'; message: WantedMessage };

/** The wanted fields of a message by their number in `generated.proto`. All others are passed over unread. */
export interface WantedMessage {
  /** Sparse: the index is the field's number. */
  readonly byNumber: readonly (
    | { name: string; field: WantedField }
    | undefined
  )[];
}

/** A message of these fields: `{ name: [number, field] }`. */
export function message(
  fields: Record<string, readonly [number: number, field: WantedField]>,
): WantedMessage {
  const byNumber: { name: string; field: WantedField }[] = [];
  for (const [name, [number, field]] of Object.entries(fields)) {
    byNumber[number] = { name, field };
  }
  return { byNumber };
}

/** Text that JSON leaves out when it is empty. */
export const text: WantedField = { type: 'text', empty: 'omitted' };
/** Text of a pointer, or one that JSON always has. */
export const givenText: WantedField = { type: 'text', empty: 'kept' };
/** A boolean that JSON leaves out when it is false. */
export const flag: WantedField = { type: 'flag', empty: 'omitted' };
/** A boolean of a pointer, or one that JSON always has. */
export const givenFlag: WantedField = { type: 'flag', empty: 'kept' };
/** A number that JSON leaves out when it is 0. */
export const integer: WantedField = { type: 'integer', empty: 'omitted' };
/** A number of a pointer, or one that JSON always has. */
export const givenInteger: WantedField = { type: 'integer', empty: 'kept' };
/** A point in time. */
export const time: WantedField = { type: 'time' };
/** A list of texts. */
export const texts: WantedField = { type: 'texts' };
/** A map of texts. */
export const textMap: WantedField = { type: 'textMap' };
/** A map of texts of which only some keys are wanted. */
export function someTexts(wanted: (key: string) => boolean): WantedField {
  return { type: 'textMap', wanted };
}
/** One message. */
export function one(of: WantedMessage): WantedField {
  return { type: 'message', message: of };
}
/** A list of messages. */
export function many(of: WantedMessage): WantedField {
  return { type: 'messages', message: of };
}
/** A message that has no name in JSON. */
export function inline(of: WantedMessage): WantedField {
  return { type: 'inline', message: of };
}

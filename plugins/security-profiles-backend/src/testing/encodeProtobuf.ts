import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type {
  WantedField,
  WantedMessage,
} from '../clusters/kubernetesApi/protobuf/fields';

type Fields = Record<string, unknown>;

/** Writes an object as an API server would, as far as a table of fields knows it. */
export function encodeMessage(wanted: WantedMessage, object: Fields): Buffer {
  const writer = new BinaryWriter();
  wanted.byNumber.forEach((entry, number) => {
    if (entry) {
      const value = entry.field.type === 'inline' ? object : object[entry.name];
      if (value !== undefined) {
        writeField(writer, number, entry.field, value);
      }
    }
  });
  return Buffer.from(writer.finish());
}

function writeField(
  writer: BinaryWriter,
  number: number,
  field: WantedField,
  value: unknown,
): void {
  const delimited = (bytes: Uint8Array) =>
    writer.tag(number, WireType.LengthDelimited).bytes(bytes);
  switch (field.type) {
    case 'text':
      delimited(Buffer.from(value as string));
      return;
    case 'flag':
      writer.tag(number, WireType.Varint).bool(value as boolean);
      return;
    case 'integer':
      writer.tag(number, WireType.Varint).int64(value as number);
      return;
    case 'time':
      delimited(
        new BinaryWriter()
          .tag(1, WireType.Varint)
          .int64(Date.parse(value as string) / 1000)
          .finish(),
      );
      return;
    case 'texts':
      (value as string[]).forEach(text => delimited(Buffer.from(text)));
      return;
    case 'textMap':
      for (const [key, entry] of Object.entries(value as Fields)) {
        delimited(delimitedFields([1, key], [2, entry as string]));
      }
      return;
    case 'messages':
      (value as Fields[]).forEach(item =>
        delimited(encodeMessage(field.message, item)),
      );
      return;
    default:
      delimited(encodeMessage(field.message, value as Fields));
  }
}

/** A message of delimited fields, by number. */
export function delimitedFields(
  ...fields: [number: number, value: string | Uint8Array][]
): Buffer {
  const writer = new BinaryWriter();
  for (const [number, value] of fields) {
    writer
      .tag(number, WireType.LengthDelimited)
      .bytes(typeof value === 'string' ? Buffer.from(value) : value);
  }
  return Buffer.from(writer.finish());
}

/** What an API server puts around the bytes of an object. */
export function envelopeOf(
  meta: { apiVersion: string; kind: string },
  raw: Uint8Array,
): Buffer {
  return Buffer.concat([
    Buffer.from('k8s\0', 'latin1'),
    delimitedFields(
      [1, delimitedFields([1, meta.apiVersion], [2, meta.kind])],
      [2, raw],
    ),
  ]);
}

/** A list as an API server answers it. */
export function encodeList(
  wanted: WantedMessage,
  list: {
    apiVersion: string;
    kind: string;
    resourceVersion: string;
    continueToken?: string;
    items: Fields[];
  },
): Buffer {
  return envelopeOf(
    list,
    delimitedFields(
      [
        1,
        delimitedFields(
          [2, list.resourceVersion],
          [3, list.continueToken ?? ''],
        ),
      ],
      ...list.items.map(
        item => [2, encodeMessage(wanted, item)] as [number, Uint8Array],
      ),
    ),
  );
}

/** One frame of a watch. */
export function encodeEvent(
  type: string,
  meta: { apiVersion: string; kind: string },
  object: Uint8Array,
): Buffer {
  const body = delimitedFields(
    [1, type],
    [2, delimitedFields([1, envelopeOf(meta, object)])],
  );
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}

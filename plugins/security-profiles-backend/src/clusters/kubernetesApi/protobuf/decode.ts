import { BinaryReader } from '@bufbuild/protobuf/wire';
import type { WantedField, WantedMessage } from './fields';

/** A message turned into the object that JSON would have given, with the wanted fields alone. */
export type Decoded = Record<string, unknown>;

const VARINT = 0;
const BIT64 = 1;
const DELIMITED = 2;
const BIT32 = 5;
const LONGEST_VARINT = 9;

/** What is wrong with bytes that are no protobuf; says nothing of what they hold. */
export class InvalidProtobufError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvalidProtobufError';
  }
}

/**
 * Reads the wanted fields of messages from one buffer. Every other field is passed over by its length: none of its
 * bytes becomes a value.
 *
 * @remarks
 * Every step goes forward and stays within the message around it, so that any bytes end in a result or an
 * {@link InvalidProtobufError}. How deep messages nest is bounded by the table, not by the bytes.
 */
export class WantedReader {
  private readonly buffer: Buffer;
  private readonly reader: BinaryReader;

  constructor(buffer: Buffer) {
    this.buffer = buffer;
    this.reader = new BinaryReader(buffer);
  }

  /** The message from `start` to `end`. */
  read(wanted: WantedMessage, start: number, end: number): Decoded {
    return this.guarded(() => {
      this.reader.pos = start;
      const target: Decoded = {};
      this.message(wanted, end, target);
      return target;
    });
  }

  /** Calls back with the place of every delimited field of the message from `start` to `end`. */
  places(
    start: number,
    end: number,
    found: (place: { number: number; start: number; end: number }) => void,
  ): void {
    this.guarded(() => {
      const { reader } = this;
      reader.pos = start;
      while (reader.pos < end) {
        const tag = reader.uint32();
        if ((tag & 7) === DELIMITED) {
          const fieldEnd = this.fieldEnd(end);
          found({ number: tag >>> 3, start: reader.pos, end: fieldEnd });
          reader.pos = fieldEnd;
        } else {
          this.skip(tag & 7, end);
        }
      }
      this.checkEnd(end);
    });
  }

  private guarded<T>(run: () => T): T {
    try {
      return run();
    } catch (error) {
      if (error instanceof InvalidProtobufError) {
        throw error;
      }
      // The reader's own complaints: a varint without an end, a place beyond the buffer.
      throw new InvalidProtobufError('The bytes are no protobuf');
    }
  }

  private message(wanted: WantedMessage, end: number, target: Decoded): void {
    const { reader } = this;
    const { byNumber } = wanted;
    while (reader.pos < end) {
      const tag = reader.uint32();
      const entry = byNumber[tag >>> 3];
      if (entry && wireTypeOf(entry.field) === (tag & 7)) {
        this.field(entry.name, entry.field, end, target);
      } else {
        this.skip(tag & 7, end);
      }
    }
    this.checkEnd(end);
  }

  private field(
    name: string,
    field: WantedField,
    end: number,
    target: Decoded,
  ): void {
    const { reader } = this;
    switch (field.type) {
      case 'text': {
        const value = this.text(end);
        if (value !== '' || field.empty === 'kept') {
          target[name] = value;
        }
        return;
      }
      case 'flag': {
        const value = reader.bool();
        if (value || field.empty === 'kept') {
          target[name] = value;
        }
        return;
      }
      case 'integer': {
        const value = Number(reader.int64());
        if (value !== 0 || field.empty === 'kept') {
          target[name] = value;
        }
        return;
      }
      case 'time':
        this.time(name, end, target);
        return;
      case 'texts':
        listOf<string>(target, name).push(this.text(end));
        return;
      case 'textMap':
        this.entry(name, field.wanted, end, target);
        return;
      case 'message': {
        const value: Decoded = {};
        this.message(field.message, this.fieldEnd(end), value);
        target[name] = value;
        return;
      }
      case 'messages': {
        const value: Decoded = {};
        this.message(field.message, this.fieldEnd(end), value);
        listOf<Decoded>(target, name).push(value);
        return;
      }
      default:
        this.message(field.message, this.fieldEnd(end), target);
    }
  }

  private text(end: number): string {
    const fieldEnd = this.fieldEnd(end);
    const value = this.buffer.toString('utf8', this.reader.pos, fieldEnd);
    this.reader.pos = fieldEnd;
    return value;
  }

  private entry(
    name: string,
    wanted: ((key: string) => boolean) | undefined,
    end: number,
    target: Decoded,
  ): void {
    const { reader } = this;
    const entryEnd = this.fieldEnd(end);
    let key = '';
    let value: { start: number; end: number } | undefined;
    while (reader.pos < entryEnd) {
      const tag = reader.uint32();
      if (tag === ((1 << 3) | DELIMITED)) {
        key = this.text(entryEnd);
      } else if (tag === ((2 << 3) | DELIMITED)) {
        const valueEnd = this.fieldEnd(entryEnd);
        value = { start: reader.pos, end: valueEnd };
        reader.pos = valueEnd;
      } else {
        this.skip(tag & 7, entryEnd);
      }
    }
    this.checkEnd(entryEnd);
    if (wanted?.(key) === false) {
      return;
    }
    const entries = (target[name] ??= {}) as Record<string, string>;
    const decoded = value
      ? this.buffer.toString('utf8', value.start, value.end)
      : '';
    if (key === '__proto__') {
      // As JSON.parse does: an own property, not the prototype.
      Object.defineProperty(entries, key, {
        value: decoded,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    } else {
      entries[key] = decoded;
    }
  }

  private time(name: string, end: number, target: Decoded): void {
    const { reader } = this;
    const fieldEnd = this.fieldEnd(end);
    let seconds = 0;
    while (reader.pos < fieldEnd) {
      const tag = reader.uint32();
      if (tag === ((1 << 3) | VARINT)) {
        seconds = Number(reader.int64());
      } else {
        this.skip(tag & 7, fieldEnd);
      }
    }
    this.checkEnd(fieldEnd);
    // The zero time is null in JSON. API servers write times of objects to the second.
    if (seconds !== 0) {
      target[name] = new Date(seconds * 1000)
        .toISOString()
        .replace('.000Z', 'Z');
    }
  }

  /** Reads the length of a delimited field; where it ends. */
  private fieldEnd(end: number): number {
    const length = this.reader.uint32();
    const fieldEnd = this.reader.pos + length;
    if (fieldEnd > end) {
      throw new InvalidProtobufError('A field is longer than its message');
    }
    return fieldEnd;
  }

  private skip(wireType: number, end: number): void {
    const { reader } = this;
    switch (wireType) {
      case DELIMITED:
        reader.pos = this.fieldEnd(end);
        return;
      case VARINT:
        this.skipVarint();
        return;
      case BIT64:
        reader.pos += 8;
        return;
      case BIT32:
        reader.pos += 4;
        return;
      default:
        // Groups, which Kubernetes has none of.
        throw new InvalidProtobufError('A field has an unknown wire type');
    }
  }

  private skipVarint(): void {
    const { reader, buffer } = this;
    let left = LONGEST_VARINT;
    // Beyond the buffer there is nothing, which counts as the last byte; the end of the message is checked after.
    while (left > 0 && buffer[reader.pos] >= 0x80) {
      reader.pos += 1;
      left -= 1;
    }
    reader.pos += 1;
  }

  private checkEnd(end: number): void {
    if (this.reader.pos !== end) {
      throw new InvalidProtobufError('A field is longer than its message');
    }
  }
}

function wireTypeOf(field: WantedField): number {
  return field.type === 'flag' || field.type === 'integer' ? VARINT : DELIMITED;
}

function listOf<T>(target: Decoded, name: string): T[] {
  return (target[name] ??= []) as T[];
}

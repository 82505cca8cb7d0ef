import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import {
  delimitedFields,
  encodeEvent,
  encodeList,
  encodeMessage,
  envelopeOf,
} from '../../../testing/encodeProtobuf';
import { InvalidProtobufError, WantedReader } from './decode';
import { readEnvelope, readListHead, readWatchEnvelope } from './envelopes';
import {
  flag,
  givenFlag,
  givenInteger,
  givenText,
  integer,
  many,
  message,
  one,
  someTexts,
  text,
  textMap,
  texts,
  time,
  type WantedMessage,
} from './fields';
import { wantedFields } from './wantedFields';

const leaf = message({ name: [1, text], given: [2, givenText] });
const wanted = message({
  name: [1, text],
  given: [2, givenText],
  on: [3, flag],
  set: [4, givenFlag],
  count: [5, integer],
  user: [6, givenInteger],
  at: [7, time],
  list: [8, texts],
  labels: [9, textMap],
  notes: [10, someTexts(key => key.startsWith('kept'))],
  child: [11, one(leaf)],
  children: [12, many(leaf)],
});

function decode(bytes: Buffer, of: WantedMessage = wanted) {
  return new WantedReader(bytes).read(of, 0, bytes.length);
}

const leaves = fc.record(
  { name: fc.string({ minLength: 1 }), given: fc.string() },
  { requiredKeys: [] },
);
const objects = fc.record(
  {
    name: fc.string({ unit: 'grapheme', minLength: 1 }),
    given: fc.string({ unit: 'grapheme' }),
    on: fc.constant(true),
    set: fc.boolean(),
    count: fc.integer().filter(count => count !== 0),
    user: fc.maxSafeInteger(),
    at: fc
      .integer({ min: 1, max: 4_000_000_000 })
      .map(seconds =>
        new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'),
      ),
    list: fc.array(fc.string(), { minLength: 1 }),
    labels: fc.dictionary(fc.string(), fc.string(), { minKeys: 1 }),
    child: leaves,
    children: fc.array(leaves, { minLength: 1 }),
  },
  { requiredKeys: [] },
);

describe('Protobuf', () => {
  it('gives back what was written, whatever it is', () => {
    fc.assert(
      fc.property(objects, object => {
        expect(decode(encodeMessage(wanted, object))).toEqual(object);
      }),
    );
  });

  it('leaves out what JSON leaves out, and keeps what JSON keeps', () => {
    const empty = {
      name: '',
      given: '',
      on: false,
      set: false,
      count: 0,
      user: 0,
      child: {},
    };
    expect(decode(encodeMessage(wanted, empty))).toEqual({
      given: '',
      set: false,
      user: 0,
      child: {},
    });
  });

  it('passes over fields of newer servers, of every wire type', () => {
    const newer = new BinaryWriter()
      .tag(900, WireType.Varint)
      .uint64('18446744073709551615')
      .tag(901, WireType.Bit64)
      .fixed64(1)
      .tag(902, WireType.Bit32)
      .fixed32(1)
      .tag(903, WireType.LengthDelimited)
      .string('new')
      // A known number of another type is not ours either.
      .tag(1, WireType.Varint)
      .uint32(7)
      .finish();
    const known = encodeMessage(wanted, { name: 'a' });
    expect(decode(Buffer.concat([newer, known, newer]))).toEqual({ name: 'a' });
  });

  it('reads only wanted values of a map', () => {
    const bytes = encodeMessage(wanted, {
      notes: { 'kept/a': 'yes', token: 'hunter2' },
    });
    expect(decode(bytes)).toEqual({ notes: { 'kept/a': 'yes' } });
  });

  it('never turns a value outside the table into text', () => {
    const pod = wantedFields.get('pods/v1')!;
    const container = Buffer.concat([
      encodeMessage(leaf, { name: 'main' }),
      delimitedFields(
        [3, 'hunter2-command'],
        [4, 'hunter2-argument'],
        [7, delimitedFields([1, 'PASSWORD'], [2, 'hunter2-environment'])],
      ),
    ]);
    const bytes = delimitedFields(
      [
        1,
        delimitedFields(
          [1, 'cart'],
          [12, delimitedFields([1, 'note'], [2, 'hunter2-annotation'])],
          [17, 'hunter2-managed'],
        ),
      ],
      [2, delimitedFields([2, container])],
    );
    const made: string[] = [];
    const toString = jest
      .spyOn(bytes, 'toString')
      .mockImplementation((...args) => {
        const value = Buffer.prototype.toString.apply(bytes, args);
        made.push(value);
        return value;
      });
    expect(decode(bytes, pod)).toEqual({
      metadata: { name: 'cart' },
      spec: { containers: [{ name: 'main' }] },
    });
    toString.mockRestore();
    expect(made).toContain('main');
    expect(made.join()).not.toContain('hunter2');
  });
});

describe('An event of a watch', () => {
  const event = encodeEvent(
    'ADDED',
    { apiVersion: 'v1', kind: 'Pod' },
    encodeMessage(leaf, { name: 'a' }),
  ).subarray(4);

  it.each([
    ['by itself', event],
    [
      'in an envelope',
      envelopeOf({ apiVersion: 'meta.k8s.io/v1', kind: 'WatchEvent' }, event),
    ],
  ])('is read %s', (_, frame) => {
    const { type, object } = readWatchEnvelope(frame);
    expect([type, object.apiVersion, object.kind]).toEqual([
      'ADDED',
      'v1',
      'Pod',
    ]);
    expect(
      new WantedReader(frame).read(leaf, object.raw.start, object.raw.end),
    ).toEqual({ name: 'a' });
  });
});

describe('Bytes that are no valid protobuf', () => {
  const tables = [...wantedFields.values(), wanted];
  /** Everything that answers are put through; ends in a result or in the one error. */
  const ended = (bytes: Buffer): 'ended' => {
    const attempts = [
      ...tables.map(table => () => decode(bytes, table)),
      () => {
        const { raw } = readEnvelope(bytes, { start: 0, end: bytes.length });
        const { items } = readListHead(bytes, raw);
        items.forEach(({ start, end }) =>
          new WantedReader(bytes).read(tables[0], start, end),
        );
      },
      () => readWatchEnvelope(bytes),
    ];
    for (const attempt of attempts) {
      try {
        attempt();
      } catch (error) {
        if (!(error instanceof InvalidProtobufError)) {
          throw error;
        }
      }
    }
    return 'ended';
  };

  it('end in an error when random', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
        expect(ended(Buffer.from(bytes))).toBe('ended');
        expect(ended(Buffer.concat([Buffer.from('k8s\0'), bytes]))).toBe(
          'ended',
        );
      }),
      { numRuns: 2_000 },
    );
  });

  const list = encodeList(wanted, {
    apiVersion: 'v1',
    kind: 'PodList',
    resourceVersion: '7',
    items: [
      {
        name: 'a',
        labels: { app: 'x' },
        at: '2026-11-23T00:00:00Z',
        children: [{ name: 'b' }],
      },
    ],
  });
  const event = encodeEvent(
    'ADDED',
    { apiVersion: 'v1', kind: 'Pod' },
    encodeMessage(wanted, { name: 'a', list: ['b'] }),
  ).subarray(4);

  it.each([
    ['a list', list],
    ['an event', event],
  ])('end in an error when %s is cut off anywhere', (_, whole) => {
    for (let length = 0; length < whole.length; length += 1) {
      expect(ended(whole.subarray(0, length))).toBe('ended');
    }
  });

  it.each([
    ['a list', list],
    ['an event', event],
  ])('end in an error when bytes of %s are others', (_, whole) => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })),
          { minLength: 1, maxLength: 5 },
        ),
        changes => {
          const changed = Buffer.from(whole);
          for (const [index, value] of changes) {
            changed[index] = value;
          }
          expect(ended(changed)).toBe('ended');
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['a length beyond the message', [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]],
    ['a varint without an end', Array(40).fill(0xff)],
    ['a group', [0x0b, 0x0c]],
    ['a wire type that does not exist', [0x0f]],
    ['half a fixed number', [0xe1, 0x38, 0x00]],
    [
      'a time that no calendar has',
      [0x3a, 0x0a, 0x08, ...Array(8).fill(0xff), 0x7f],
    ],
  ])('are refused with %s', (_, bytes) => {
    expect(() => decode(Buffer.from(bytes))).toThrow(InvalidProtobufError);
  });

  it('are read in time that grows with their number, however they nest', () => {
    // A megabyte of openings of the deepest message that there is.
    const deep = Buffer.alloc(1024 * 1024, 0x12);
    expect(ended(deep)).toBe('ended');
    expect(ended(Buffer.alloc(1024 * 1024, 0x0b))).toBe('ended');
    expect(ended(Buffer.alloc(1024 * 1024))).toBe('ended');
  });
});

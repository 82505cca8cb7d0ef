const digits =
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const valueOf = new Map([...digits].map((digit, value) => [digit, value]));

/** The numbers of one segment of a source map: base64 VLQ, as ECMA-426 has it. */
function decodeSegment(segment) {
  const numbers = [];
  let value = 0;
  let shift = 0;
  for (const digit of segment) {
    const bits = valueOf.get(digit);
    if (bits === undefined) {
      throw new Error(`${digit} is no digit of a source map.`);
    }
    value += (bits & 31) * 2 ** shift;
    shift += 5;
    if ((bits & 32) === 0) {
      const magnitude = Math.floor(value / 2);
      numbers.push(value % 2 ? -magnitude : magnitude);
      value = 0;
      shift = 0;
    }
  }
  return numbers;
}

/**
 * Which part of a generated file came from which source.
 *
 * @param code - the generated file
 * @param map - its source map, parsed
 * @returns a Map from a source's name to the pieces of code that came from it, in their order; the key undefined holds
 *   what came from none, such as the bundler's own code
 */
export function piecesBySource(code, map) {
  const pieces = new Map();
  const add = (source, text) => {
    if (!pieces.has(source)) {
      pieces.set(source, []);
    }
    pieces.get(source).push(text);
  };
  let source = 0;
  const lines = map.mappings.split(';');
  code.split('\n').forEach((line, index) => {
    let column = 0;
    let from = 0;
    let name;
    for (const segment of (lines[index] ?? '').split(',').filter(Boolean)) {
      const [columns, sources] = decodeSegment(segment);
      column += columns;
      add(name, line.slice(from, column));
      from = column;
      source += sources ?? 0;
      name = sources === undefined ? undefined : map.sources[source];
    }
    add(name, line.slice(from));
  });
  return pieces;
}

import fc from 'fast-check';
import { parseExactJson, stringifyExactJson } from './exactJson';

describe('Exact JSON', () => {
  it('gives back every integer as it was', () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 64n), 2n ** 64n), value => {
        const exact = Number.isSafeInteger(Number(value))
          ? Number(value)
          : value;
        expect(parseExactJson(stringifyExactJson({ value: exact }))).toEqual({
          value: exact,
        });
      }),
    );
  });

  it('is ordinary JSON for everything else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(
          JSON.parse(stringifyExactJson(parseExactJson(JSON.stringify(value)))),
        ).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

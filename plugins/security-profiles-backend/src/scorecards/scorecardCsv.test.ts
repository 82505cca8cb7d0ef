import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import {
  csvHeadings,
  csvRows,
  entityColumns,
  groupColumns,
} from './scorecardCsv';
import { noCounts } from './scorecardCounts';

const name = [{ heading: 'name', value: (row: { name: string }) => row.name }];

describe('A scorecard as CSV', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'gives a spreadsheet no formula: %j',
    text => {
      const [[cell]] = parse(csvRows([{ name: text }], name), {
        relax_column_count: true,
      }) as string[][];
      expect(cell.startsWith("'")).toBe(true);
    },
  );

  it('keeps commas, quotes and line ends within a cell', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string().filter(text => !/^[=+\-@\t\r]/.test(text)),
          {
            minLength: 1,
          },
        ),
        texts => {
          const csv = csvRows(
            texts.map(text => ({ name: `x${text}` })),
            name,
          );
          expect(parse(csv)).toEqual(texts.map(text => [`x${text}`]));
        },
      ),
    );
  });

  it('has a heading for every cell', () => {
    const [headings] = parse(csvHeadings(entityColumns)) as string[][];
    const [cells] = parse(
      csvRows(
        [
          {
            entityRef: 'component:default/cart',
            class: 'ordinary',
            level: 'baseline',
            approval: 'not-required',
            target: { level: null, met: 'none' },
            score: null,
            openReviews: 0,
            environments: ['production', 'staging'],
            assessedAt: '2026-11-23T09:00:00.000Z',
          },
        ],
        entityColumns,
      ),
    ) as string[][];
    expect(cells).toHaveLength(headings.length);
    expect(cells[headings.indexOf('environments')]).toBe('production staging');
    expect(cells[headings.indexOf('score')]).toBe('');
  });

  it('counts a group with the groups below it', () => {
    const all = { ...noCounts, entities: 3 };
    const [headings] = parse(csvHeadings(groupColumns)) as string[][];
    const [cells] = parse(
      csvRows([{ key: null, children: 0, own: noCounts, all }], groupColumns),
    ) as string[][];
    expect(cells[headings.indexOf('entities')]).toBe('3');
    expect(cells[headings.indexOf('entities of its own')]).toBe('0');
  });
});

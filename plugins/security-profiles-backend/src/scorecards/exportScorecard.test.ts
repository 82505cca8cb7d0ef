import type { Page } from '../paging/pageCursor';
import { exportScorecard } from './exportScorecard';

const columns = [
  { heading: 'name', value: (row: { name: string }) => row.name },
];

function pages(...names: string[][]) {
  let reads = 0;
  return {
    reads: () => reads,
    read: async (): Promise<Page<{ name: string }>> => {
      const items = (names[reads] ?? []).map(name => ({ name }));
      reads += 1;
      return {
        items,
        totalItems: names.flat().length,
        pageInfo: reads < names.length ? { nextCursor: `${reads}` } : {},
      };
    },
  };
}

describe('The export of a scorecard', () => {
  it('has all pages below one heading', async () => {
    const { read } = pages(['cart', 'pay'], ['proxy']);
    let text = '';
    for await (const part of exportScorecard(read, columns)) {
      text += part;
    }
    expect(text).toBe('name\ncart\npay\nproxy\n');
  });

  it('of nothing is the heading alone', async () => {
    const { read } = pages([]);
    const parts: string[] = [];
    for await (const part of exportScorecard(read, columns)) {
      parts.push(part);
    }
    expect(parts).toEqual(['name\n']);
  });

  it('reads no further once it is cancelled half-way', async () => {
    const { read, reads } = pages(['a'], ['b'], ['c']);
    for await (const part of exportScorecard(read, columns)) {
      if (part === 'a\n') {
        break;
      }
    }
    expect(reads()).toBe(1);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countJest, countNodeTests, countOne, countTotals } from './counts.mjs';

const numbers = ({ passed, failed, skipped }) => [passed, failed, skipped];

describe('the counts of a suite', () => {
  it('are one for a single command', () => {
    assert.deepEqual(numbers(countOne({ code: 0, output: '' })), [1, 0, 0]);
    assert.deepEqual(numbers(countOne({ code: 2, output: '' })), [0, 1, 0]);
  });

  it('come from the report of Jest, where a file that could not run has failed', () => {
    assert.deepEqual(
      numbers(
        countJest(
          { code: 1, output: '' },
          {
            numPassedTests: 7,
            numFailedTests: 1,
            numPendingTests: 2,
            numTodoTests: 1,
            numRuntimeErrorTestSuites: 1,
          },
        ),
      ),
      [7, 2, 3],
    );
  });

  it('hold a failure when Jest ended before it wrote a report', () => {
    assert.deepEqual(
      numbers(countJest({ code: 1, output: '' }, undefined)),
      [0, 1, 0],
    );
  });

  it('hold a failure when all tests passed and the run ended badly', () => {
    assert.deepEqual(
      numbers(countJest({ code: 1, output: '' }, { numPassedTests: 7 })),
      [7, 1, 0],
    );
  });

  it('come from the last summary of node --test, in either form', () => {
    const spec =
      'ℹ tests 9\nℹ pass 5\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\nℹ todo 1\n';
    assert.deepEqual(
      numbers(countNodeTests({ code: 1, output: spec })),
      [5, 2, 2],
    );
    assert.deepEqual(
      numbers(countNodeTests({ code: 1, output: spec.replaceAll('ℹ', '#') })),
      [5, 2, 2],
    );
  });

  it('come from the totals of our own runners', () => {
    assert.deepEqual(
      numbers(
        countTotals({
          code: 0,
          output: 'page … ok\n3 passed, 0 failed, 1 skipped\n',
        }),
      ),
      [3, 0, 1],
    );
  });

  it('hold a failure when a runner of our own says no totals', () => {
    assert.deepEqual(
      numbers(countTotals({ code: 0, output: 'ok' })),
      [0, 1, 0],
    );
  });
});

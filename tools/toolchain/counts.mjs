// How many tests of a suite passed, failed and were skipped, from what its runner says. A run that ended badly never
// counts as passed, whatever it printed.

/** A command that is one check. */
export function countOne({ code, output }) {
  return {
    passed: code === 0 ? 1 : 0,
    failed: code === 0 ? 0 : 1,
    skipped: 0,
    output,
  };
}

/**
 * A run of Jest with its `--json` report.
 *
 * @param result - `code` and `output` of the run
 * @param report - the parsed report; undefined when Jest ended before it wrote one
 */
export function countJest({ code, output }, report) {
  return atLeastOneFailed(code, {
    passed: report?.numPassedTests ?? 0,
    failed:
      (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0),
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
    output,
  });
}

/** A run of `node --test`, from the summary at its end. */
export function countNodeTests({ code, output }) {
  const count = name =>
    Number(
      [...output.matchAll(new RegExp(`^(?:ℹ|#) ${name} (\\d+)$`, 'gm'))].at(
        -1,
      )?.[1] ?? 0,
    );
  return atLeastOneFailed(code, {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped') + count('todo'),
    output,
  });
}

/** A runner of our own, whose last line is `N passed, N failed, N skipped`. */
export function countTotals({ code, output }) {
  const totals = [
    ...output.matchAll(/^(\d+) passed, (\d+) failed, (\d+) skipped$/gm),
  ].at(-1);
  const [passed, failed, skipped] = (totals ?? [0, 0, 0, 0])
    .slice(1)
    .map(Number);
  return atLeastOneFailed(totals ? code : code || 1, {
    passed,
    failed,
    skipped,
    output,
  });
}

function atLeastOneFailed(code, counts) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

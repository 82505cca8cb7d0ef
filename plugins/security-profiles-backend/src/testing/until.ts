const defaultDeadline = 20_000;
const pollEvery = 5;

/** Resolves as soon as the condition holds; rejects, naming what was waited for, when it does not hold in time. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  options: { deadline?: number } = {},
): Promise<void> {
  const end = performance.now() + (options.deadline ?? defaultDeadline);
  while (!(await condition())) {
    if (performance.now() > end) {
      throw new Error(`Waited in vain until ${what}`);
    }
    await new Promise(resolve => setTimeout(resolve, pollEvery));
  }
}

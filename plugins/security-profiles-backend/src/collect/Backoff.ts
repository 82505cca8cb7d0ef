/** How long to wait before the next try, in milliseconds. */
export interface BackoffOptions {
  first: number;
  longest: number;
  /** A number from 0 up to 1, so that many readers do not come back at once. */
  random: () => number;
}

/** Exponential back-off with jitter: each wait lies between half of and the whole doubled delay, capped. */
export class Backoff {
  private readonly options: BackoffOptions;
  private failures = 0;

  constructor(options: BackoffOptions) {
    this.options = options;
  }

  /** The next wait; at least what the server asked for. */
  next(retryAfter = 0): number {
    const { first, longest, random } = this.options;
    const whole = Math.min(longest, first * 2 ** Math.min(this.failures, 30));
    this.failures += 1;
    return Math.max(retryAfter, whole / 2 + (whole / 2) * random());
  }

  /** After a success. */
  reset(): void {
    this.failures = 0;
  }
}

/** Where the time comes from. Logic takes times as parameters; only tasks and services hold a clock. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. */
export class SystemClock implements Clock {
  now(): Date {
    return new Date();
  }
}

/** A clock that can be set to another date and runs on from there. Used by the demo's story and by tests. */
export class AdjustableClock implements Clock {
  private readonly base: Clock;
  private offset = 0;

  constructor(base: Clock) {
    this.base = base;
  }

  now(): Date {
    return new Date(this.base.now().getTime() + this.offset);
  }

  set(time: Date): void {
    this.offset = time.getTime() - this.base.now().getTime();
  }
}

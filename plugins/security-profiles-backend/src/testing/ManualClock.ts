import type { Clock } from '../clock/Clock';

/** A clock that stands until a test moves it. */
export class ManualClock implements Clock {
  private time: Date;

  constructor(start: string) {
    this.time = new Date(start);
  }

  now(): Date {
    return this.time;
  }

  set(time: string): void {
    this.time = new Date(time);
  }

  advance(milliseconds: number): void {
    this.time = new Date(this.time.getTime() + milliseconds);
  }
}

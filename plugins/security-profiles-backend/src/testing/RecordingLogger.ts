import { inspect } from 'node:util';
import type { LoggerService } from '@backstage/backend-plugin-api';

/** Keeps what was logged, as an operator would read it, with every property of what was passed along. */
export class RecordingLogger implements LoggerService {
  readonly lines: string[] = [];

  error(message: string, meta?: unknown): void {
    this.record('error', message, meta);
  }

  warn(message: string, meta?: unknown): void {
    this.record('warn', message, meta);
  }

  info(message: string, meta?: unknown): void {
    this.record('info', message, meta);
  }

  debug(message: string, meta?: unknown): void {
    this.record('debug', message, meta);
  }

  child(): LoggerService {
    return this;
  }

  private record(level: string, message: string, meta: unknown): void {
    this.lines.push(
      `${level}: ${message}${
        meta === undefined ? '' : ` ${inspect(meta, { depth: 10 })}`
      }`,
    );
  }
}

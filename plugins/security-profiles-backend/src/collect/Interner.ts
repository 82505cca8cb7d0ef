/** A value that many facts share. */
export interface Interned<T> {
  readonly key: string;
  /** Distinct among those of one interner. */
  readonly id: number;
  readonly value: T;
  uses: number;
}

/**
 * Holds equal values once. The pods of a workload agree in almost everything that is kept of them, so thousands of
 * pods cost little more than one.
 */
export class Interner<T> {
  private readonly entries = new Map<string, Interned<T>>();
  private made = 0;

  take(value: T): Interned<T> {
    const key = JSON.stringify(value);
    let entry = this.entries.get(key);
    if (!entry) {
      this.made += 1;
      entry = { key, id: this.made, value, uses: 0 };
      this.entries.set(key, entry);
    }
    entry.uses += 1;
    return entry;
  }

  release(entry: Interned<T>): void {
    entry.uses -= 1;
    if (entry.uses === 0) {
      this.entries.delete(entry.key);
    }
  }

  get size(): number {
    return this.entries.size;
  }
}

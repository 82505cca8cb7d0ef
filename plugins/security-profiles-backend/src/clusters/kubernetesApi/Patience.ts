/** Options of {@link Patience}, in milliseconds. */
export interface PatienceOptions {
  /** From the start, or from what was heard last. */
  silence: number;
  /** From the start to the end. */
  whole: number;
}

/** Waits for something that may never come; its signal is aborted when it has waited enough. */
export class Patience {
  private readonly enough = new AbortController();
  private readonly silence: NodeJS.Timeout;
  private readonly whole: NodeJS.Timeout;

  constructor(options: PatienceOptions) {
    const giveUp = () => this.enough.abort();
    this.silence = setTimeout(giveUp, options.silence);
    this.whole = setTimeout(giveUp, options.whole);
  }

  get signal(): AbortSignal {
    return this.enough.signal;
  }

  /** Begins to wait anew. */
  heard(): void {
    this.silence.refresh();
  }

  /** Nothing more is waited for. */
  end(): void {
    clearTimeout(this.silence);
    clearTimeout(this.whole);
  }
}

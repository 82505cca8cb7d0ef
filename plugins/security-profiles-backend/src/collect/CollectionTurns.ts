import type { InventoryWriter } from '../facts/CollectedFacts';

/** One replica's turn at collecting one cluster. */
export interface CollectionTurn {
  /** Aborted when the turn ends. */
  signal: AbortSignal;
  /** Writes only while the turn lasts. */
  writer: InventoryWriter;
}

/** Decides which replica collects a cluster. */
export interface CollectionTurns {
  /** Calls `collect` for each turn that this replica gets, until the signal is aborted. */
  run(
    clusterId: string,
    options: {
      signal: AbortSignal;
      collect: (turn: CollectionTurn) => Promise<void>;
    },
  ): Promise<void>;
}

/** For a single process, which always has its turn. */
export class SoleReplicaTurns implements CollectionTurns {
  private readonly writer: InventoryWriter;

  constructor(options: { writer: InventoryWriter }) {
    this.writer = options.writer;
  }

  async run(
    _clusterId: string,
    options: {
      signal: AbortSignal;
      collect: (turn: CollectionTurn) => Promise<void>;
    },
  ): Promise<void> {
    await options.collect({ signal: options.signal, writer: this.writer });
  }
}

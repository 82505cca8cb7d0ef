import {
  AuditCheckpoint,
  auditRowHash,
  AuditRow,
  auditTextHash,
  checkpointContent,
  genesisHash,
  HashText,
  hashText,
} from './auditChain';

/** What is wrong with a record. @public */
export type AuditProblemKind =
  | 'gap'
  | 'reordered'
  | 'broken-link'
  | 'edited'
  | 'text-edited'
  | 'truncated'
  | 'rewritten'
  | 'bad-signature'
  | 'unreadable';

/** The first thing that is wrong with a record, and where. @public */
export interface AuditProblem {
  kind: AuditProblemKind;
  /** Row at which it shows; for what is missing, the first missing one. */
  seq: number;
  /** In English. */
  message: string;
}

/** What verifying a record found. @public */
export interface AuditVerification {
  result: 'intact' | 'broken';
  rows: number;
  lastSeq: number;
  lastHash: string;
  /** Rows whose text was erased, which is no problem. */
  erased: number;
  checkpoints: {
    /** Compared with the record. */
    matched: number;
    signed: number;
    /** Without a signature, or without a key to check it: these say nothing against the database's owner. */
    unsigned: number;
  };
  problem?: AuditProblem;
}

/** Options of {@link AuditVerifier}. @public */
export interface AuditVerifierOptions {
  /** Kept elsewhere, in any order. */
  checkpoints?: readonly AuditCheckpoint[];
  /** Ed25519 over {@link checkpointContent}; absent where there is no key. */
  verifySignature?: (content: string, signature: string) => boolean;
  /** In place of the one in plain JavaScript. */
  hash?: HashText;
}

/**
 * Reads a record row by row and says what is wrong with it first. It holds one row at a time, so its size doesn't matter.
 *
 * @remarks
 * A chain alone shows an edited, missing or moved row. Against somebody who writes the whole chain anew only a signed
 * checkpoint helps that was kept elsewhere: the record has to reach it and have its hash there.
 * @public
 */
export class AuditVerifier {
  private readonly hash: HashText;
  private readonly checkpoints: Map<number, AuditCheckpoint[]>;
  private readonly verifySignature: AuditVerifierOptions['verifySignature'];
  private lastSeq = 0;
  private lastHash = genesisHash;
  private erased = 0;
  private matched = 0;
  private signed = 0;
  private unsigned = 0;
  private problem: AuditProblem | undefined;

  constructor(options: AuditVerifierOptions = {}) {
    this.hash = options.hash ?? hashText;
    this.verifySignature = options.verifySignature;
    this.checkpoints = new Map();
    for (const checkpoint of options.checkpoints ?? []) {
      const same = this.checkpoints.get(checkpoint.seq) ?? [];
      this.checkpoints.set(checkpoint.seq, [...same, checkpoint]);
    }
    for (const checkpoint of this.checkpoints.get(0) ?? []) {
      this.compare(checkpoint);
    }
  }

  /** Takes the next row; `broken` once something is wrong, after which nothing more is read. */
  add(row: AuditRow): 'intact' | 'broken' {
    if (!this.problem) {
      this.check(row);
    }
    return this.problem ? 'broken' : 'intact';
  }

  /** A row that can't be read as one. */
  addUnreadable(message: string): void {
    this.fail('unreadable', this.lastSeq + 1, message);
  }

  /** What was found, once there are no more rows. */
  finish(): AuditVerification {
    const beyond = [...this.checkpoints.keys()]
      .filter(seq => seq > this.lastSeq)
      .sort((a, b) => a - b);
    if (!this.problem && beyond.length > 0) {
      this.fail(
        'truncated',
        this.lastSeq + 1,
        `Row ${
          this.lastSeq + 1
        } and all after it are missing: a checkpoint says that there are ${
          beyond[beyond.length - 1]
        } rows.`,
      );
    }
    return {
      result: this.problem ? 'broken' : 'intact',
      rows: this.lastSeq,
      lastSeq: this.lastSeq,
      lastHash: this.lastHash,
      erased: this.erased,
      checkpoints: {
        matched: this.matched,
        signed: this.signed,
        unsigned: this.unsigned,
      },
      ...(this.problem && { problem: this.problem }),
    };
  }

  private check(row: AuditRow): void {
    const expected = this.lastSeq + 1;
    if (row.seq > expected) {
      this.fail(
        'gap',
        expected,
        row.seq === expected + 1
          ? `Row ${expected} is missing.`
          : `Rows ${expected} to ${row.seq - 1} are missing.`,
      );
    } else if (row.seq < expected) {
      this.fail(
        'reordered',
        row.seq,
        `Row ${row.seq} comes after row ${this.lastSeq}.`,
      );
    } else if (row.hash !== auditRowHash(row, this.hash)) {
      this.fail(
        'edited',
        row.seq,
        `Row ${row.seq} does not have the content that its hash was made from.`,
      );
    } else if (row.prevHash !== this.lastHash) {
      this.fail(
        'broken-link',
        row.seq,
        `Row ${row.seq} does not follow the row before it: that was replaced, or this was moved here.`,
      );
    } else if (
      row.text &&
      auditTextHash(row.text, this.hash) !== row.textHash
    ) {
      this.fail(
        'text-edited',
        row.seq,
        `What was written in row ${row.seq} is not what its hash was made from.`,
      );
    } else {
      this.lastSeq = row.seq;
      this.lastHash = row.hash;
      this.erased += row.text ? 0 : 1;
      for (const checkpoint of this.checkpoints.get(row.seq) ?? []) {
        this.compare(checkpoint);
      }
    }
  }

  private compare(checkpoint: AuditCheckpoint): void {
    const { seq, hash, signature, count } = checkpoint;
    if (signature === undefined || !this.verifySignature) {
      this.unsigned += 1;
    } else if (this.verifySignature(checkpointContent(checkpoint), signature)) {
      this.signed += 1;
    } else {
      this.fail(
        'bad-signature',
        seq,
        `The checkpoint at row ${seq} is not signed by this key.`,
      );
      return;
    }
    if (hash !== this.lastHash || count !== seq) {
      this.fail(
        'rewritten',
        seq,
        `Row ${seq} is not the one that the checkpoint of ${checkpoint.at} was made from: the record was written anew.`,
      );
      return;
    }
    this.matched += 1;
  }

  private fail(kind: AuditProblemKind, seq: number, message: string): void {
    this.problem ??= { kind, seq, message };
  }
}

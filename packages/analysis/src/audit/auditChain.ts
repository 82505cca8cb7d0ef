import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import { canonicalJson } from '../profiles/canonicalJson';

/** One row of the record of approvals, as it is kept and exported. @public */
export interface AuditRow {
  /** From 1 on, without gaps. */
  seq: number;
  /** Hash of the row before; {@link genesisHash} for the first. */
  prevHash: string;
  /** Over everything else here but `text`. */
  hash: string;
  at: string;
  actor: string;
  action: string;
  reviewId: string;
  /** Key of what is decided on. */
  subject: string;
  digest?: string;
  /** What decisions are computed from, as JSON text. */
  facts: string;
  /** Over the salt and the text, so that the text can be erased and the chain still holds. */
  textHash: string;
  /** What people wrote; absent once it was erased. */
  text?: { salt: string; json: string };
}

/** A place of the chain, signed, to be kept where the database's owner can't reach it. @public */
export interface AuditCheckpoint {
  seq: number;
  hash: string;
  /** Rows up to there. */
  count: number;
  at: string;
  /** Which key signed it; absent where there was none. */
  keyId?: string;
  /** Ed25519, base64; absent where there was no key. */
  signature?: string;
}

/** What comes before the first row. @public */
export const genesisHash = `sha256:${'0'.repeat(64)}`;

/** SHA-256 of a text as hex digits. Servers pass their platform's own, which is faster. @public */
export type HashText = (text: string) => string;

/** SHA-256 in plain JavaScript. */
export const hashText: HashText = text => bytesToHex(sha256(utf8ToBytes(text)));

/** The hash that a row has to have. @public */
export function auditRowHash(
  row: Omit<AuditRow, 'hash' | 'text'>,
  hash: HashText = hashText,
): string {
  const content = canonicalJson({
    schema: 'sp-audit/1',
    seq: `${row.seq}`,
    prevHash: row.prevHash,
    at: row.at,
    actor: row.actor,
    action: row.action,
    reviewId: row.reviewId,
    subject: row.subject,
    digest: row.digest,
    facts: row.facts,
    textHash: row.textHash,
  });
  return `sha256:${hash(content)}`;
}

/** The hash of what people wrote. The salt keeps short texts from being guessed once they are erased. @public */
export function auditTextHash(
  text: { salt: string; json: string },
  hash: HashText = hashText,
): string {
  return `sha256:${hash(`${text.salt}\n${text.json}`)}`;
}

/** The bytes, as text, that a checkpoint's signature is over. @public */
export function checkpointContent(checkpoint: AuditCheckpoint): string {
  return canonicalJson({
    schema: 'sp-checkpoint/1',
    seq: `${checkpoint.seq}`,
    hash: checkpoint.hash,
    count: `${checkpoint.count}`,
    at: checkpoint.at,
  });
}

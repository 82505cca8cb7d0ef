import {
  createHash,
  createPublicKey,
  type KeyObject,
  verify,
} from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import {
  type AuditCheckpoint,
  type AuditRow,
  AuditVerifier,
} from '@security-profiles/analysis';
import type { CliOutput } from './CliOutput';
import { UsageError } from './UsageError';

/** Options of {@link verifyAudit}. */
export interface VerifyAuditOptions {
  /** The export; `-` for standard input. */
  file: string;
  /** Public key in PEM. */
  pub?: string;
  /** Checkpoints as JSON. */
  checkpoint?: string;
}

/** Verifies an export row by row, whatever its size; answers the exit code. */
export async function verifyAudit(
  options: VerifyAuditOptions,
  output: CliOutput,
): Promise<number> {
  const key = options.pub ? await readKey(options.pub) : undefined;
  const checkpoints = options.checkpoint
    ? await readCheckpoints(options.checkpoint)
    : [];
  const verifier = new AuditVerifier({
    checkpoints,
    hash: text => createHash('sha256').update(text).digest('hex'),
    verifySignature: key
      ? (content, signature) =>
          verify(
            null,
            Buffer.from(content),
            key,
            Buffer.from(signature, 'base64'),
          )
      : undefined,
  });
  let line = 0;
  for await (const text of readLines(options.file)) {
    line += 1;
    if (text.trim() !== '') {
      const row = readRow(text);
      if (row) {
        verifier.add(row);
      } else {
        verifier.addUnreadable(
          `Line ${line} of ${options.file} is no row of the record.`,
        );
      }
    }
  }
  const found = verifier.finish();
  const { matched, signed, unsigned } = found.checkpoints;
  if (found.problem) {
    output.complain(
      `broken at row ${found.problem.seq} (${found.problem.kind}): ${found.problem.message}`,
    );
    output.complain(`rows before it that are intact: ${found.rows}`);
    return 1;
  }
  output.print(
    `intact: ${found.rows} rows, the last with hash ${found.lastHash}`,
  );
  if (found.erased > 0) {
    output.print(
      `texts that were erased, which is no problem: ${found.erased}`,
    );
  }
  output.print(
    `checkpoints: ${matched} matched, ${signed} of them signed${
      unsigned > 0 ? `, ${unsigned} without a signature that was checked` : ''
    }`,
  );
  if (signed === 0) {
    output.print(
      'No signed checkpoint was compared: a record that was cut, or written anew as a whole, looks like this too.',
    );
  }
  return 0;
}

async function readKey(file: string): Promise<KeyObject> {
  const pem = await readText(file, '--pub');
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch {
    throw new UsageError(`--pub: ${file} is no public key in PEM.`);
  }
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new UsageError(
      `--pub: ${file} is a key of type ${key.asymmetricKeyType}; expected ed25519.`,
    );
  }
  return key;
}

async function readCheckpoints(file: string): Promise<AuditCheckpoint[]> {
  const text = await readText(file, '--checkpoint');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`--checkpoint: ${file} is no JSON.`);
  }
  const { items } = value as { items?: unknown };
  const list = Array.isArray(items) ? items : [value].flat();
  if (!list.every(isCheckpoint)) {
    throw new UsageError(
      `--checkpoint: ${file} holds something that is no checkpoint; expected seq, hash, count and at.`,
    );
  }
  return list;
}

function isCheckpoint(value: unknown): value is AuditCheckpoint {
  const { seq, hash, count, at } = (value ?? {}) as Record<string, unknown>;
  return (
    Number.isSafeInteger(seq) &&
    Number.isSafeInteger(count) &&
    typeof hash === 'string' &&
    typeof at === 'string'
  );
}

async function readText(file: string, option: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new UsageError(`${option}: ${file} can't be read.`);
  }
}

async function* readLines(file: string): AsyncGenerator<string> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  try {
    yield* createInterface({ input, crlfDelay: Infinity });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code) {
      throw new UsageError(`${file} can't be read.`);
    }
    throw error;
  }
}

const textColumns = [
  'prevHash',
  'hash',
  'at',
  'actor',
  'action',
  'reviewId',
  'subject',
  'facts',
  'textHash',
];

function readRow(line: string): AuditRow | undefined {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const { seq, digest, text } = value ?? {};
  const written = text as { salt?: unknown; json?: unknown } | undefined;
  return Number.isSafeInteger(seq) &&
    textColumns.every(name => typeof value[name] === 'string') &&
    (digest === undefined || typeof digest === 'string') &&
    (written === undefined ||
      (typeof written?.salt === 'string' && typeof written.json === 'string'))
    ? (value as unknown as AuditRow)
    : undefined;
}

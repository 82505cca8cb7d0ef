import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  auditRowHash,
  type AuditRow,
  auditTextHash,
  checkpointContent,
  genesisHash,
} from '@security-profiles/analysis';
import { runCli } from './runCli';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');

function chain(length: number): AuditRow[] {
  const rows: AuditRow[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const text = { salt: `salt-${seq}`, json: `{"comment":"no ${seq}"}` };
    const row = {
      seq,
      prevHash: rows.at(-1)?.hash ?? genesisHash,
      at: '2026-11-23T09:00:00.000Z',
      actor: 'user:default/ada',
      action: 'commented',
      reviewId: 'r1',
      subject: 'cart',
      facts: '{}',
      textHash: auditTextHash(text),
    };
    rows.push({ ...row, hash: auditRowHash(row), text });
  }
  return rows;
}

function checkpointOf({ seq, hash }: AuditRow) {
  const checkpoint = { seq, hash, count: seq, at: '2026-11-23T10:00:00.000Z' };
  return {
    ...checkpoint,
    signature: sign(
      null,
      Buffer.from(checkpointContent(checkpoint)),
      privateKey,
    ).toString('base64'),
  };
}

const rows = chain(6);

describe('verify-audit', () => {
  let folder: string;
  let key: string;
  let kept: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'verify-audit-'));
    key = await file(
      'key.pem',
      publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    );
    kept = await file('c.json', JSON.stringify(checkpointOf(rows[4])));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function file(name: string, content: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  }

  const toLines = (some: object[]) =>
    some.map(row => `${JSON.stringify(row)}\n`).join('');

  async function run(...args: string[]) {
    const lines: string[] = [];
    const code = await runCli(args, {
      print: line => lines.push(line),
      complain: line => lines.push(line),
    });
    return { code, text: lines.join('\n') };
  }

  const verify = async (some: object[]) =>
    run(
      'verify-audit',
      await file('export.ndjson', toLines(some)),
      '--pub',
      key,
      '--checkpoint',
      kept,
    );

  it('finds nothing in a record that nobody touched', async () => {
    const { code, text } = await verify(rows);
    expect(code).toBe(0);
    expect(text).toContain('intact: 6 rows');
    expect(text).toContain('1 matched, 1 of them signed');
  });

  it('takes what the portal answers as checkpoints, and says where nothing was signed', async () => {
    const list = await file(
      'list.json',
      JSON.stringify({ items: [checkpointOf(rows[1]), checkpointOf(rows[4])] }),
    );
    const path = await file('whole.ndjson', toLines(rows));
    expect(
      (await run('verify-audit', path, '--checkpoint', list, '--pub', key))
        .text,
    ).toContain('2 matched, 2 of them signed');
    const unsigned = await run('verify-audit', path);
    expect(unsigned.code).toBe(0);
    expect(unsigned.text).toContain('No signed checkpoint was compared');
  });

  it.each<[string, string, () => object[]]>([
    [
      'an edited row',
      'broken at row 3 (edited)',
      () => rows.map(row => (row.seq === 3 ? { ...row, actor: 'eve' } : row)),
    ],
    [
      'a deleted row',
      'broken at row 3 (gap): Row 3 is missing.',
      () => rows.filter(({ seq }) => seq !== 3),
    ],
    ['a truncated tail', 'broken at row 4 (truncated)', () => rows.slice(0, 3)],
    [
      'reordered rows',
      'broken at row 2 (gap)',
      () => [rows[0], rows[2], rows[1], ...rows.slice(3)],
    ],
    [
      'a record written anew without the key',
      'broken at row 5 (rewritten)',
      () => {
        const done: AuditRow[] = [];
        for (const row of rows) {
          const next = {
            ...row,
            actor: row.seq === 2 ? 'user:default/eve' : row.actor,
            prevHash: done.at(-1)?.hash ?? genesisHash,
          };
          done.push({ ...next, hash: auditRowHash(next) });
        }
        return done;
      },
    ],
    [
      'a line that is no row',
      'broken at row 2 (unreadable): Line 2',
      () => [rows[0], { seq: 2 }, rows[1]],
    ],
  ])('names %s', async (_, message, tampered) => {
    const { code, text } = await verify(tampered());
    expect(text).toContain(message);
    expect(code).toBe(1);
  });

  it('says how it is used, and what it can not read', async () => {
    expect(await run('--help')).toMatchObject({ code: 0 });
    const missing = join(folder, 'missing');
    for (const [args, message] of [
      [[], 'No command was given'],
      [['verify'], 'There is no command verify'],
      [['verify-audit'], 'needs the file'],
      [['verify-audit', missing], "can't be read"],
      [['verify-audit', key, '--pub'], '--pub needs a file'],
      [['verify-audit', key, '--pub', kept], 'no public key'],
      [['verify-audit', key, '--checkpoint', key], 'is no JSON'],
      [['verify-audit', key, '--force'], 'There is no option --force'],
      [['verify-audit', key, kept], 'one file too many'],
    ] as const) {
      const { code, text } = await run(...args);
      expect([code, text]).toEqual([2, expect.stringContaining(message)]);
    }
  });
});

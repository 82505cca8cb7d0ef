import {
  AuditCheckpoint,
  auditRowHash,
  AuditRow,
  auditTextHash,
  checkpointContent,
  genesisHash,
} from './auditChain';
import { AuditVerifier, AuditVerifierOptions } from './verifyAudit';

function chain(length: number, actor = 'user:default/ada'): AuditRow[] {
  const rows: AuditRow[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const text = { salt: `salt-${seq}`, json: `{"comment":"no ${seq}"}` };
    const row = {
      seq,
      prevHash: rows.at(-1)?.hash ?? genesisHash,
      at: `2026-11-23T09:00:0${seq}.000Z`,
      actor,
      action: 'commented',
      reviewId: 'r1',
      subject: 'cart',
      facts: '{"type":"commented"}',
      textHash: auditTextHash(text),
    };
    rows.push({ ...row, hash: auditRowHash(row), text });
  }
  return rows;
}

function checkpointOf(row: AuditRow): AuditCheckpoint {
  const checkpoint = {
    seq: row.seq,
    hash: row.hash,
    count: row.seq,
    at: '2026-11-23T10:00:00.000Z',
  };
  return {
    ...checkpoint,
    signature: `signed ${checkpointContent(checkpoint)}`,
  };
}

const verifySignature = (content: string, signature: string) =>
  signature === `signed ${content}`;

function verify(rows: AuditRow[], options: AuditVerifierOptions = {}) {
  const verifier = new AuditVerifier(options);
  for (const row of rows) {
    verifier.add(row);
  }
  return verifier.finish();
}

/** Everything hashed anew from a row on, as somebody would who owns the database. */
function rewritten(rows: AuditRow[]): AuditRow[] {
  const done: AuditRow[] = [];
  for (const row of rows) {
    const linked = { ...row, prevHash: done.at(-1)?.hash ?? genesisHash };
    done.push({ ...linked, hash: auditRowHash(linked) });
  }
  return done;
}

const five = chain(5);
const kept = [checkpointOf(five[3])];

describe('a record', () => {
  it('that nobody touched is intact', () => {
    expect(verify(five, { checkpoints: kept, verifySignature })).toEqual({
      result: 'intact',
      rows: 5,
      lastSeq: 5,
      lastHash: five[4].hash,
      erased: 0,
      checkpoints: { matched: 1, signed: 1, unsigned: 0 },
    });
    expect(verify([]).result).toBe('intact');
  });

  it('whose texts were erased is intact', () => {
    const erased = five.map(({ text: _text, ...row }) => row);
    expect(verify(erased)).toMatchObject({ result: 'intact', erased: 5 });
  });

  it('says so where a checkpoint proves nothing', () => {
    expect(verify(five, { checkpoints: kept }).checkpoints).toEqual({
      matched: 1,
      signed: 0,
      unsigned: 1,
    });
    const { signature: _signature, ...unsigned } = kept[0];
    expect(
      verify(five, { checkpoints: [unsigned], verifySignature }).checkpoints,
    ).toEqual({ matched: 1, signed: 0, unsigned: 1 });
  });

  it.each<[string, string, number, AuditRow[], AuditVerifierOptions?]>([
    [
      'an edited row',
      'edited',
      3,
      five.map(row => (row.seq === 3 ? { ...row, actor: 'user:x/eve' } : row)),
    ],
    [
      'edited facts',
      'edited',
      2,
      five.map(row => (row.seq === 2 ? { ...row, facts: '{}' } : row)),
    ],
    [
      'a row whose hash was made anew',
      'broken-link',
      4,
      five.map(row =>
        row.seq === 3
          ? {
              ...row,
              actor: 'user:x/eve',
              hash: auditRowHash({ ...row, actor: 'user:x/eve' }),
            }
          : row,
      ),
    ],
    [
      'an edited text',
      'text-edited',
      2,
      five.map(row =>
        row.seq === 2 ? { ...row, text: { salt: 'salt-2', json: '{}' } } : row,
      ),
    ],
    ['a missing row', 'gap', 3, five.filter(({ seq }) => seq !== 3)],
    ['a missing first row', 'gap', 1, five.slice(1)],
    ['rows in another order', 'gap', 2, [five[0], five[2], five[1], five[3]]],
    ['a row twice', 'reordered', 2, [five[0], five[1], five[1]]],
    [
      'a row of another chain',
      'broken-link',
      3,
      [five[0], five[1], chain(5, 'user:x/eve')[2]],
    ],
    [
      'rows that were given each other’s number',
      'edited',
      2,
      [
        five[0],
        { ...five[2], seq: 2, prevHash: five[0].hash },
        { ...five[1], seq: 3 },
      ],
    ],
    [
      'a truncated tail',
      'truncated',
      4,
      five.slice(0, 3),
      { checkpoints: kept, verifySignature },
    ],
    [
      'an emptied record',
      'truncated',
      1,
      [],
      { checkpoints: kept, verifySignature },
    ],
    [
      'a chain that was written anew',
      'rewritten',
      4,
      rewritten(
        five.map(row => (row.seq === 2 ? { ...row, facts: '{"x":1}' } : row)),
      ),
      { checkpoints: kept, verifySignature },
    ],
    [
      'a forged checkpoint',
      'bad-signature',
      4,
      rewritten(five),
      {
        checkpoints: [{ ...kept[0], signature: 'signed by eve' }],
        verifySignature,
      },
    ],
    [
      'a checkpoint moved to another row',
      'bad-signature',
      5,
      five,
      { checkpoints: [{ ...kept[0], seq: 5 }], verifySignature },
    ],
  ])('shows %s', (_, kind, seq, rows, options = {}) => {
    const found = verify(rows, options);
    expect(found.result).toBe('broken');
    expect(found.problem).toMatchObject({ kind, seq });
    expect(found.problem?.message).toContain(`${seq}`);
  });

  it('that is cut or written anew looks intact without a checkpoint', () => {
    // Why checkpoints are signed and kept elsewhere.
    expect(verify(five.slice(0, 3)).result).toBe('intact');
    expect(verify(chain(5, 'user:x/eve')).result).toBe('intact');
  });
});

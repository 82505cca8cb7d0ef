import { createLine, ledgerComparison } from '../fixtures/profiles';
import { changeLines } from './changeLines';

describe('changeLines', () => {
  it('makes one line of what changed in the same way, in the same group and from the same source', () => {
    const { wider } = changeLines(ledgerComparison);
    expect(
      wider.map(({ group, subjects, broughtBy }) => [
        group,
        subjects,
        broughtBy,
      ]),
    ).toEqual([
      [
        'io-uring',
        ['io_uring_enter', 'io_uring_register', 'io_uring_setup'],
        undefined,
      ],
      ['keyrings', ['keyctl'], 'web-base:v2'],
      ['tracing', ['ptrace'], 'web-base:v2'],
    ]);
  });

  it('says a reason once that several calls share', () => {
    const [io] = changeLines(ledgerComparison).wider;
    expect(io.because).toEqual([
      'queues file and network work that seccomp does not see call by call',
    ]);
  });

  it.each([
    ['another transition', { after: 'allowed, logged' }],
    ['another source', { broughtBy: 'web-base:v2' }],
    ['another risk', { risk: 'low' }],
    ['another group', { group: 'keyrings' }],
  ])('keeps %s apart', (_, other) => {
    expect(
      changeLines({
        lines: [createLine(), createLine({ subject: 'unshare', ...other })],
      }).wider,
    ).toHaveLength(2);
  });

  it('keeps the order of the server, which ranks by risk', () => {
    expect(
      changeLines({
        lines: [
          createLine({ subject: 'bpf', risk: 'critical' }),
          createLine({ subject: 'a_call', risk: 'low' }),
          createLine({ subject: 'init_module', risk: 'critical' }),
        ],
      }).wider.map(({ subjects }) => subjects),
    ).toEqual([['bpf', 'init_module'], ['a_call']]);
  });

  it('shows a direction of a newer server instead of dropping it', () => {
    const line = createLine({ direction: 'sideways' });
    expect(changeLines({ lines: [line] }).changed[0].subjects).toEqual([
      'setns',
    ]);
  });
});

import { createCall } from '../fixtures/profiles';
import { callLines } from './callLines';

describe('callLines', () => {
  it('puts calls together about which the same is to be said', () => {
    expect(
      callLines([
        createCall('setns', { risk: 'high', broughtBy: 'crun-start' }),
        createCall('bpf', { risk: 'critical' }),
        createCall('unshare', { risk: 'high', broughtBy: 'crun-start' }),
      ]).map(({ names }) => names),
    ).toEqual([['setns', 'unshare'], ['bpf']]);
  });

  it.each([
    ['conditions', { args: 'operation is 11' }],
    ['action', { action: 'LOG' }],
    ['reason', { because: 'another' }],
    ['source', { broughtBy: 'web-base' }],
  ])('keeps calls with another %s apart', (_, other) => {
    expect(
      callLines([createCall('keyctl'), createCall('add_key', other)]),
    ).toHaveLength(2);
  });
});

import { nearestNames } from './nearestNames';

const known = [
  'workload-privileged',
  'workload-elevated',
  'seccomp-unconfined',
  'facts-missing',
];

describe('The nearest names', () => {
  it.each([
    ['workload-priviledged', 'workload-privileged'],
    ['privileged', 'workload-privileged'],
    ['seccomp-unconfind', 'seccomp-unconfined'],
    ['missing', 'facts-missing'],
    ['workload_elevated', 'workload-elevated'],
  ])('for %s begin with %s', (unknown, nearest) => {
    expect(nearestNames(unknown, known)[0]).toBe(nearest);
  });

  it('are three at most, and none where nothing is known', () => {
    expect(nearestNames('x', known)).toHaveLength(3);
    expect(nearestNames('x', [])).toEqual([]);
  });
});

import { syscallRisk } from '../profiles/syscallGroups';
import { syscallElevations } from './syscallElevations';

const calls = (...names: string[]) =>
  names.map(name => ({ name, ...syscallRisk(name) }));

describe('calls beyond RuntimeDefault', () => {
  it('are one elevation for each group, riskiest first', () => {
    const elevations = syscallElevations(
      calls('perf_event_open', 'bpf', 'bpf', 'io_uring_setup'),
      'spec.securityContext.seccompProfile',
    );
    expect(elevations.map(({ id, value }) => `${id}: ${value}`)).toContain(
      'syscalls-bpf-and-perf: bpf, perf_event_open',
    );
    expect(new Set(elevations.map(({ id }) => id)).size).toBe(
      elevations.length,
    );
    expect(elevations[0].syscalls).toEqual(['bpf', 'perf_event_open']);
  });

  it('are never critical: the kernel still asks for the capability', () => {
    expect(
      syscallElevations(calls('init_module'), 'x').map(({ risk }) => risk),
    ).toEqual(['high']);
  });

  it('are none where there are none', () => {
    expect(syscallElevations([], 'x')).toEqual([]);
  });

  it('of an unknown name are one as well', () => {
    expect(syscallElevations(calls('brand_new_call'), 'x')).toHaveLength(1);
  });
});

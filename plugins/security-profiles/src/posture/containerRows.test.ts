import {
  createConfinement,
  createContainer,
  createWorkload,
} from '../fixtures/builders';
import { containerRows, hasProblem } from './containerRows';

function underSeccomp(state: string, inForce = 'yes') {
  return {
    ...createContainer().confinement,
    seccomp: createConfinement({ state, inForce, value: state }),
  };
}

describe('containerRows', () => {
  it('puts clusters where a container looks the same into one row', () => {
    const rows = containerRows(
      [createWorkload(), createWorkload({ cluster: 'prod-us' })],
      'workload',
    );
    expect(rows.map(({ clusters }) => clusters)).toEqual([
      ['prod-eu', 'prod-us'],
    ]);
  });

  it('gives a cluster that differs a row of its own and marks it', () => {
    const rows = containerRows(
      [
        createWorkload(),
        createWorkload({ cluster: 'prod-us' }),
        createWorkload({
          cluster: 'staging',
          containers: [
            createContainer({
              level: 'exposed',
              confinement: underSeccomp('unconfined', 'no'),
            }),
          ],
        }),
      ],
      'workload',
    );
    expect(
      rows.map(({ clusters, differs }) => ({ clusters, differs })),
    ).toEqual([
      { clusters: ['staging'], differs: 'yes' },
      { clusters: ['prod-eu', 'prod-us'], differs: 'no' },
    ]);
  });

  it('keeps two workloads apart that have a container of the same name', () => {
    const rows = containerRows(
      [createWorkload({ name: 'stable' }), createWorkload({ name: 'canary' })],
      'workload',
    );
    expect(rows.map(({ workload }) => workload.name)).toEqual([
      'canary',
      'stable',
    ]);
  });

  it('gives every place a row when grouped by cluster', () => {
    const rows = containerRows(
      [createWorkload({ cluster: 'prod-us' }), createWorkload()],
      'cluster',
    );
    expect(rows.map(({ clusters }) => clusters)).toEqual([
      ['prod-eu'],
      ['prod-us'],
    ]);
  });

  it('sorts exposed before unknown before everything that holds', () => {
    const rows = containerRows(
      ['profiled', 'unknown', 'baseline', 'exposed', 'accepted'].map(level =>
        createWorkload({
          name: level,
          containers: [createContainer({ level })],
        }),
      ),
      'workload',
    );
    expect(rows.map(({ container }) => container.level)).toEqual([
      'exposed',
      'unknown',
      'accepted',
      'baseline',
      'profiled',
    ]);
  });
});

describe('hasProblem', () => {
  it.each([
    ['RuntimeDefault in force', underSeccomp('runtime-default'), false],
    ['seccomp unset', underSeccomp('unset', 'no'), true],
    ['seccomp unconfined', underSeccomp('unconfined', 'no'), true],
    ['a dangling profile', underSeccomp('dangling', 'will-not-start'), true],
    ['a profile of unknown effect', underSeccomp('profile', 'unknown'), true],
    ['facts missing', underSeccomp('unknown', 'unknown'), true],
  ])('of %s', (_case, confinement, expected) => {
    expect(hasProblem(createContainer({ confinement }))).toBe(expected);
  });

  it('holds for a critical elevation without an approved grant', () => {
    const elevations = [
      { id: 'privileged', field: 'f', value: 'true', risk: 'critical' },
    ];
    expect(hasProblem(createContainer({ elevations }))).toBe(true);
    expect(
      hasProblem(
        createContainer({
          elevations,
          grant: { digest: 'd', approval: 'approved' },
        }),
      ),
    ).toBe(false);
  });

  it('does not hold for AppArmor that nobody set, since the default of the runtime applies', () => {
    expect(hasProblem(createContainer())).toBe(false);
  });
});

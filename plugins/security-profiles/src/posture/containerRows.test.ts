import {
  createConfinement,
  createContainer,
  createWorkload,
} from '../fixtures/builders';
import { containerGroups, containerRows, hasProblem } from './containerRows';

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

describe('containerGroups', () => {
  const many = ['cart', 'billing'].map(name =>
    createWorkload({
      name,
      containers: Array.from({ length: 10 }, (_, index) =>
        createContainer({
          name: `worker-${index}`,
          level: name === 'cart' && index === 0 ? 'exposed' : 'baseline',
        }),
      ),
    }),
  );

  it('puts many rows below their workloads, the one with the worst row first', () => {
    expect(
      containerGroups(containerRows(many, 'workload'), 'workload').map(
        ({ id, rows }) => [id, rows.length],
      ),
    ).toEqual([
      ['shop/Deployment/cart', 10],
      ['shop/Deployment/billing', 10],
    ]);
  });

  it('needs no heading for a few rows, nor for as many workloads as rows', () => {
    const few = [createWorkload(), createWorkload({ name: 'billing' })];
    const thin = Array.from({ length: 20 }, (_, index) =>
      createWorkload({ name: `service-${index}` }),
    );
    for (const workloads of [few, thin]) {
      expect(
        containerGroups(containerRows(workloads, 'workload'), 'workload'),
      ).toMatchObject([{ id: '' }]);
    }
  });

  it('always names the clusters that somebody groups by', () => {
    const workloads = [
      createWorkload(),
      createWorkload({ cluster: 'prod-us' }),
    ];
    expect(
      containerGroups(containerRows(workloads, 'cluster'), 'cluster').map(
        ({ id }) => id,
      ),
    ).toEqual(['prod-eu', 'prod-us']);
  });

  it('makes one list of every place, worst first, when nothing is grouped', () => {
    const rows = containerRows(
      [
        ...many,
        createWorkload({
          cluster: 'prod-us',
          name: 'billing',
          containers: [createContainer({ level: 'exposed' })],
        }),
      ],
      'none',
    );
    expect(rows.slice(0, 3).map(({ container }) => container.level)).toEqual([
      'exposed',
      'exposed',
      'baseline',
    ]);
    expect(containerGroups(rows, 'none')).toHaveLength(1);
  });

  it('has no group without a row', () => {
    expect(containerGroups([], 'workload')).toEqual([]);
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

  it.each([
    [
      'is recorded',
      { recording: { name: 'r', mechanism: 'seccomp', recorder: 'logs' } },
    ],
    ['runs an older revision', { revision: { state: 'older' } }],
  ])('holds for a container that %s', (_, overrides) => {
    expect(hasProblem(createContainer(overrides))).toBe(true);
  });

  it('does not hold for AppArmor that nobody set, since the default of the runtime applies', () => {
    expect(hasProblem(createContainer())).toBe(false);
  });
});

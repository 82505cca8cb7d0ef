// Which part of the repository may import which. `npm test -- imports` checks it; docs/adr/ says why the parts exist.

const backend = 'plugins/security-profiles-backend/src';
const core = 'packages/analysis/src';

/**
 * The rooms of the backend plugin, in the order in which data passes through them, with what each may import of the
 * others. Every room may import the core, the wire types and the clock. plugin.ts, which builds everything, may import
 * all of them. `testing/` is left out: only tests use it.
 */
const rooms = {
  // Below all: what collection hands over to the inventory, how both name things, and JSON whose integers stay exact.
  facts: [],
  clusters: ['facts'],
  collect: ['clusters', 'facts', 'database'],
  inventory: ['facts', 'database'],
  catalog: ['facts', 'database'],
  dataplane: ['facts', 'database'],
  delivery: ['facts', 'database'],
  approvals: ['access', 'facts', 'paging', 'database'],
  // The record of what approvals/ has written: read, verified, signed.
  audit: ['access', 'paging', 'approvals', 'database'],
  posture: ['access', 'facts', 'paging', 'dataplane', 'database'],
  // Questions about many entities at once, over what posture/ has written.
  scorecards: ['access', 'paging', 'database'],
  assess: [
    'facts',
    'inventory',
    'catalog',
    'approvals',
    'dataplane',
    'delivery',
    // Where it writes the result.
    'posture',
    'settings',
    'database',
  ],
  // Services and read models, and never a store: see `routes-use-no-store`.
  http: [
    'access',
    'paging',
    'posture',
    'scorecards',
    'approvals',
    'audit',
    'dataplane',
    'delivery',
  ],
  actions: [
    'access',
    'paging',
    'posture',
    'scorecards',
    'approvals',
    'audit',
    'dataplane',
    'delivery',
  ],
  // Runs the demo's dated steps.
  story: ['clusters', 'collect', 'assess', 'approvals'],
  // Below the others: who may see what, as conditions for queries; pages of a list; config, checked; migrations and
  // helpers for stores; the time.
  access: ['database'],
  paging: ['access', 'facts'],
  settings: [],
  database: [],
  clock: [],
};

function roomRule([room, allowed]) {
  const open = [room, 'clock', ...allowed].join('|');
  return {
    name: `room-${room}`,
    comment: `${room}/ may import ${
      allowed.map(name => `${name}/`).join(', ') || 'no other room'
    }; the table is in .dependency-cruiser.cjs`,
    severity: 'error',
    from: { path: `^${backend}/${room}/` },
    to: { path: `^${backend}/`, pathNot: `^${backend}/(${open})/` },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(rooms).map(roomRule),
    {
      name: 'room-unknown',
      comment:
        'A folder of the backend that the table in .dependency-cruiser.cjs does not name: add a line for it there',
      severity: 'error',
      from: {},
      to: {
        path: `^${backend}/[^/]+/`,
        pathNot: `^${backend}/(${Object.keys(rooms).join('|')})/`,
      },
    },
    {
      name: 'routes-use-no-store',
      comment:
        'Routes and actions call services and read models; a store knows nothing of who asks',
      severity: 'error',
      from: { path: `^${backend}/(http|actions)/` },
      to: { path: `^${backend}/.*Store\\.ts$` },
    },
    {
      name: 'core-has-no-io',
      comment:
        'The core takes data and gives data: no files, no network, no clock, no modules of Node',
      severity: 'error',
      from: { path: `^${core}/` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-is-alone',
      comment:
        'The core imports nothing but its own files and the packages named here, which do no I/O',
      severity: 'error',
      from: { path: `^${core}/` },
      to: { pathNot: [`^${core}/`, '^node_modules/@noble/hashes/'] },
    },
    {
      name: 'frontend-without-backend',
      comment:
        'What runs in a browser gets types and clients from -common, never from a backend package',
      severity: 'error',
      from: {
        path: '^(packages/app|plugins/security-profiles|plugins/security-profiles-common)/src/',
      },
      to: { path: '^(packages/backend|plugins/[^/]*-backend[^/]*)/' },
    },
    {
      name: 'no-cycle-of-files',
      comment: 'Two files that need each other are one file, or three',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-cycle-of-folders',
      comment:
        'Two folders that need each other can be neither read nor changed apart',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere is checked by no rule',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // Without it imports of types alone would go unseen.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: {
      path: '(\\.(test|stories)\\.[jt]sx?$|/(dist|dist-types|testing|__fixtures__)/)',
    },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};

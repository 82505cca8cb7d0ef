import fc from 'fast-check';
import { PodLevelSpec } from '../confinement/podSecurity';
import { ClusterFacts, EntityFacts } from './entityFacts';
import {
  exampleCluster,
  exampleContainer,
  exampleFacts,
  exampleProfile,
  exampleSources,
  exampleWorkload,
} from './exampleFacts';
import { judgeEntity } from './judgeEntity';
import { Level, Source } from './posture';
import { defaultRuleset } from './ruleset';

const now = '2026-11-23T10:00:00Z';

/** Height on the ladder; unknown promises nothing, so it stands at the foot. */
const rung: Record<Level, number> = {
  exposed: 0,
  unknown: 0,
  accepted: 1,
  baseline: 2,
  profiled: 3,
};

/** State of a profile by node, where known. */
type States = Record<string, string>;

const levelOf = (facts: EntityFacts) =>
  judgeEntity(facts, defaultRuleset, now).level;

/** Mostly nothing, so that one odd setting at a time decides. */
function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof(
    { weight: 9, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary },
  );
}

const file = (...names: string[]) =>
  fc.record({
    type: fc.constant('Localhost'),
    localhostProfile: fc.constantFrom(...names),
  });

const seccompProfile = fc.oneof(
  { weight: 6, arbitrary: file('operator/strict.json') },
  { weight: 2, arbitrary: file('operator/lax.json') },
  { weight: 2, arbitrary: file('operator/gone.json', 'elsewhere.json') },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom('RuntimeDefault', 'RuntimeDefault', 'Unconfined'),
    }),
  },
  { weight: 1, arbitrary: fc.constant(undefined) },
);

const container = fc
  .record({
    name: fc.constantFrom('api', 'proxy', 'job'),
    seccompProfile,
    appArmorProfile: rarely(file('web', 'gone')),
    privileged: rarely(fc.constant(true)),
    add: rarely(fc.subarray(['NET_ADMIN', 'BPF', 'CHOWN', 'ALL'])),
    pod: rarely(
      fc.record<PodLevelSpec>(
        {
          os: fc.constantFrom('linux', 'windows'),
          hostPID: fc.boolean(),
          runtimeClassName: fc.constantFrom('gvisor', 'runc'),
          hostPaths: fc.constant([{ name: 'v', path: '/proc' }]),
        },
        { requiredKeys: [] },
      ),
    ),
    nodes: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.nat(3)),
    origin: fc.constantFrom('declared' as const, 'injected' as const),
    basis: fc.constantFrom('live' as const, 'template' as const),
  })
  .map(({ name, pod, add, nodes, origin, basis, ...securityContext }) =>
    exampleContainer({
      name,
      pod,
      securityContext: { ...securityContext, capabilities: { add } },
      facts: { nodes, origin, basis },
    }),
  );

const states = fc.record(
  {
    a: fc.constantFrom('Installed', 'Installed', 'Installed', 'Pending'),
    b: fc.constantFrom('Installed', 'Installed', 'Disabled'),
  },
  { requiredKeys: [] },
);

const cluster: fc.Arbitrary<ClusterFacts> = fc
  .record({ strict: states, lax: states, web: states })
  .map((one: Record<'strict' | 'lax' | 'web', States>) => one)
  .map(({ strict, lax, web }) =>
    exampleCluster({
      profiles: [
        { profile: exampleProfile('strict'), nodeStates: strict },
        {
          profile: exampleProfile('lax', {
            spec: { defaultAction: 'SCMP_ACT_LOG' },
          }),
          nodeStates: lax,
        },
        {
          profile: exampleProfile('web', { kind: 'AppArmorProfile', spec: {} }),
          nodeStates: web,
        },
      ],
    }),
  );

const facts = fc
  .record({ cluster, containers: fc.array(container, { maxLength: 3 }) })
  .map(({ cluster: one, containers }) =>
    exampleFacts({
      clusters: [one],
      workloads: [exampleWorkload({ containers })],
    }),
  );

function withCluster(
  one: EntityFacts,
  change: Partial<ClusterFacts>,
): EntityFacts {
  return { ...one, clusters: [{ ...one.clusters[0], ...change }] };
}

const lost = (reason: string): Partial<Source> => ({
  state: reason,
  lastFresh: undefined,
});

/** Ways to know less of one and the same cluster. */
const losses: Record<string, (one: EntityFacts) => EntityFacts> = {
  'its profiles': one =>
    withCluster(one, {
      profiles: [],
      sources: exampleSources('eu', {
        seccompprofiles: lost('forbidden'),
        apparmorprofiles: lost('forbidden'),
        selinuxprofiles: lost('forbidden'),
        rawselinuxprofiles: lost('forbidden'),
      }),
    }),
  'its node states': one =>
    withCluster(one, {
      profiles: one.clusters[0].profiles.map(({ profile }) => ({
        profile,
        nodeStates: {},
      })),
      sources: exampleSources('eu', {
        securityprofilenodestatuses: lost('failed'),
      }),
    }),
  'its nodes': one =>
    withCluster(one, {
      nodes: [],
      operatorNodes: [],
      sources: exampleSources('eu', { nodes: lost('forbidden') }),
    }),
  'all its sources': one => withCluster(one, { profiles: [], sources: [] }),
};

describe('the level of any entity', () => {
  it('never rises with an unconfined container', () => {
    const unconfined = exampleContainer({
      name: 'debug',
      securityContext: { seccompProfile: { type: 'Unconfined' } },
    });
    fc.assert(
      fc.property(facts, one => {
        const [workload] = one.workloads;
        expect(
          levelOf({
            ...one,
            workloads: [
              { ...workload, containers: [...workload.containers, unconfined] },
            ],
          }),
        ).toBe('exposed');
      }),
    );
  });

  it('never rises with any further container', () => {
    fc.assert(
      fc.property(facts, container, (one, more) => {
        const [workload] = one.workloads;
        const before = levelOf(one);
        fc.pre(before !== 'unknown');
        const after = levelOf({
          ...one,
          workloads: [
            { ...workload, containers: [...workload.containers, more] },
          ],
        });
        expect(rung[after]).toBeLessThanOrEqual(rung[before]);
      }),
    );
  });

  it.each(Object.entries(losses))(
    'never rises when %s can not be read',
    (_, lose) => {
      fc.assert(
        fc.property(facts, one => {
          expect(rung[levelOf(lose(one))]).toBeLessThanOrEqual(
            rung[levelOf(one)],
          );
        }),
        { numRuns: 300 },
      );
    },
  );
});

describe('the score of any entity', () => {
  it('is 100 less its parts, between 0 and 100, and null only when the level is unknown', () => {
    fc.assert(
      fc.property(facts, one => {
        const { score, scoreParts, level } = judgeEntity(
          one,
          defaultRuleset,
          now,
        );
        const points = scoreParts.reduce((sum, part) => sum + part.points, 0);
        expect(score).toBe(
          level === 'unknown' ? null : Math.max(0, 100 - points),
        );
      }),
    );
  });
});

describe('judging', () => {
  it('never throws, whatever the cluster holds', () => {
    const odd = fc.anything({ withBigInt: true });
    const name = fc.string();
    fc.assert(
      fc.property(
        fc.record({
          spec: odd,
          name,
          kind: fc.constantFrom(
            'SeccompProfile' as const,
            'SelinuxProfile' as const,
            'RawSelinuxProfile' as const,
            'AppArmorProfile' as const,
          ),
          annotation: fc.option(name, { nil: undefined }),
          pathPrefix: fc.oneof(name, fc.constant('spec')),
          image: name,
          type: name,
          localhostProfile: fc.option(name, { nil: undefined }),
          labels: fc.dictionary(name, name),
          state: name,
          version: name,
          prototype: fc.constantFrom('__proto__', 'constructor', 'toString'),
        }),
        one => {
          const profile = exampleProfile(one.name, {
            kind: one.kind,
            spec: one.spec,
            syscallsAnnotation: one.annotation,
          });
          const sameName = exampleProfile(one.prototype, { spec: one.spec });
          const setting = {
            type: one.type,
            localhostProfile: one.localhostProfile,
          };
          const named = {
            type: 'Localhost',
            localhostProfile: `operator/${one.name}.json`,
          };
          const entity = exampleFacts({
            clusters: [
              exampleCluster({
                runtimeHandlers: {},
                profiles: [profile, sameName].map(each => ({
                  profile: each,
                  nodeStates: { [one.name]: one.state },
                })),
                sources: exampleSources('eu', { pods: { state: one.state } }),
                cilium: {
                  versions: [{ version: one.version, nodes: 1 }],
                  nodesWithout: 0,
                  line: { name: one.version, state: one.state },
                  patchesBehind: null,
                },
              }),
            ],
            workloads: [
              exampleWorkload({
                pathPrefix: one.pathPrefix,
                labels: one.labels,
                containers: [
                  exampleContainer({
                    name: one.name,
                    image: one.image,
                    pod: {
                      annotations: one.labels,
                      runtimeClassName: one.prototype,
                      hostPaths: [{ name: 'v', path: one.name }],
                    },
                    securityContext: {
                      seccompProfile: setting,
                      appArmorProfile: setting,
                      seLinuxOptions: { type: one.name },
                      capabilities: { add: [one.prototype, one.name] },
                    },
                  }),
                  exampleContainer({
                    name: one.prototype,
                    securityContext: {
                      seccompProfile: named,
                      appArmorProfile: {
                        type: 'Localhost',
                        localhostProfile: one.name,
                      },
                    },
                  }),
                ],
              }),
              exampleWorkload({ id: 'lost', clusterId: 'no such cluster' }),
            ],
          });
          const posture = judgeEntity(entity, defaultRuleset, now);
          expect(posture.workloads).toHaveLength(1);
          expect(() => JSON.stringify(posture)).not.toThrow();
        },
      ),
    );
  });

  it('gives the same answer for the same facts', () => {
    fc.assert(
      fc.property(facts, one => {
        expect(judgeEntity(one, defaultRuleset, now)).toEqual(
          judgeEntity(one, defaultRuleset, now),
        );
      }),
      { numRuns: 20 },
    );
  });
});

import {
  exampleCluster,
  exampleContainer,
  exampleFacts,
  exampleSources,
  exampleWorkload,
} from './exampleFacts';
import { findingCatalogue } from './findings/catalogue';
import { judgeEntity } from './judgeEntity';
import { ContainerFacts, WorkloadFacts } from './entityFacts';
import { Posture } from './posture';
import { defaultRuleset, FindingRule, nextStart, rulesetOf } from './ruleset';

const now = '2026-11-23T10:00:00Z';
const privileged = exampleContainer({ securityContext: { privileged: true } });

function judgeUnder(
  rule: Partial<FindingRule>,
  options: {
    id?: string;
    at?: string;
    containers?: ContainerFacts[];
    workload?: Partial<WorkloadFacts>;
    type?: string;
  } = {},
): Posture {
  const id = options.id ?? 'workload-privileged';
  const ruleset = rulesetOf({
    targets: [],
    findings: {
      ...defaultRuleset.findings,
      [id]: { ...defaultRuleset.findings[id], ...rule },
    },
  });
  const facts = exampleFacts({
    workloads: [
      exampleWorkload({
        containers: options.containers ?? [privileged],
        ...options.workload,
      }),
    ],
  });
  return judgeEntity(
    {
      ...facts,
      entity: { ...facts.entity, ...(options.type && { type: options.type }) },
    },
    ruleset,
    options.at ?? now,
  );
}

function ofPrivileged(posture: Posture) {
  return {
    finding: posture.findings.find(({ id }) => id === 'workload-privileged'),
    part: posture.scoreParts.find(
      ({ findingId }) => findingId === 'workload-privileged',
    ),
  };
}

describe('every finding of the catalogue', () => {
  it.each(findingCatalogue.map(one => [one.id, one] as const))(
    '%s says what it means, why it weighs what it does and what it rests on',
    (_, one) => {
      for (const text of [one.title, one.meaning, one.decidedBy, one.fix]) {
        expect(text).toMatch(/^[A-Z].{10,}/);
      }
      expect(one.weight.because).toMatch(/^[^A-Z].*[^.]$/);
      expect(one.weight.points).toBeGreaterThanOrEqual(0);
      expect(one.sources.length).toBeGreaterThan(0);
    },
  );

  it('has an id of its own', () => {
    const ids = findingCatalogue.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('never weighs more than one that is more severe by two steps', () => {
    const points = (severity: string) =>
      findingCatalogue
        .filter(one => one.severity === severity)
        .map(({ weight }) => weight.points);
    expect(Math.max(...points('medium'))).toBeLessThan(
      Math.min(...points('critical')),
    );
  });
});

describe('a finding that begins to count later', () => {
  const from = '2027-01-31';

  it('is shown with its date, and takes nothing', () => {
    const posture = judgeUnder({ from });
    const { finding, part } = ofPrivileged(posture);
    expect(finding).toMatchObject({
      status: 'fail',
      counts: { from: '2027-01-31T00:00:00.000Z' },
    });
    expect(part).toEqual({
      findingId: 'workload-privileged',
      status: 'fail',
      points: 0,
      because:
        'Takes nothing yet: it counts from 31 January 2027, and then takes 40 of 100.',
    });
    expect(posture.counts).toMatchObject({ fail: 0, scheduled: 1 });
  });

  it('counts from the millisecond on', () => {
    const before = ofPrivileged(
      judgeUnder({ from }, { at: '2027-01-30T23:59:59.999Z' }),
    );
    const after = ofPrivileged(
      judgeUnder({ from }, { at: '2027-01-31T00:00:00.000Z' }),
    );
    expect([before.part?.points, after.part?.points]).toEqual([0, 40]);
    expect(after.finding?.counts).toBe('now');
  });

  it('says the time of day where it is one', () => {
    expect(
      ofPrivileged(judgeUnder({ from: '2027-01-31T12:30:00Z' })).part?.because,
    ).toContain('it counts from 2027-01-31 12:30 UTC');
  });

  it('comes after what counts in the next steps', () => {
    const steps = judgeUnder(
      { from },
      {
        containers: [
          exampleContainer({
            securityContext: {
              privileged: true,
              seLinuxOptions: { type: 'spc_t' },
            },
          }),
        ],
      },
    ).nextSteps.map(({ findingId }) => findingId);
    expect(steps).toEqual(['mechanism-unconfined', 'workload-privileged']);
  });

  it('is a time to judge again at, as long as it is enabled and to come', () => {
    const at = (rules: Partial<FindingRule>[]) =>
      nextStart(
        rulesetOf({
          targets: [],
          findings: Object.fromEntries(
            rules.map((rule, index) => [
              `f${index}`,
              { enabled: true, severity: 'low' as const, weight: 1, ...rule },
            ]),
          ),
        }),
        now,
      );
    expect(
      at([
        { from: '2027-02-01' },
        { from },
        { from: '2026-12-01', enabled: false },
        { from: '2026-01-01' },
        {},
      ]),
    ).toBe('2027-01-31T00:00:00.000Z');
    expect(at([{}])).toBeUndefined();
  });
});

describe('an exception of config for a class', () => {
  const tetragon = {
    workload: { labels: { 'app.kubernetes.io/name': 'tetragon' } },
  };

  it('leaves workloads of that class out and says so', () => {
    const posture = judgeUnder(
      { exceptClasses: ['ebpf-collector'] },
      { ...tetragon },
    );
    expect(ofPrivileged(posture)).toEqual({
      finding: expect.objectContaining({
        status: 'not-applicable',
        reason: 'Config excepts workloads of class ebpf-collector.',
        evidence: [],
      }),
      part: undefined,
    });
    expect(posture.level).toBe('exposed');
  });

  it('leaves all others in', () => {
    const { finding } = ofPrivileged(
      judgeUnder({ exceptClasses: ['mesh'] }, { ...tetragon }),
    );
    expect(finding?.status).toBe('fail');
  });

  it('is not for what only the entity says of itself', () => {
    const { finding } = ofPrivileged(
      judgeUnder({ exceptClasses: ['mesh'] }, { type: 'mesh' }),
    );
    expect(finding?.status).toBe('fail');
  });

  it('is not for a guess', () => {
    const { finding } = ofPrivileged(
      judgeUnder(
        { exceptClasses: ['ai-agent'] },
        {
          containers: [
            exampleContainer({
              image: 'example.org/codex:1',
              securityContext: { privileged: true },
            }),
          ],
        },
      ),
    );
    expect(finding?.status).toBe('fail');
  });
});

describe('a part of the score', () => {
  it('says how much it takes and why', () => {
    expect(ofPrivileged(judgeUnder({})).part?.because).toBe(
      'Takes 40 of 100: a privileged container is the node.',
    );
  });

  it('says where config changed its weight', () => {
    expect(ofPrivileged(judgeUnder({ weight: 10 })).part).toMatchObject({
      points: 10,
      because:
        'Takes 10 of 100, as config says: a privileged container is the node.',
    });
    expect(ofPrivileged(judgeUnder({ weight: 0 })).part).toMatchObject({
      points: 0,
      because: 'Takes nothing: config gives it no weight.',
    });
  });

  it('takes nothing for what the platform injects', () => {
    const injected = {
      ...privileged,
      origin: 'injected' as const,
    };
    expect(
      ofPrivileged(
        judgeUnder({}, { containers: [exampleContainer(), injected] }),
      ).part,
    ).toMatchObject({
      points: 0,
      because: 'Takes nothing: the platform injects these containers.',
    });
  });

  it('never passes what is unknown: it says what that may take, and the lowest score counts it', () => {
    const posture = judgeEntity(
      exampleFacts({
        clusters: [
          exampleCluster({
            cilium: null,
            ciliumInstalled: 'unknown',
            ciliumReason: 'pods in kube-system are forbidden',
            sources: exampleSources('eu'),
          }),
        ],
      }),
      defaultRuleset,
      now,
    );
    const unknown = posture.scoreParts.filter(
      ({ status }) => status === 'unknown',
    );
    expect(unknown.length).toBeGreaterThan(0);
    const atMost = unknown.reduce((sum, part) => sum + (part.atMost ?? 0), 0);
    expect(unknown.every(({ points }) => points === 0)).toBe(true);
    expect(unknown[0].because).toMatch(
      /^Not known, so not passed: it may take up to \d+ of 100\.$/,
    );
    expect(posture.lowestScore).toBe(Number(posture.score) - atMost);
    expect(atMost).toBeGreaterThan(0);
  });

  it('leaves the lowest score at the score where all is known', () => {
    const { score, lowestScore } = judgeUnder({});
    expect(lowestScore).toBe(score);
  });
});

import { defaultRuleset } from '@security-profiles/analysis';
import { createRuleset } from './createRuleset';

describe('The ruleset', () => {
  it('asks the targets of config before its own', () => {
    const target = { tag: 'pci', level: 'profiled' } as const;
    expect(
      createRuleset({ targets: [target], findings: {}, classes: [] }).targets,
    ).toEqual([target, ...defaultRuleset.targets]);
  });

  it('changes of a finding only what config says', () => {
    const [[id, rule]] = Object.entries(defaultRuleset.findings);
    const { findings } = createRuleset({
      targets: [],
      classes: [],
      findings: { [id]: { weight: 99 } },
    });
    expect(findings).toEqual({
      ...defaultRuleset.findings,
      [id]: { ...rule, weight: 99 },
    });
  });

  it('is named by what it holds: any change to a target or a finding is another id', () => {
    const changes = [
      { targets: [], findings: {}, classes: [] },
      {
        targets: [],
        findings: {},
        classes: [{ class: 'mesh' as const, namespace: 'istio-system' }],
      },
      {
        targets: [{ tag: 'pci', level: 'profiled' as const }],
        findings: {},
        classes: [],
      },
      ...[
        { enabled: false },
        { severity: 'low' as const },
        { weight: 1 },
        { from: '2027-01-31' },
        { exceptClasses: ['mesh' as const] },
      ].map(change => ({
        targets: [],
        classes: [],
        findings: { 'seccomp-foreign': change },
      })),
    ];
    const ids = changes.map(change => createRuleset(change).id);
    expect(new Set(ids).size).toBe(changes.length);
    expect(ids[0]).toBe(defaultRuleset.id);
    expect(createRuleset(changes[2]).id).toBe(ids[2]);
  });
});

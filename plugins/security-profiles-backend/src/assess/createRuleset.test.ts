import { defaultRuleset } from '@security-profiles/analysis';
import { createRuleset } from './createRuleset';

describe('The ruleset', () => {
  it('asks the targets of config before its own', () => {
    const target = { tag: 'pci', level: 'profiled' } as const;
    expect(createRuleset({ targets: [target], findings: {} }).targets).toEqual([
      target,
      ...defaultRuleset.targets,
    ]);
  });

  it('changes of a finding only what config says', () => {
    const [[id, rule]] = Object.entries(defaultRuleset.findings);
    const { findings } = createRuleset({
      targets: [],
      findings: { [id]: { weight: 99 } },
    });
    expect(findings).toEqual({
      ...defaultRuleset.findings,
      [id]: { ...rule, weight: 99 },
    });
  });
});

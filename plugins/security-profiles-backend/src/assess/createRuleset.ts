import {
  defaultRuleset,
  rulesetOf,
  type Ruleset,
} from '@security-profiles/analysis';
import type { Settings } from '../settings/readSettings';

/** The ruleset that judges: the default one with what config changes. Config's targets come first. */
export function createRuleset(
  settings: Pick<Settings, 'targets' | 'findings' | 'classes'>,
): Ruleset {
  return rulesetOf({
    targets: [...settings.targets, ...defaultRuleset.targets],
    findings: mergeFindings(settings.findings),
    classes: settings.classes,
  });
}

function mergeFindings(changes: Settings['findings']): Ruleset['findings'] {
  const merged: Ruleset['findings'] = { ...defaultRuleset.findings };
  for (const [id, change] of Object.entries(changes)) {
    merged[id] = { ...merged[id], ...change };
  }
  return merged;
}

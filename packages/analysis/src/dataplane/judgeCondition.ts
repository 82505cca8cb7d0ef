import { AdvisoryCondition } from './ciliumAdvisory';
import { SettingReader } from './ciliumSettings';

/** What of a cluster a condition is judged by. */
export interface ConditionFacts {
  setting: SettingReader;
  /** `not-live`: agents still run that started before the settings changed. */
  settings: 'live' | 'not-live' | 'unread';
  /** Parts of Cilium that are deployed; undefined where that is not known. */
  components?: readonly string[];
}

/** A setting that decided, with its value. @public */
export interface DecidingSetting {
  key: string;
  value: string;
}

/** Whether a condition holds in a cluster. */
export interface ConditionVerdict {
  state: 'holds' | 'fails' | 'unseen' | 'unknown';
  /** For `fails` what is missing, for `unseen` what has to be looked at, for `unknown` why. */
  because: string[];
  decidedBy: DecidingSetting[];
}

/** Judges one condition: what settings can't tell is `unseen`, and it is never taken for absent. */
export function judgeCondition(
  condition: AdvisoryCondition,
  facts: ConditionFacts,
): ConditionVerdict {
  if ('object' in condition) {
    return { state: 'unseen', because: [condition.object], decidedBy: [] };
  }
  if ('component' in condition) {
    return judgeComponent(condition.component, facts);
  }
  if ('setting' in condition) {
    return judgeSetting(condition, facts);
  }
  const parts = ('all' in condition ? condition.all : condition.any).map(part =>
    judgeCondition(part, facts),
  );
  return 'all' in condition ? joinAll(parts) : joinAny(parts);
}

function judgeComponent(
  component: string,
  { components }: ConditionFacts,
): ConditionVerdict {
  if (!components) {
    return {
      state: 'unknown',
      because: [`whether ${component} is deployed is not known`],
      decidedBy: [],
    };
  }
  return components.includes(component)
    ? { state: 'holds', because: [`${component} is deployed`], decidedBy: [] }
    : {
        state: 'fails',
        because: [`${component} is not deployed`],
        decidedBy: [],
      };
}

function judgeSetting(
  condition: Extract<AdvisoryCondition, { setting: string }>,
  { setting, settings }: ConditionFacts,
): ConditionVerdict {
  const key = condition.setting;
  if (settings === 'unread') {
    return {
      state: 'unknown',
      because: [`${key} can't be read`],
      decidedBy: [],
    };
  }
  const value = setting(key);
  if (value === undefined) {
    return {
      state: 'unseen',
      because: [`${key} is ${wanted(condition)}`],
      decidedBy: [],
    };
  }
  const decidedBy = [{ key, value }];
  const holds =
    'is' in condition ? value === condition.is : value !== condition.isNot;
  if (holds) {
    return { state: 'holds', because: [`${key} = ${value}`], decidedBy };
  }
  return settings === 'not-live'
    ? {
        state: 'unknown',
        because: [
          `${key} = ${value}, and agents still run that started before the settings changed`,
        ],
        decidedBy,
      }
    : { state: 'fails', because: [`${key} = ${value || '""'}`], decidedBy };
}

function wanted(condition: { is: string } | { isNot: string }): string {
  return 'is' in condition ? condition.is : `not ${condition.isNot}`;
}

/** Every part has to hold: one that fails decides. */
function joinAll(parts: ConditionVerdict[]): ConditionVerdict {
  const failed = parts.filter(({ state }) => state === 'fails');
  if (failed.length > 0) {
    return join('fails', failed);
  }
  const state = (['unknown', 'unseen'] as const).find(one =>
    parts.some(part => part.state === one),
  );
  if (!state) {
    return join('holds', parts);
  }
  return {
    state,
    because: parts
      .filter(part => part.state === state)
      .flatMap(part => part.because),
    decidedBy: parts.flatMap(({ decidedBy }) => decidedBy),
  };
}

/** One part is enough; all of them have to fail for the whole to. */
function joinAny(parts: ConditionVerdict[]): ConditionVerdict {
  for (const state of ['holds', 'unknown', 'unseen'] as const) {
    const found = parts.filter(part => part.state === state);
    if (found.length > 0) {
      return state === 'unseen'
        ? {
            state,
            because: [found.flatMap(part => part.because).join(' or ')],
            decidedBy: parts.flatMap(({ decidedBy }) => decidedBy),
          }
        : join(state, found);
    }
  }
  return join('fails', parts);
}

function join(
  state: ConditionVerdict['state'],
  parts: ConditionVerdict[],
): ConditionVerdict {
  return {
    state,
    because: parts.flatMap(({ because }) => because),
    decidedBy: parts.flatMap(({ decidedBy }) => decidedBy),
  };
}

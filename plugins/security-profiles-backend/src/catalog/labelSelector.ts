/** One requirement of a label selector. */
export type LabelRequirement =
  | { key: string; operator: 'in' | 'notin'; values: string[] }
  | { key: string; operator: 'exists' | 'absent' };

const key = '[A-Za-z0-9][-A-Za-z0-9_./]*';
const value = '[-A-Za-z0-9_.]*';
const setRequirement = new RegExp(`^(${key})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const equalityRequirement = new RegExp(`^(${key})\\s*(==|=|!=)\\s*(${value})$`);
const existsRequirement = new RegExp(`^(!?)\\s*(${key})$`);

/**
 * Parses a label selector in Kubernetes' text form (equality- and set-based, comma separated).
 *
 * @throws Error with a message for people when a part can't be read
 */
export function parseLabelSelector(text: string): LabelRequirement[] {
  // A comma inside parentheses separates values, not requirements.
  const parts = text.split(/,(?![^(]*\))/).map(part => part.trim());
  return parts
    .filter(part => part !== '')
    .map(part => {
      const set = part.match(setRequirement);
      if (set) {
        return {
          key: set[1],
          operator: set[2] as 'in' | 'notin',
          values: set[3].split(',').map(entry => entry.trim()),
        };
      }
      const equality = part.match(equalityRequirement);
      if (equality) {
        return {
          key: equality[1],
          operator: equality[2] === '!=' ? 'notin' : 'in',
          values: [equality[3]],
        };
      }
      const exists = part.match(existsRequirement);
      if (exists) {
        return {
          key: exists[2],
          operator: exists[1] === '!' ? 'absent' : 'exists',
        };
      }
      throw new Error(`"${part}" is no requirement of a label selector`);
    });
}

/** Whether one set of labels meets every requirement. An empty selector meets nothing: it would select everything. */
export function labelsMatch(
  requirements: readonly LabelRequirement[],
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    requirements.length > 0 &&
    requirements.every(requirement => {
      const present = Object.prototype.hasOwnProperty.call(
        labels,
        requirement.key,
      );
      switch (requirement.operator) {
        case 'in':
          return (
            present && requirement.values.includes(labels[requirement.key])
          );
        case 'notin':
          return !(
            present && requirement.values.includes(labels[requirement.key])
          );
        case 'exists':
          return present;
        default:
          return !present;
      }
    })
  );
}

/** A label with exactly one value that everything selected must have: what an index can look up. */
export function selectorAnchor(
  requirements: readonly LabelRequirement[],
): { key: string; value: string } | undefined {
  for (const requirement of requirements) {
    if (requirement.operator === 'in' && requirement.values.length === 1) {
      return { key: requirement.key, value: requirement.values[0] };
    }
  }
  return undefined;
}

import type { ProfileNode } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { NodePattern } from '../components/NodeGrid';
import type { Texts } from '../texts/useTexts';

const PATTERNS: Record<string, NodePattern> = {
  error: 'cross',
  missing: 'hatch',
  pending: 'lines',
  'in-progress': 'lines',
  terminating: 'lines',
  partial: 'lines',
  installed: 'solid',
  disabled: 'empty',
  'no-operator': 'empty',
};

/** How a state is drawn; one that this version does not know looks like what is not finished. */
export function patternOf(state: string): NodePattern {
  return PATTERNS[state] ?? 'lines';
}

/** A state in words; that of the operator where it has one of its own. */
export function nodeStateText(
  texts: Texts,
  node: Pick<ProfileNode, 'state' | 'reported'>,
): string {
  return node.state === 'other' && node.reported
    ? node.reported
    : texts.maybe(`profilePage.nodeState.${node.state}`) ?? node.state;
}

/** All that there is to say about a node, as "node-c: missing, 2 pods name this profile". */
export function nodeText(texts: Texts, node: ProfileNode): string {
  return [
    `${node.name}: ${nodeStateText(texts, node)}`,
    node.ready === 'no' ? texts.t('profilePage.nodeNotReady') : undefined,
    node.pods > 0
      ? texts.t('profilePage.nodePods', { count: node.pods })
      : undefined,
  ]
    .filter(Boolean)
    .join(', ');
}

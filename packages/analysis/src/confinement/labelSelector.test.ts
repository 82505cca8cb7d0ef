import { LabelSelector, matchesSelector } from './labelSelector';

const labels = { app: 'cart', tier: 'web', constructorless: '' };

describe('a label selector', () => {
  it.each<[string, LabelSelector | undefined, boolean]>([
    ['none', undefined, true],
    ['an empty one', {}, true],
    ['all labels', { matchLabels: { app: 'cart', tier: 'web' } }, true],
    ['one wrong value', { matchLabels: { app: 'cart', tier: 'db' } }, false],
    ['In', expression('app', 'In', ['cart', 'pay']), true],
    ['In without the label', expression('zone', 'In', ['']), false],
    ['NotIn', expression('app', 'NotIn', ['pay']), true],
    ['NotIn without the label', expression('zone', 'NotIn', ['a']), true],
    ['NotIn with the value', expression('app', 'NotIn', ['cart']), false],
    [
      'Exists with an empty value',
      expression('constructorless', 'Exists'),
      true,
    ],
    ['Exists of an inherited name', expression('toString', 'Exists'), false],
    ['DoesNotExist', expression('zone', 'DoesNotExist'), true],
    ['an operator of tomorrow', expression('app', 'Near', ['cart']), false],
  ])('with %s', (_, selector, expected) => {
    expect(matchesSelector(labels, selector)).toBe(expected);
  });
});

function expression(
  key: string,
  operator: string,
  values?: string[],
): LabelSelector {
  return { matchExpressions: [{ key, operator, ...(values && { values }) }] };
}

import {
  labelsMatch,
  parseLabelSelector,
  selectorAnchor,
} from './labelSelector';

const matches = (selector: string, labels: Record<string, string>) =>
  labelsMatch(parseLabelSelector(selector), labels);

describe('A label selector', () => {
  it.each<[selector: string, yes: object, no: object]>([
    ['app=cart', { app: 'cart' }, { app: 'other' }],
    ['app==cart', { app: 'cart' }, {}],
    ['app = cart', { app: 'cart' }, { app: '' }],
    ['app!=cart', { app: 'other' }, { app: 'cart' }],
    ['app!=cart', {}, { app: 'cart' }],
    ['app in (a, b)', { app: 'b' }, { app: 'c' }],
    ['app notin (a,b)', { app: 'c' }, { app: 'a' }],
    ['app', { app: '' }, { other: 'x' }],
    ['!app', { other: 'x' }, { app: '' }],
    ['app=cart,tier', { app: 'cart', tier: 'x' }, { app: 'cart' }],
    ['app in (a,b),tier=x', { app: 'a', tier: 'x' }, { app: 'a', tier: 'y' }],
    ['example.com/app_x.y=1', { 'example.com/app_x.y': '1' }, {}],
  ])('%s is met by %j and not by %j', (selector, yes, no) => {
    expect(matches(selector, yes as Record<string, string>)).toBe(true);
    expect(matches(selector, no as Record<string, string>)).toBe(false);
  });

  it('that is empty selects nothing', () => {
    expect(matches('', { app: 'cart' })).toBe(false);
    expect(matches(' , ', {})).toBe(false);
  });

  it('is not met by what every object inherits', () => {
    expect(matches('constructor', {})).toBe(false);
    expect(matches('toString', {})).toBe(false);
  });

  it.each(['app=a=b', 'app in a', 'app in (a', '=x', 'a b', 'app>1', '(', '!'])(
    'that can’t be read is refused: %s',
    selector => {
      expect(() => parseLabelSelector(selector)).toThrow(
        /is no requirement of a label selector/,
      );
    },
  );

  it.each<[selector: string, anchor: object | undefined]>([
    ['app=cart', { key: 'app', value: 'cart' }],
    ['tier,app in (cart)', { key: 'app', value: 'cart' }],
    ['app in (a,b)', undefined],
    ['app!=cart', undefined],
    ['!app', undefined],
  ])('%s is looked up by %j', (selector, anchor) => {
    expect(selectorAnchor(parseLabelSelector(selector))).toEqual(anchor);
  });
});

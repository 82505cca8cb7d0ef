import { readFileSync } from 'node:fs';

// The rules of the design: what text of a state stands on, and what it needs (WCAG 2.2, 1.4.3: 4.5 to 1).
const css = readFileSync(
  require
    .resolve('@backstage/ui/package.json')
    .replace('package.json', 'dist/css/styles.css'),
  'utf8',
);

type Theme = 'light' | 'dark';

function tokensOf(theme: Theme): Map<string, string> {
  const tokens = new Map<string, string>();
  for (const [, selector, body] of css.matchAll(
    /([^{}]+)\{([^{}]*--bui-[^{}]*)\}/g,
  )) {
    const isDark = selector.includes("data-theme-mode='dark'");
    const isBase = selector.includes(':root') || selector.includes("'light'");
    if (theme === 'dark' ? isDark || isBase : isBase && !isDark) {
      for (const [, name, value] of body.matchAll(
        /(--bui-[\w-]+):\s*([^;]+)/g,
      )) {
        tokens.set(name, value.trim());
      }
    }
  }
  return tokens;
}

function colourOf(tokens: Map<string, string>, name: string): string {
  const value = tokens.get(name);
  const reference = /^var\((--bui-[\w-]+)\)$/.exec(value ?? '')?.[1];
  if (reference) {
    return colourOf(tokens, reference);
  }
  if (!value || !/^#[0-9a-f]{6}$/i.test(value)) {
    throw new Error(`${name} is ${value}, not a hex colour`);
  }
  return value;
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map(start => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045
      ? channel / 12.92
      : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const TEXT_PAIRS = [
  ...['negative', 'warning', 'announcement', 'positive'].map(tone => [
    `--bui-${tone}-fg-subdued`,
    `--bui-${tone}-bg-subdued`,
  ]),
  ['--bui-negative-fg', '--bui-negative-bg'],
  ['--bui-positive-fg', '--bui-positive-bg'],
  ['--bui-fg-primary', '--bui-bg-app'],
  ['--bui-fg-primary', '--bui-bg-neutral-1'],
  ['--bui-fg-primary', '--bui-bg-neutral-2'],
];

describe.each<Theme>(['light', 'dark'])('colours of the %s theme', theme => {
  const tokens = tokensOf(theme);

  it.each(TEXT_PAIRS)('text in %s is readable on %s', (text, ground) => {
    expect(
      contrast(colourOf(tokens, text), colourOf(tokens, ground)),
    ).toBeGreaterThanOrEqual(4.5);
  });

  it('borders that carry meaning stand out from what they lie on', () => {
    expect(
      contrast(
        colourOf(tokens, '--bui-border-2'),
        colourOf(tokens, '--bui-bg-neutral-1'),
      ),
    ).toBeGreaterThanOrEqual(3);
  });
});

describe('the contrast test', () => {
  it('sees two different themes', () => {
    expect(colourOf(tokensOf('light'), '--bui-bg-app')).not.toEqual(
      colourOf(tokensOf('dark'), '--bui-bg-app'),
    );
  });
});

/** A variable that stands for digits. */
const digits = new Set(['@{pid}', '@{pids}', '@{tid}', '@{uid}']);

/**
 * Whether every path that one AppArmor pattern matches is matched by another.
 *
 * @remarks
 * Yes is certain; no may mean that it can't be told. `*` and `?` stop at a slash and `**` does not; after a slash both
 * need at least one character, so `/a/**` doesn't match `/a/`. Classes, alternatives and variables are only compared as
 * text. Source: apparmor.d(5), "Globbing".
 */
export function patternCovers(whole: string, part: string): boolean {
  return whole === part || coversTokens(tokens(whole), tokens(part));
}

/** Whether some path may be matched by both patterns; yes where it can't be told. */
export function patternsMayMeet(a: string, b: string): boolean {
  const one = literalStart(a);
  const other = literalStart(b);
  return one.complete === 'yes' && other.complete === 'yes'
    ? one.text === other.text
    : startsAlike(one, other);
}

function startsAlike(
  one: { text: string; complete: string },
  other: { text: string; complete: string },
): boolean {
  const [short, long] =
    one.text.length <= other.text.length ? [one, other] : [other, one];
  return (
    long.text.startsWith(short.text) &&
    // A pattern without wildcards matches only itself.
    (short.complete === 'no' || short.text === long.text)
  );
}

/** Tries every way to lay one pattern over the other, each position once. */
function coversTokens(whole: string[], part: string[]): boolean {
  // reached[n]: the tokens of `whole` so far cover the first n tokens of `part`.
  let reached = [true, ...part.map(() => false)];
  whole.forEach((token, at) => {
    const mayBeEmpty = isWildcard(token) && whole[at - 1] !== '/';
    const next: boolean[] = [mayBeEmpty && reached[0]];
    part.forEach((own, partAt) => {
      next[partAt + 1] = isWildcard(token)
        ? (mayBeEmpty && reached[partAt + 1]) ||
          (absorbs(token, own) && (reached[partAt] || next[partAt]))
        : matchesOne(token, own) && reached[partAt];
    });
    reached = next;
  });
  return reached[part.length];
}

function isWildcard(token: string): boolean {
  return token === '*' || token === '**';
}

function matchesOne(token: string, own: string): boolean {
  return token === '?' ? own === '?' || isPlain(own) : token === own;
}

/** Whether a wildcard matches whatever one token of another pattern stands for. */
function absorbs(wildcard: string, token: string): boolean {
  return (
    wildcard === '**' ||
    (token !== '**' &&
      token !== '/' &&
      (!token.startsWith('@{') || digits.has(token)) &&
      !token.startsWith('[') &&
      !token.startsWith('{'))
  );
}

function isPlain(token: string): boolean {
  return token.length === 1 && token !== '/' && token !== '*';
}

/** Characters, wildcards, and variables, classes and alternatives as one each. */
function tokens(pattern: string): string[] {
  return (
    pattern.match(/\*\*|\*|\?|@\{[^}]*\}|\[[^\]]*\]|\{[^}]*\}|\\.|[^]/g) ?? []
  );
}

function literalStart(pattern: string): { text: string; complete: string } {
  const parts = tokens(pattern);
  const end = parts.findIndex(part => part.length > 1 || '*?'.includes(part));
  return end === -1
    ? { text: pattern, complete: 'yes' }
    : { text: parts.slice(0, end).join(''), complete: 'no' };
}

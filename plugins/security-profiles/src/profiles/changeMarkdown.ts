import type { RevisionComparison } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Texts } from '../texts/useTexts';
import { changeLines, signOf, type ChangeLine } from './changeLines';

/** Text of somebody else in Markdown: as code, which nothing in it can end. */
function code(text: string): string {
  const longest = Math.max(
    0,
    ...[...text.matchAll(/`+/g)].map(([run]) => run.length),
  );
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${text.replace(/[\r\n]+/g, ' ')}${pad}${fence}`;
}

function lineText(texts: Texts, line: ChangeLine): string {
  const { t } = texts;
  const transition = t('change.transition', {
    before: line.before ?? t('change.nothing'),
    after: line.after ?? t('change.nothing'),
  });
  const source =
    line.broughtBy === undefined
      ? t('change.ownRule')
      : t('change.fromBase', { base: code(line.broughtBy) });
  const risk = line.risk === 'none' ? '' : `**${line.risk}** `;
  return `- ${signOf(line.direction)} ${risk}${line.subjects
    .map(code)
    .join(', ')}: ${transition} (${source})`;
}

/** A comparison as Markdown, for a pull request. */
export function changeMarkdown(
  texts: Texts,
  comparison: RevisionComparison,
  names: { from: string; to: string },
): string {
  const { wider, changed, narrower } = changeLines(comparison);
  const word =
    texts.maybe(`change.class.${comparison.class}`) ?? comparison.class;
  return [
    `**${word}** ${texts.t('change.compared', names)}`,
    '',
    ...[...wider, ...changed, ...narrower].map(line => lineText(texts, line)),
    '',
  ].join('\n');
}

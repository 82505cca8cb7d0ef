import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { Alert, Button } from '@backstage/ui';
import type { RevisionComparison } from '@security-profiles/backstage-plugin-security-profiles-common';
import { Chip, type Tone } from '../components/Chip';
import { SeverityMark } from '../components/FindingMark';
import lists from '../components/Lists.module.css';
import { useCopy } from '../components/useCopy';
import { useTexts, type Texts } from '../texts/useTexts';
import { changeLines, signOf, type ChangeLine } from './changeLines';
import { changeMarkdown } from './changeMarkdown';
import { Fold } from './Fold';
import styles from './Profile.module.css';

/** Up to this many wider lines, nothing is folded. */
const SHOWN_WIDER = 12;
/** Of more, this many stay unfolded: the riskiest, as the server ranks them. */
const SHOWN_OF_MANY = 8;
const SHOWN_NAMES = 4;
/** Nobody reviews more than this one by one. */
const TOO_MANY = 500;

const CLASS_TONES: Record<string, Tone> = {
  identical: 'neutral',
  cosmetic: 'neutral',
  narrower: 'positive',
  wider: 'negative',
  'mode-relaxed': 'negative',
  incomparable: 'warning',
};

/** Props of {@link ChangeClassMark}. */
export interface ChangeClassMarkProps {
  /** A class of the wire; one that this version does not know is printed as it is. */
  changeClass: string;
}

/** What one revision is against another, in one word. */
export function ChangeClassMark(props: ChangeClassMarkProps) {
  const { changeClass } = props;
  const { maybe } = useTexts();
  return (
    <Chip
      tone={CLASS_TONES[changeClass] ?? 'neutral'}
      border={CLASS_TONES[changeClass] ? 'solid' : 'dashed'}
    >
      {maybe(`change.class.${changeClass}`) ?? changeClass}
    </Chip>
  );
}

/** A risk group in words. */
export function groupText(texts: Texts, group: string): string {
  return texts.maybe(`change.group.${group}`) ?? group.replace(/[-_]/g, ' ');
}

interface SubjectsProps {
  subjects: readonly string[];
}

function Subjects(props: SubjectsProps) {
  return (
    <>
      {props.subjects.map(subject => (
        <code key={subject} className={lists.code} translate="no">
          {subject}
        </code>
      ))}
    </>
  );
}

interface LineProps {
  line: ChangeLine;
}

function Line(props: LineProps) {
  const { line } = props;
  const texts = useTexts();
  const { t } = texts;
  const { subjects, group, before, after, broughtBy, because } = line;
  const rest = subjects.slice(SHOWN_NAMES);
  return (
    <li className={styles.line}>
      <span className={styles.sign} aria-hidden>
        {signOf(line.direction)}
      </span>
      <div className={styles.lineBody}>
        <div className={lists.row}>
          {group ? (
            <span className={lists.strong}>{groupText(texts, group)}</span>
          ) : null}
          {line.risk === 'none' ? null : <SeverityMark severity={line.risk} />}
          <Subjects subjects={subjects.slice(0, SHOWN_NAMES)} />
        </div>
        {rest.length > 0 ? (
          <Fold summary={t('change.moreNames', { count: rest.length })}>
            <div className={lists.row}>
              <Subjects subjects={rest} />
            </div>
          </Fold>
        ) : null}
        <div>
          {t('change.transition', {
            before: before ?? t('change.nothing'),
            after: after ?? t('change.nothing'),
          })}{' '}
          <span className={lists.small}>
            {broughtBy === undefined
              ? t('change.ownRule')
              : t('change.fromBase', { base: broughtBy })}
          </span>
        </div>
        {because.map(reason => (
          <div key={reason} className={lists.small}>
            {reason}
          </div>
        ))}
      </div>
    </li>
  );
}

interface LinesProps {
  lines: readonly ChangeLine[];
}

function Lines(props: LinesProps) {
  return (
    <ul className={lists.plain}>
      {props.lines.map(line => (
        <Line key={line.id} line={line} />
      ))}
    </ul>
  );
}

/** Props of {@link ChangeView}. */
export interface ChangeViewProps {
  comparison: RevisionComparison;
  /** How the two revisions are called, as "b40f1c77" and "7c1e09d2". */
  names: { from: string; to: string };
}

/** What changed between two revisions: the verdict, what is wider by risk, and the rest behind its number. */
export function ChangeView(props: ChangeViewProps) {
  const { comparison, names } = props;
  const texts = useTexts();
  const { t } = texts;
  const { wider, changed, narrower } = changeLines(comparison);
  const { totals, truncated, because } = comparison;
  const markdown = useCopy(changeMarkdown(texts, comparison, names));
  const isMany = wider.length > SHOWN_WIDER;
  const first = isMany ? wider.slice(0, SHOWN_OF_MANY) : wider;
  const folded = wider.slice(first.length);
  const left =
    totals.wider + totals.changed + totals.narrower - comparison.lines.length;
  const counts = [
    totals.wider > 0
      ? t('change.widerCount', { count: totals.wider })
      : undefined,
    totals.changed > 0
      ? t('change.changedCount', { count: totals.changed })
      : undefined,
    totals.narrower > 0
      ? t('change.narrowerCount', { count: totals.narrower })
      : undefined,
  ].filter(Boolean);
  return (
    <div className={styles.group}>
      <div className={lists.row}>
        <ChangeClassMark changeClass={comparison.class} />
        <span className={lists.strong}>{counts.join(', ')}</span>
        <span>{t('change.compared', names)}</span>
      </div>
      <p className={lists.text}>
        {texts.maybe(`change.meaning.${comparison.class}`)}
        {because ? ` ${because}` : null}
      </p>
      {totals.wider > TOO_MANY ? (
        <Alert
          status="warning"
          icon
          title={t('change.tooMany', { count: totals.wider })}
        />
      ) : null}
      <Lines lines={first} />
      {folded.length > 0 ? (
        <Fold
          look="wide"
          summary={t('change.moreWider', { count: folded.length })}
        >
          <Lines lines={folded} />
        </Fold>
      ) : null}
      {changed.length > 0 ? (
        <>
          <h4 className={styles.subtitle}>{t('change.changed')}</h4>
          <Lines lines={changed} />
        </>
      ) : null}
      {narrower.length > 0 ? (
        <Fold summary={t('change.showNarrower', { count: totals.narrower })}>
          <Lines lines={narrower} />
        </Fold>
      ) : null}
      {truncated && left > 0 ? (
        <p className={lists.text}>{t('change.left', { count: left })}</p>
      ) : null}
      {comparison.lines.length > 0 ? (
        <>
          <Fold
            summary={t('change.everyLine', {
              count: comparison.lines.length,
            })}
          >
            <ul className={lists.plain}>
              {comparison.lines.map((line, index) => (
                <li key={index}>
                  <code className={lists.code} translate="no">
                    {signOf(line.direction)} {line.subject}
                  </code>{' '}
                  {t('change.transition', {
                    before: line.before ?? t('change.nothing'),
                    after: line.after ?? t('change.nothing'),
                  })}
                </li>
              ))}
            </ul>
          </Fold>
          <div className={lists.row}>
            <Button
              variant="secondary"
              iconStart={
                markdown.outcome === 'copied' ? (
                  <RiCheckLine aria-hidden />
                ) : (
                  <RiFileCopyLine aria-hidden />
                )
              }
              onPress={markdown.copy}
            >
              {markdown.outcome === 'copied'
                ? t('patch.copied')
                : t('change.copyMarkdown')}
            </Button>
            {markdown.outcome === 'failed' ? (
              <span>{t('patch.copyFailed')}</span>
            ) : null}
          </div>
        </>
      ) : null}
    </div>
  );
}

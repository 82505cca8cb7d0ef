import type { ScorecardCounts } from '@security-profiles/backstage-plugin-security-profiles-common';
import { Link, VisuallyHidden } from '@backstage/ui';
import { useTexts } from '../texts/useTexts';
import styles from './LevelBar.module.css';

/** Worst first, as the bar is read. */
export const LEVELS = [
  'exposed',
  'accepted',
  'baseline',
  'profiled',
  'unknown',
] as const;

/** Props of {@link LevelBar}. */
export interface LevelBarProps {
  levels: ScorecardCounts['levels'];
  /** `s`: for tables, without a legend. */
  size: 's' | 'm';
  /** The entities of a level; without it the numbers are no links. */
  hrefOf?: (level: string) => string;
}

/** How many entities are at each level: a bar whose patterns and words say the same as its colours. */
export function LevelBar(props: LevelBarProps) {
  const { levels, size, hrefOf } = props;
  const { t } = useTexts();
  const parts = LEVELS.filter(level => levels[level] > 0);
  const words = (level: (typeof LEVELS)[number]) =>
    t('scorecards.levelCount', {
      count: levels[level],
      level: t(`level.${level}`),
    });
  return (
    <>
      <div
        className={size === 's' ? `${styles.bar} ${styles.small}` : styles.bar}
        aria-hidden
      >
        {parts.map(level => (
          <span
            key={level}
            className={`${styles.part} ${styles[level]}`}
            style={{ flexGrow: levels[level] }}
          />
        ))}
      </div>
      {size === 's' ? (
        <VisuallyHidden>{parts.map(words).join(', ')}</VisuallyHidden>
      ) : (
        <ul className={styles.legend}>
          {LEVELS.map(level => (
            <li key={level}>
              <span aria-hidden className={`${styles.key} ${styles[level]}`} />
              {hrefOf && levels[level] > 0 ? (
                <Link href={hrefOf(level)}>{words(level)}</Link>
              ) : (
                words(level)
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

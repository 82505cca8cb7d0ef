import type { ReactNode } from 'react';
import { Alert } from '@backstage/ui';
import type { Review } from '@security-profiles/backstage-plugin-security-profiles-common';
import { Chip } from '../components/Chip';
import lists from '../components/Lists.module.css';
import patchStyles from '../components/PatchBlock.module.css';
import { Section } from '../components/Section';
import { Terms } from '../components/Term';
import { plainAction } from '../profiles/plainAction';
import { formatList } from '../texts/formatTime';
import { useTexts, type Texts } from '../texts/useTexts';
import styles from './Review.module.css';
import { letsThrough, ruleGroups, type RuleEntry } from './ruleGroups';

/** More names than a reader takes in at once are folded, with their number. */
const SHOWN_NAMES = 60;

function actionText(texts: Texts, action: string): string {
  const plain = plainAction(action);
  return texts.maybe(`review.rules.action.${plain}`) ?? plain;
}

interface NamesProps {
  entries: readonly RuleEntry[];
  /** Says what is folded away, and how much. */
  more(count: number): string;
  look: 'plain' | 'beyond';
}

function Entry(props: { entry: RuleEntry; look: 'plain' | 'beyond' }) {
  const { entry, look } = props;
  const { t } = useTexts();
  const name = (
    <code className={lists.code} translate="no">
      {entry.name}
    </code>
  );
  return (
    <li>
      {look === 'beyond' ? <Chip tone="warning">{name}</Chip> : name}
      {entry.conditions.map(condition => (
        <span key={condition} className={lists.small}>
          {' '}
          {t('review.rules.onlyIf', { condition })}
        </span>
      ))}
    </li>
  );
}

function Names(props: NamesProps) {
  const { entries, more, look } = props;
  const shown = entries.slice(0, SHOWN_NAMES);
  const folded = entries.slice(SHOWN_NAMES);
  return (
    <>
      <ul className={styles.names}>
        {shown.map(entry => (
          <Entry key={entry.name} entry={entry} look={look} />
        ))}
      </ul>
      {folded.length > 0 ? (
        // Stays in the document, so that the browser's search finds and opens it.
        <details className={styles.more}>
          <summary>{more(folded.length)}</summary>
          <ul className={styles.names}>
            {folded.map(entry => (
              <Entry key={entry.name} entry={entry} look={look} />
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

interface GroupProps {
  title: string;
  children: ReactNode;
}

function Group(props: GroupProps) {
  return (
    <div className={styles.group}>
      <h4 className={styles.subtitle}>{props.title}</h4>
      {props.children}
    </div>
  );
}

/** Props of {@link RulesSection}. */
export interface RulesSectionProps {
  allows: Review['allows'];
}

/** What the content allows: what is unusual first, and nothing hidden without its number. */
export function RulesSection(props: RulesSectionProps) {
  const { allows } = props;
  const texts = useTexts();
  const { t, maybe } = texts;
  if (!allows) {
    return (
      <Section headingLevel={3} anchor="rules" title={t('review.rules.title')}>
        <p className={lists.text}>{t('review.rules.gone')}</p>
      </Section>
    );
  }
  const { beyond, groups } = ruleGroups(allows);
  const { defaultAction, text, total, bases } = allows;
  const hasRules = beyond.length > 0 || groups.length > 0;
  return (
    <Section headingLevel={3} anchor="rules" title={t('review.rules.title')}>
      {text === undefined ? (
        <Terms terms={['default action', 'beyond RuntimeDefault']} />
      ) : null}
      {defaultAction && letsThrough(defaultAction) ? (
        <Alert
          status="warning"
          icon
          title={t('review.rules.allowsByDefault')}
        />
      ) : null}
      <dl className={lists.facts}>
        <dt>{t('review.rules.mode')}</dt>
        <dd>{maybe(`profiles.modeValue.${allows.mode}`) ?? allows.mode}</dd>
        {defaultAction ? (
          <>
            <dt>{t('review.rules.default')}</dt>
            <dd>
              {actionText(texts, defaultAction)}{' '}
              <code className={lists.code} translate="no">
                {defaultAction}
              </code>
            </dd>
          </>
        ) : null}
        <dt>{t('review.rules.bases')}</dt>
        <dd dir="auto" translate={bases.length > 0 ? 'no' : undefined}>
          {bases.length > 0 ? formatList(bases) : t('review.rules.noBases')}
        </dd>
      </dl>
      {typeof total === 'number' ? (
        <p className={lists.text}>
          {t('review.rules.total', { count: total })}
        </p>
      ) : null}
      {beyond.length > 0 ? (
        <Group title={t('review.rules.beyond', { count: beyond.length })}>
          <Names
            entries={beyond}
            look="beyond"
            more={count => t('review.rules.moreBeyond', { count })}
          />
        </Group>
      ) : null}
      {beyond.length === 0 && allows.beyondRuntimeDefault && hasRules ? (
        <p className={lists.text}>{t('review.rules.beyondNone')}</p>
      ) : null}
      {groups.map(({ action, entries }) => (
        <Group
          key={action}
          title={t('review.rules.within', {
            action: actionText(texts, action),
            count: entries.length,
          })}
        >
          <Names
            entries={entries}
            look="plain"
            more={count =>
              t('review.rules.more', {
                count,
                action: actionText(texts, action),
              })
            }
          />
        </Group>
      ))}
      {text === undefined ? null : (
        <>
          <p className={lists.text}>{t('review.rules.textNote')}</p>
          <pre
            className={patchStyles.code}
            translate="no"
            role="region"
            aria-label={t('review.rules.text')}
            // Long lines scroll, and what scrolls must be reachable by keyboard.
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
          >
            {text}
          </pre>
        </>
      )}
      {!hasRules && text === undefined ? (
        <p className={lists.text}>{t('review.rules.empty')}</p>
      ) : null}
    </Section>
  );
}

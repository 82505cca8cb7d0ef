import { Fragment } from 'react';
import { useTexts } from '../texts/useTexts';
import { Explain } from './Explain';
import lists from './Lists.module.css';

/** Props of {@link Term}. */
export interface TermProps {
  /** A key of the glossary. */
  term: string;
  /** What is printed. Default: the term. */
  children?: string;
}

/** A word of the trade that explains itself when pressed. */
export function Term(props: TermProps) {
  const { term, children = term } = props;
  const { t, maybe } = useTexts();
  const meaning = maybe(`glossary.${term}`);
  if (!meaning) {
    return <>{children}</>;
  }
  return (
    <Explain
      look="term"
      label={t('term.label', { term: children })}
      title={term}
      content={meaning}
    >
      {children}
    </Explain>
  );
}

/** Props of {@link Terms}. */
export interface TermsProps {
  /** Keys of the glossary. */
  terms: readonly string[];
}

/** The words of the trade that a section uses, each with its meaning. */
export function Terms(props: TermsProps) {
  const { t } = useTexts();
  return (
    <p className={lists.text}>
      {t('term.words')}{' '}
      {props.terms.map((term, index) => (
        <Fragment key={term}>
          {index > 0 ? ', ' : null}
          <Term term={term} />
        </Fragment>
      ))}
    </p>
  );
}

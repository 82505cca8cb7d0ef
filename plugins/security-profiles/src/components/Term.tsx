import { useTexts } from '../texts/useTexts';
import { Explain } from './Explain';

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

import type { ReactNode } from 'react';
import styles from './Profile.module.css';

/** Props of {@link Fold}. */
export interface FoldProps {
  /** What is folded, and how much of it. */
  summary: string;
  look?: 'plain' | 'wide';
  children: ReactNode;
}

/** Something that most readers don't open; it stays in the document, so that the browser's search finds and opens it. */
export function Fold(props: FoldProps) {
  const { summary, look = 'plain', children } = props;
  return (
    <details
      className={
        look === 'wide' ? `${styles.fold} ${styles.wideFold}` : styles.fold
      }
    >
      <summary>{summary}</summary>
      {children}
    </details>
  );
}

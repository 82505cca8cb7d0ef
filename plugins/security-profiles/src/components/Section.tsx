import { useId, type ReactNode } from 'react';
import { Box } from '@backstage/ui';
import styles from './Section.module.css';

/** Props of {@link Section}. */
export interface SectionProps {
  title: ReactNode;
  /** 2 right below the page's own heading, 3 below a section's. */
  headingLevel: 2 | 3;
  /** Target of links inside the page. */
  anchor?: string;
  /** Filters and buttons beside the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A named part of a screen. */
export function Section(props: SectionProps) {
  const id = useId();
  const Heading = props.headingLevel === 2 ? 'h2' : 'h3';
  return (
    <Box
      as="section"
      bg="neutral"
      aria-labelledby={id}
      id={props.anchor}
      className={styles.section}
    >
      <div className={styles.head}>
        <Heading id={id} className={styles.title}>
          {props.title}
        </Heading>
        {props.actions ? (
          <div className={styles.actions}>{props.actions}</div>
        ) : null}
      </div>
      {props.children}
    </Box>
  );
}

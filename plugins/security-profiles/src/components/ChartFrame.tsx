import { useEffect, useId, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { RiTable2 } from '@remixicon/react';
import { Link, ToggleButton } from '@backstage/ui';
import { useTexts } from '../texts/useTexts';
import styles from './ChartFrame.module.css';
import lists from './Lists.module.css';

function csvCell(value: string): string {
  // A cell that begins like a formula is run by spreadsheets.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Rows as CSV (RFC 4180). */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map(row => row.map(csvCell).join(',')).join('\r\n');
}

/** Whether the page is being printed right now: paper can't be pressed, it gets the picture and the table. */
function useIsPrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    // The browser prints what stands there when the event is over.
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return isPrinting;
}

/** Props of {@link ChartFrame}. */
export interface ChartFrameProps {
  title: string;
  /** 3 right below the page's own heading, 4 below a section's. */
  headingLevel: 3 | 4;
  /** What the picture shows, as one sentence. */
  caption: string;
  /** The same numbers as the picture's; the first row names the columns. */
  csv: readonly (readonly string[])[];
  fileName: string;
  table: ReactNode;
  children: ReactNode;
}

/** A picture with the sentence that it proves, and a table that says the same. */
export function ChartFrame(props: ChartFrameProps) {
  const { title, caption, csv, fileName, table, children } = props;
  const { t } = useTexts();
  const id = useId();
  const Heading = props.headingLevel === 3 ? 'h3' : 'h4';
  const [isTable, setTable] = useState(false);
  const isPrinting = useIsPrinting();
  return (
    <figure className={styles.frame} aria-labelledby={id}>
      <div className={styles.head}>
        <Heading id={id} className={styles.title}>
          {title}
        </Heading>
        <div className={lists.row}>
          <ToggleButton
            size="small"
            isSelected={isTable}
            onChange={setTable}
            iconStart={<RiTable2 aria-hidden />}
          >
            {t('chart.asTable')}
          </ToggleButton>
          <Link
            href={`data:text/csv;charset=utf-8,${encodeURIComponent(
              toCsv(csv),
            )}`}
            download={fileName}
          >
            {t('chart.csv')}
          </Link>
        </div>
      </div>
      <figcaption className={lists.text}>{caption}</figcaption>
      {isTable && !isPrinting ? null : children}
      {isTable || isPrinting ? table : null}
    </figure>
  );
}

import { useRef, useState, type KeyboardEvent } from 'react';
import { useBreakpoint } from '@backstage/ui';
import { useTexts } from '../texts/useTexts';
import lists from './Lists.module.css';
import styles from './NodeGrid.module.css';

const COLUMNS_WIDE = 32;
const COLUMNS_NARROW = 20;
/** Up to this many, names are easier to read than squares. */
const NAMES_UP_TO = 12;

/** The ways in which a square is filled, apart from colour. */
export type NodePattern = 'solid' | 'hatch' | 'lines' | 'cross' | 'empty';

/** One node of the grid. */
export interface NodeGridItem {
  id: string;
  /** All that there is to say, as "node-c: missing, runs 2 pods under it". */
  text: string;
  pattern: NodePattern;
  /** Nodes that matter to the reader are outlined. */
  outline: 'yes' | 'no';
}

const PATTERN_CLASS: Record<NodePattern, string> = {
  solid: styles.solid,
  hatch: styles.hatch,
  lines: styles.lines,
  cross: styles.cross,
  empty: styles.empty,
};

/** Props of {@link NodeSquare}. */
export interface NodeSquareProps {
  pattern: NodePattern;
}

/** One square, for the grid and for its legend; decoration, words stand beside it. */
export function NodeSquare(props: NodeSquareProps) {
  const { pattern } = props;
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 14 14"
      aria-hidden
      className={PATTERN_CLASS[pattern]}
    >
      <rect
        x="0.75"
        y="0.75"
        width="12.5"
        height="12.5"
        strokeWidth="1.5"
        stroke="currentColor"
        fill={pattern === 'solid' ? 'currentColor' : 'none'}
      />
      {pattern === 'hatch' ? (
        <path
          d="M1 7 7 1M1 13 13 1M7 13 13 7"
          stroke="currentColor"
          strokeWidth="1.5"
        />
      ) : null}
      {pattern === 'lines' ? (
        <path
          d="M1 4.5H13M1 7.5H13M1 10.5H13"
          stroke="currentColor"
          strokeWidth="1.2"
        />
      ) : null}
      {pattern === 'cross' ? (
        <path d="M2 2 12 12M12 2 2 12" stroke="currentColor" strokeWidth="2" />
      ) : null}
    </svg>
  );
}

/** Where an arrow leads; undefined where the key is not for the grid. */
function moved(
  event: KeyboardEvent,
  index: number,
  columns: number,
  total: number,
): number | undefined {
  const column = index % columns;
  const isFar = event.ctrlKey || event.metaKey;
  switch (event.key) {
    case 'ArrowRight':
      return Math.min(index + 1, total - 1);
    case 'ArrowLeft':
      return Math.max(index - 1, 0);
    case 'ArrowDown':
      return index + columns < total ? index + columns : index;
    case 'ArrowUp':
      return index >= columns ? index - columns : index;
    case 'Home':
      return isFar ? 0 : index - column;
    case 'End':
      return isFar
        ? total - 1
        : Math.min(index - column + columns - 1, total - 1);
    default:
      return undefined;
  }
}

/** Props of {@link NodeGrid}. */
export interface NodeGridProps {
  label: string;
  items: readonly NodeGridItem[];
}

/** Every node as one square, up to some hundreds; a dozen of them by name. */
export function NodeGrid(props: NodeGridProps) {
  const { label, items } = props;
  const { t } = useTexts();
  const { up } = useBreakpoint();
  const [asked, setCurrent] = useState(0);
  const cells = useRef<(HTMLElement | null)[]>([]);
  if (items.length <= NAMES_UP_TO) {
    return (
      <ul className={styles.names} aria-label={label}>
        {items.map(({ id, text, pattern, outline }) => (
          <li
            key={id}
            className={outline === 'yes' ? styles.outlined : undefined}
          >
            <NodeSquare pattern={pattern} />{' '}
            <span dir="auto" className={lists.text}>
              {text}
            </span>
          </li>
        ))}
      </ul>
    );
  }
  const columns = up('sm') ? COLUMNS_WIDE : COLUMNS_NARROW;
  const current = Math.min(asked, items.length - 1);
  const rows = Array.from(
    { length: Math.ceil(items.length / columns) },
    (_, row) => items.slice(row * columns, (row + 1) * columns),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moved(event, current, columns, items.length);
    if (next !== undefined) {
      event.preventDefault();
      setCurrent(next);
      cells.current[next]?.focus();
    }
  };
  return (
    <div className={styles.box}>
      {/* The focus is on the cells, never on the grid. */}
      {/* eslint-disable-next-line jsx-a11y/interactive-supports-focus */}
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length}
        aria-colcount={columns}
        className={styles.grid}
        onKeyDown={onKeyDown}
      >
        {rows.map((row, rowIndex) => (
          <div key={row[0].id} role="row" className={styles.row}>
            {row.map(({ id, text, pattern, outline }, column) => {
              const index = rowIndex * columns + column;
              return (
                <span
                  key={id}
                  ref={element => {
                    cells.current[index] = element;
                  }}
                  role="gridcell"
                  aria-label={text}
                  aria-selected={index === current}
                  tabIndex={index === current ? 0 : -1}
                  className={
                    outline === 'yes'
                      ? `${styles.cell} ${styles.outlined}`
                      : styles.cell
                  }
                  onFocus={() => setCurrent(index)}
                  onMouseEnter={() => setCurrent(index)}
                >
                  <NodeSquare pattern={pattern} />
                </span>
              );
            })}
          </div>
        ))}
      </div>
      <p className={styles.label} aria-live="polite" dir="auto">
        {items[current]?.text}
      </p>
      <p className={lists.small}>{t('nodeGrid.keys')}</p>
    </div>
  );
}

import { Fragment, type ReactElement, type ReactNode } from 'react';
import {
  Table,
  useBreakpoint,
  type ColumnConfig,
  type TableProps,
} from '@backstage/ui';
import lists from './Lists.module.css';

/** Props of {@link ResponsiveTable}. */
export interface ResponsiveTableProps<T extends { id: string | number }> {
  columns: ColumnConfig<T>[];
  rows: T[];
  emptyState?: ReactNode;
  /** What `useTable` gives; replaces `rows` on wide screens. */
  table?: Omit<TableProps<T>, 'columnConfig'>;
}

/** A cell's element, which outside of a table shows its content alone. */
function contentOf(cell: ReactElement<{ children?: ReactNode }>): ReactNode {
  return cell.props.children;
}

/** A table that becomes one card per row on narrow screens. */
export function ResponsiveTable<T extends { id: string | number }>(
  props: ResponsiveTableProps<T>,
) {
  const { columns, rows, emptyState } = props;
  const { up } = useBreakpoint();
  if (up('sm')) {
    return (
      <Table
        columnConfig={columns}
        data={rows}
        pagination={{ type: 'none' }}
        emptyState={emptyState}
        {...props.table}
      />
    );
  }
  const visible = columns.filter(column => !column.isHidden);
  const [header, ...others] = visible;
  return (
    <ul className={lists.cards}>
      {rows.length === 0 && emptyState ? <li>{emptyState}</li> : null}
      {rows.map(row => (
        <li key={row.id} className={lists.card}>
          <div className={lists.strong} dir="auto">
            {contentOf(header.cell(row))}
          </div>
          <dl className={lists.facts}>
            {others.map(column => (
              <Fragment key={column.id}>
                <dt>{column.label}</dt>
                <dd dir="auto">{contentOf(column.cell(row))}</dd>
              </Fragment>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

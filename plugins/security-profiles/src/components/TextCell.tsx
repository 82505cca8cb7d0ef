import { Cell } from '@backstage/ui';
import lists from './Lists.module.css';

/** Props of {@link TextCell}. */
export interface TextCellProps {
  children: string;
}

/** A cell of plain text that wraps; the one of the library cuts text off and greys its second line below AA. */
export function TextCell(props: TextCellProps) {
  return (
    <Cell>
      <span className={lists.text} dir="auto">
        {props.children}
      </span>
    </Cell>
  );
}

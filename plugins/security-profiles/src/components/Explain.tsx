import type { ReactNode } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogHeader,
  DialogTrigger,
  Popover,
  useBreakpoint,
} from '@backstage/ui';
import styles from './Explain.module.css';

/** Props of {@link Explain}. */
export interface ExplainProps {
  /** What the trigger shows. */
  children: ReactNode;
  /** What a screen reader hears for the trigger. Default: its content. */
  label?: string;
  title: string;
  content: ReactNode;
  /** Default: `plain`, underlined text. `bare` is for triggers that look like something already, as a chip does. */
  look?: 'plain' | 'bare' | 'term';
  /** Given both, the caller holds the state, in the address for example. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

/** A button that opens an explanation: beside itself on wide screens, as a dialog on narrow ones. */
export function Explain(props: ExplainProps) {
  const { children, label, title, content, look = 'plain' } = props;
  const { up } = useBreakpoint();
  const className = [
    styles.trigger,
    look === 'bare' ? styles.bare : undefined,
    look === 'plain' ? styles.plain : undefined,
    look === 'term' ? styles.term : undefined,
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <DialogTrigger isOpen={props.isOpen} onOpenChange={props.onOpenChange}>
      <Button variant="tertiary" className={className} aria-label={label}>
        {children}
      </Button>
      {up('sm') ? (
        <Popover aria-label={title}>
          <div
            role="group"
            aria-label={title}
            // A long explanation scrolls: focusable, so that the keyboard can scroll it too.
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
            className={
              look === 'term' ? `${styles.body} ${styles.narrow}` : styles.body
            }
          >
            <p className={styles.title}>{title}</p>
            {content}
          </div>
        </Popover>
      ) : (
        <Dialog width="min(28rem, calc(100vw - 2rem))">
          <DialogHeader>{title}</DialogHeader>
          <DialogBody>
            <div className={styles.body}>{content}</div>
          </DialogBody>
        </Dialog>
      )}
    </DialogTrigger>
  );
}

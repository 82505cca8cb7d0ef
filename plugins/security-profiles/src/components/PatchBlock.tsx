import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { Button } from '@backstage/ui';
import { useTexts } from '../texts/useTexts';
import styles from './PatchBlock.module.css';
import { useCopy } from './useCopy';

/** Props of {@link CopyButton}. */
export interface CopyButtonProps {
  /** What goes to the clipboard. */
  text: string;
  /** What the patch is for, for screen readers. */
  purpose: string;
  /** What the button says. Default: "Copy patch". */
  label?: string;
}

/** Copies a patch and says so. */
export function CopyButton(props: CopyButtonProps) {
  const { text, purpose } = props;
  const { t } = useTexts();
  const { outcome, copy } = useCopy(text);
  const label = props.label ?? t('patch.copy');
  return (
    <>
      <Button
        variant="secondary"
        iconStart={
          outcome === 'copied' ? (
            <RiCheckLine aria-hidden />
          ) : (
            <RiFileCopyLine aria-hidden />
          )
        }
        aria-label={`${
          outcome === 'copied' ? t('patch.copied') : label
        }: ${purpose}`}
        onPress={copy}
      >
        {outcome === 'copied' ? t('patch.copied') : label}
      </Button>
      {outcome === 'failed' ? <span>{t('patch.copyFailed')}</span> : null}
    </>
  );
}

/** Props of {@link PatchBlock}. */
export interface PatchBlockProps {
  patch: { format: string; body: string };
  purpose: string;
  /** What the button says. Default: "Copy patch". */
  copyLabel?: string;
}

/** A change to make, as text with a button to copy it. */
export function PatchBlock(props: PatchBlockProps) {
  const { patch, purpose } = props;
  const { t } = useTexts();
  return (
    <div className={styles.block}>
      <pre
        className={styles.code}
        translate="no"
        // Long lines scroll, and what scrolls must be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="region"
        aria-label={t('patch.label', { step: purpose })}
      >
        {patch.body}
      </pre>
      <CopyButton text={patch.body} purpose={purpose} label={props.copyLabel} />
    </div>
  );
}

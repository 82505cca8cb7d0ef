import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { Button } from '@backstage/ui';
import { shortDigest } from '../texts/shortDigest';
import { useTexts } from '../texts/useTexts';
import styles from './Digest.module.css';
import lists from './Lists.module.css';
import { useCopy } from './useCopy';

/** Props of {@link Digest}. */
export interface DigestProps {
  digest: string;
}

/** The digits by which people compare a digest, and a button that copies all of it. */
export function Digest(props: DigestProps) {
  const { digest } = props;
  const { t } = useTexts();
  const { outcome, copy } = useCopy(digest);
  return (
    <span className={lists.row}>
      <code className={lists.code} translate="no" title={digest}>
        {shortDigest(digest)}
      </code>
      <Button
        variant="tertiary"
        size="small"
        className={styles.copy}
        aria-label={t('digest.copyOf', { digest: shortDigest(digest) })}
        iconStart={
          outcome === 'copied' ? (
            <RiCheckLine aria-hidden />
          ) : (
            <RiFileCopyLine aria-hidden />
          )
        }
        onPress={copy}
      >
        {outcome === 'copied' ? t('patch.copied') : t('digest.copy')}
      </Button>
      {outcome === 'failed' ? (
        // Nothing was copied, so the whole of it must stand where it can be selected.
        <code className={lists.code} translate="no">
          {digest}
        </code>
      ) : null}
    </span>
  );
}

import { useState } from 'react';
import { useTexts } from '../texts/useTexts';
import { useAnnounce } from './Announcer';

/** How the last try to copy went; undefined before the first. */
export type CopyOutcome = 'copied' | 'failed' | undefined;

/** Copies a text to the clipboard, and tells screen readers how that went. */
export function useCopy(text: string): {
  outcome: CopyOutcome;
  copy: () => Promise<void>;
} {
  const { t } = useTexts();
  const announce = useAnnounce();
  const [outcome, setOutcome] = useState<CopyOutcome>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
      announce(t('patch.copied'));
    } catch {
      setOutcome('failed');
      announce(t('patch.copyFailed'));
    }
  };
  return { outcome, copy };
}

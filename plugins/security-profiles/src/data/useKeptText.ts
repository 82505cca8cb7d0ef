import { useCallback, useState } from 'react';

/** What somebody writes, kept where the page goes away under it. */
export interface KeptText {
  text: string;
  setText(text: string): void;
  /** Puts the text aside for this browser tab: signing in again may load the page anew. */
  keep(): void;
}

function taken(key: string): string {
  try {
    const text = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return text ?? '';
  } catch {
    // A browser may refuse storage; then the text lives as long as the page.
    return '';
  }
}

/** The text of a field; after {@link KeptText.keep} it is there again when the same page is opened in this browser tab. */
export function useKeptText(name: string): KeptText {
  const key = `security-profiles.text.${name}`;
  const [text, setText] = useState(() => taken(key));
  const keep = useCallback(() => {
    try {
      sessionStorage.setItem(key, text);
    } catch {
      // As above.
    }
  }, [key, text]);
  return { text, setText, keep };
}

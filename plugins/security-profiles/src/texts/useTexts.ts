import { useMemo } from 'react';
import { useApiHolder } from '@backstage/core-plugin-api';
import {
  appLanguageApiRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { securityProfilesTranslationRef } from './securityProfilesTranslation';

type WithoutPlural<TKey extends string> = TKey extends
  | `${infer TBase}_one`
  | `${infer TBase}_other`
  ? TBase
  : TKey;

/** A key of the texts; plural forms share one key. */
export type TextKey = WithoutPlural<
  string & keyof typeof securityProfilesTranslationRef.T
>;

/** Values for the placeholders of a text. */
export type TextParams = Record<string, string | number>;

/** The texts of the plugin in the language of the app. */
export interface Texts {
  t(key: TextKey, params?: TextParams): string;
  /**
   * The text of a key that came over the wire, or undefined when this version does not know the key or a value for one
   * of its placeholders is missing.
   */
  maybe(key: string, params?: TextParams): string | undefined;
  /** A BCP 47 tag for dates and numbers. */
  locale: string;
}

type AnyTranslate = (key: string, params?: TextParams) => string;

/** The texts of the plugin in the language of the app. */
export function useTexts(): Texts {
  const { t } = useTranslationRef(securityProfilesTranslationRef);
  const language =
    useApiHolder().get(appLanguageApiRef)?.getLanguage().language ?? 'en';
  return useMemo(() => {
    // The typed function asks for the exact placeholders of each key, which can't be said for keys from the wire.
    const translate = t as unknown as AnyTranslate;
    return {
      t: translate,
      maybe(key, params) {
        const text = translate(key, params);
        return text === key || text.includes('{{') ? undefined : text;
      },
      // The texts write "7 Dec".
      locale: language === 'en' ? 'en-GB' : language,
    };
  }, [t, language]);
}

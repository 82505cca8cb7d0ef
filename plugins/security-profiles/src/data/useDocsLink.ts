import { useCallback } from 'react';
import { configApiRef, useApiHolder } from '@backstage/core-plugin-api';

/** The address of a page of the documentation, or undefined where the app does not say where that is. */
export function useDocsLink(): (page: string) => string | undefined {
  const config = useApiHolder().get(configApiRef);
  const base = config
    ?.getOptionalString('securityProfiles.docsUrl')
    ?.replace(/\/$/, '');
  return useCallback(
    page => (base?.startsWith('https://') ? `${base}/${page}` : undefined),
    [base],
  );
}

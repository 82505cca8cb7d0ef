import { useMemo } from 'react';
import { useNow } from './useNow';

/**
 * The portal's time in milliseconds, going on from the newest answer.
 *
 * @remarks
 * Ages count to the portal's clock: a viewer's may be wrong, and a demo lives at another date.
 *
 * @param servedAt - the time of the answer by the portal; without one, the browser's time
 */
export function useServerNow(servedAt: string | undefined): number {
  const now = useNow();
  const answer = useMemo(
    () =>
      servedAt === undefined
        ? undefined
        : { servedAt: Date.parse(servedAt), receivedAt: Date.now() },
    [servedAt],
  );
  return answer === undefined || Number.isNaN(answer.servedAt)
    ? now
    : answer.servedAt + Math.max(0, now - answer.receivedAt);
}

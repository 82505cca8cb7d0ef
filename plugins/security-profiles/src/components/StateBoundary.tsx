import { useEffect, useState, type ReactNode } from 'react';
import { Alert, Button, Skeleton } from '@backstage/ui';
import { serverError } from '../data/serverError';
import type { Loaded } from '../data/useLoaded';
import { formatAge } from '../texts/formatTime';
import { useTexts, type TextKey } from '../texts/useTexts';
import { useNow } from '../data/useNow';
import lists from './Lists.module.css';

const SKELETON_AFTER = 150;
const SLOW_AFTER = 10_000;
const REFUSALS = new Set([401, 403, 404]);

function useElapsed(milliseconds: number): boolean {
  const [elapsed, setElapsed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setElapsed(true), milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds]);
  return elapsed;
}

/** Props of {@link LoadingState}. */
export interface LoadingStateProps {
  /** Heights of the skeletons in pixels, in the layout of what comes. */
  heights: readonly number[];
}

/** Nothing for a moment, then skeletons, then the truth that it takes long. */
export function LoadingState(props: LoadingStateProps) {
  const { t } = useTexts();
  const isLate = useElapsed(SKELETON_AFTER);
  const isSlow = useElapsed(SLOW_AFTER);
  return (
    <div aria-busy="true" role="status" aria-label={t('state.loading')}>
      {isSlow ? <p className={lists.text}>{t('state.slow')}</p> : null}
      {isLate ? (
        <div className={lists.skeletons}>
          {props.heights.map((height, index) => (
            <Skeleton key={index} width="100%" height={height} />
          ))}
        </div>
      ) : null}
    </div>
  );
}

/** Props of {@link ErrorState}. */
export interface ErrorStateProps {
  error: Error;
  /** What could not be loaded. */
  what: TextKey;
  /** Text for 403. */
  forbidden: TextKey;
  onRetry(): void;
}

/** Says what failed, what that means for this reader, and what to do. */
export function ErrorState(props: ErrorStateProps) {
  const { t } = useTexts();
  const { status, id } = serverError(props.error);
  if (status === 403) {
    return <Alert status="info" icon title={t(props.forbidden)} />;
  }
  if (status === 404) {
    return <Alert status="info" icon title={t('state.notFound')} />;
  }
  if (status === 401) {
    return <Alert status="info" icon title={t('state.signedOut')} />;
  }
  return (
    <div role="alert">
      <Alert
        status="danger"
        icon
        title={t('state.error', { what: t(props.what) })}
        description={
          id === undefined ? t('state.network') : t('state.errorId', { id })
        }
        customActions={
          <Button variant="secondary" onPress={props.onRetry}>
            {t('state.retry')}
          </Button>
        }
      />
    </div>
  );
}

/** Props of {@link StateBoundary}. */
export interface StateBoundaryProps<T> {
  loaded: Loaded<T>;
  what: TextKey;
  forbidden: TextKey;
  /** Heights of the skeletons, in pixels. */
  skeleton: readonly number[];
  children: (data: T) => ReactNode;
}

/** Every state that a screen can be in before it has an answer, and the answer once there is one. */
export function StateBoundary<T>(props: StateBoundaryProps<T>) {
  const { loaded } = props;
  const texts = useTexts();
  const now = useNow();
  // Who may no longer read this must not keep reading the last answer.
  const isRefused =
    loaded.error !== undefined &&
    REFUSALS.has(serverError(loaded.error).status ?? 0);
  if (loaded.data === undefined || isRefused) {
    return loaded.error && !loaded.isPending ? (
      <ErrorState
        error={loaded.error}
        what={props.what}
        forbidden={props.forbidden}
        onRetry={loaded.reload}
      />
    ) : (
      <LoadingState heights={props.skeleton} />
    );
  }
  return (
    <>
      {loaded.error ? (
        <Alert
          status="warning"
          icon
          title={texts.t('state.refreshFailed', {
            what: texts.t(props.what),
            age: formatAge(texts, now - (loaded.loadedAt ?? now)),
          })}
          customActions={
            <Button variant="secondary" onPress={loaded.reload}>
              {texts.t('state.retry')}
            </Button>
          }
        />
      ) : null}
      {props.children(loaded.data)}
    </>
  );
}

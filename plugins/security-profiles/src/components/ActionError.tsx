import type { ReactNode } from 'react';
import { Alert, Button, Link } from '@backstage/ui';
import { serverError } from '../data/serverError';
import { useReviewLinks } from '../data/useReviewLinks';
import { shortDigest } from '../texts/shortDigest';
import { useTexts } from '../texts/useTexts';

/** Props of {@link ActionError}. */
export interface ActionErrorProps {
  error: Error;
  /** What was changed by somebody while the reader read, for the message. */
  name: string;
  /** Words for "nothing happened", as "Your vote was not cast." */
  nothingDone: string;
  onRetry(): void;
  /** Leads to what has changed. */
  onShowChange?: () => void;
}

/** Why a change was not carried out: what happened, what still holds, and what to do. */
export function ActionError(props: ActionErrorProps) {
  const { name, nothingDone, onRetry, onShowChange } = props;
  const { t } = useTexts();
  const links = useReviewLinks();
  const error = serverError(props.error);
  const retry = (
    <Button variant="secondary" onPress={onRetry}>
      {t('state.retry')}
    </Button>
  );
  const show = (options: {
    title: string;
    status?: 'warning' | 'danger';
    description?: ReactNode;
    actions?: ReactNode;
  }) => (
    <div role="alert">
      <Alert
        icon
        status={options.status ?? 'warning'}
        title={options.title}
        description={options.description}
        customActions={options.actions}
      />
    </div>
  );
  if (error.status === undefined) {
    return show({
      title: t('error.network'),
      status: 'danger',
      actions: retry,
    });
  }
  if (error.status === 401) {
    return show({ title: t('error.signedOut'), actions: retry });
  }
  if (error.code === 'digest-changed') {
    const observed = error.changed?.observed;
    return show({
      title: observed
        ? t('error.digestChanged', { name, digest: shortDigest(observed) })
        : t('error.digestUnknown', { name }),
      description: nothingDone,
      actions: onShowChange ? (
        <Button variant="secondary" onPress={onShowChange}>
          {t('error.showChange')}
        </Button>
      ) : undefined,
    });
  }
  if (error.status === 409) {
    const href = error.reviewId ? links.review(error.reviewId) : undefined;
    return show({
      title: error.message ?? nothingDone,
      description: href ? (
        <Link href={href}>{t('error.openReview')}</Link>
      ) : undefined,
    });
  }
  if (error.status === 403) {
    return show({ title: error.message ?? t('state.notFound') });
  }
  if (error.status === 429) {
    return show({ title: t('error.tooMany'), actions: retry });
  }
  if (error.status < 500) {
    return show({
      title: error.message ?? nothingDone,
      description: error.fields
        .map(({ field, message }) => `${field}: ${message}`)
        .join(' · '),
    });
  }
  return show({
    title: t('error.server', { nothing: nothingDone }),
    status: 'danger',
    description: error.id ? t('state.errorId', { id: error.id }) : undefined,
    actions: retry,
  });
}

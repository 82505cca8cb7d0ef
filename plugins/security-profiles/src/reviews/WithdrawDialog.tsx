import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogHeader,
  DialogTrigger,
  TextAreaField,
} from '@backstage/ui';
import type { Review } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { ActionError } from '../components/ActionError';
import { useAnnounce } from '../components/Announcer';
import lists from '../components/Lists.module.css';
import { useAttempt } from '../data/useAttempt';
import { useTexts } from '../texts/useTexts';
import styles from './Review.module.css';
import { DestructiveActions } from './DestructiveActions';

const MAX_REASON = 4000;

/** Props of {@link WithdrawDialog}. */
export interface WithdrawDialogProps {
  review: Review;
  /** The review, withdrawn. */
  onWithdrawn(review: Review): void;
}

/** The button by which who asked takes the request back, and what that does. */
export function WithdrawDialog(props: WithdrawDialogProps) {
  const { review } = props;
  const api = useApi(securityProfilesApiRef);
  const { t } = useTexts();
  const announce = useAnnounce();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const attempt = useAttempt({
    async send(body: { reason?: string }, idempotencyKey) {
      const { data } = await api.request(
        'post',
        '/reviews/{reviewId}/withdraw',
        {
          params: {
            path: { reviewId: review.id },
            header: { 'idempotency-key': idempotencyKey },
          },
          body,
        },
      );
      return data!;
    },
    onDone(answer) {
      setOpen(false);
      announce(t('review.withdraw.done'));
      props.onWithdrawn(answer);
    },
  });
  const submit = () => attempt.run({ reason: reason.trim() || undefined });
  return (
    <DialogTrigger
      isOpen={isOpen}
      onOpenChange={open => {
        setOpen(open);
        attempt.reset();
      }}
    >
      <Button variant="secondary">{t('review.withdraw.open')}</Button>
      <Dialog width="min(32rem, calc(100vw - 2rem))">
        <DialogHeader>{t('review.withdraw.title')}</DialogHeader>
        <DialogBody>
          <div className={styles.form}>
            <p className={lists.text}>{t('review.withdraw.explain')}</p>
            <TextAreaField
              label={t('review.withdraw.reason')}
              rows={2}
              maxLength={MAX_REASON}
              value={reason}
              onChange={setReason}
            />
            {attempt.error ? (
              <ActionError
                error={attempt.error}
                name={review.profile.name}
                nothingDone={t('review.withdraw.nothingDone')}
                onRetry={submit}
              />
            ) : null}
          </div>
        </DialogBody>
        <DestructiveActions
          submit={t('review.withdraw.submit', {
            profile: review.profile.name,
            environment: review.environment,
          })}
          cancel={t('review.withdraw.cancel')}
          isPending={attempt.isPending}
          onSubmit={submit}
        />
      </Dialog>
    </DialogTrigger>
  );
}

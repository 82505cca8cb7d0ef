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
import type {
  Review,
  RevokeRequest,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { ActionError } from '../components/ActionError';
import { useAnnounce } from '../components/Announcer';
import lists from '../components/Lists.module.css';
import { useAttempt } from '../data/useAttempt';
import { shortDigest } from '../texts/shortDigest';
import { useTexts } from '../texts/useTexts';
import styles from './Review.module.css';
import { servicesText } from './reviewTexts';
import { DestructiveActions } from './DestructiveActions';

const MAX_REASON = 4000;

/** Props of {@link RevokeDialog}. */
export interface RevokeDialogProps {
  review: Review;
  /** The review, its approval ended. */
  onRevoked(review: Review): void;
}

/** The button by which an approval, or an emergency, ends before its time, and what that does. */
export function RevokeDialog(props: RevokeDialogProps) {
  const { review } = props;
  const api = useApi(securityProfilesApiRef);
  const texts = useTexts();
  const { t } = texts;
  const announce = useAnnounce();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [isReasonMissing, setReasonMissing] = useState(false);
  const attempt = useAttempt({
    async send(body: RevokeRequest, idempotencyKey) {
      const { data } = await api.request('post', '/reviews/{reviewId}/revoke', {
        params: {
          path: { reviewId: review.id },
          header: { 'idempotency-key': idempotencyKey },
        },
        body,
      });
      return data!;
    },
    onDone(answer) {
      setOpen(false);
      announce(t('revoke.done'));
      props.onRevoked(answer);
    },
  });
  const submit = () => {
    if (reason.trim() === '') {
      setReasonMissing(true);
      return;
    }
    attempt.run({ reason: reason.trim() });
  };
  return (
    <DialogTrigger
      isOpen={isOpen}
      onOpenChange={open => {
        setOpen(open);
        setReasonMissing(false);
        attempt.reset();
      }}
    >
      <Button variant="secondary">{t('revoke.open')}</Button>
      <Dialog width="min(32rem, calc(100vw - 2rem))">
        <DialogHeader>{t('revoke.title')}</DialogHeader>
        <DialogBody>
          <div className={styles.form}>
            <p className={lists.text}>
              {t('revoke.explain', {
                services: servicesText(texts, review.touches),
                pods: t('reviews.pods', { count: review.touches.pods }),
              })}
            </p>
            <TextAreaField
              label={t('revoke.reason')}
              rows={3}
              maxLength={MAX_REASON}
              value={reason}
              isRequired
              validationBehavior="aria"
              isInvalid={isReasonMissing}
              description={
                isReasonMissing ? t('reviewPage.reason.missing') : undefined
              }
              onChange={text => {
                setReasonMissing(false);
                setReason(text);
              }}
            />
            {attempt.error ? (
              <ActionError
                error={attempt.error}
                name={review.profile.name}
                nothingDone={t('revoke.nothingDone')}
                onRetry={submit}
              />
            ) : null}
          </div>
        </DialogBody>
        <DestructiveActions
          submit={t('revoke.submit', {
            digest: shortDigest(review.digest),
            environment: review.environment,
          })}
          cancel={t('revoke.cancel')}
          isPending={attempt.isPending}
          onSubmit={submit}
        />
      </Dialog>
    </DialogTrigger>
  );
}

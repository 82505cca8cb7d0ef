import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogHeader,
  DialogTrigger,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import type {
  BreakGlassRequest,
  Review,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { ActionError } from '../components/ActionError';
import { useAnnounce } from '../components/Announcer';
import lists from '../components/Lists.module.css';
import { serverError } from '../data/serverError';
import { useAttempt } from '../data/useAttempt';
import { formatDate } from '../texts/formatTime';
import { useTexts } from '../texts/useTexts';
import styles from './Review.module.css';
import { DestructiveActions } from './DestructiveActions';

const MAX_REASON = 4000;
const MAX_INCIDENT = 2000;

/** Milliseconds after which the review of an emergency is due, as the API documents it. */
const DUE_AFTER = 3 * 24 * 60 * 60 * 1000;

/** What the API takes as an address of an incident. */
const INCIDENT = /^https?:\/\/[^ ]+$/;

type Missing = 'reason' | 'incident';

/** Props of {@link BreakGlassDialog}. */
export interface BreakGlassDialogProps {
  review: Review;
  now: number;
  /** The review, its content in force as an emergency. */
  onBroken(review: Review): void;
  /** What the reader saw is no longer the case. */
  onOutdated(): void;
}

/** The button that puts content in force for a day before others have decided, and what that costs. */
export function BreakGlassDialog(props: BreakGlassDialogProps) {
  const { review, now } = props;
  const api = useApi(securityProfilesApiRef);
  const texts = useTexts();
  const { t } = texts;
  const announce = useAnnounce();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [incident, setIncident] = useState('');
  const [missing, setMissing] = useState<readonly Missing[]>([]);
  const attempt = useAttempt({
    async send(body: BreakGlassRequest, idempotencyKey) {
      const { data } = await api.request(
        'post',
        '/reviews/{reviewId}/break-glass',
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
      announce(t('breakGlass.done'));
      props.onBroken(answer);
    },
    onFailed(error) {
      if (serverError(error).status === 409) {
        props.onOutdated();
      }
    },
  });
  const submit = () => {
    const body = {
      expectedDigest: review.digest,
      reason: reason.trim(),
      incident: incident.trim(),
    };
    const lacks: Missing[] = [
      ...(body.reason === '' ? (['reason'] as const) : []),
      ...(INCIDENT.test(body.incident) ? [] : (['incident'] as const)),
    ];
    setMissing(lacks);
    if (lacks.length === 0) {
      attempt.run(body);
    }
  };
  return (
    <DialogTrigger
      isOpen={isOpen}
      onOpenChange={open => {
        setOpen(open);
        setMissing([]);
        attempt.reset();
      }}
    >
      <Button variant="secondary" destructive>
        {t('breakGlass.open')}
      </Button>
      <Dialog width="min(32rem, calc(100vw - 2rem))">
        <DialogHeader>{t('breakGlass.title')}</DialogHeader>
        <DialogBody>
          <div className={styles.form}>
            <p className={lists.text}>
              {t('breakGlass.explain', {
                date: formatDate(
                  texts,
                  new Date(now + DUE_AFTER).toISOString(),
                  now,
                ),
              })}{' '}
              {t('breakGlass.changesNothing')}
            </p>
            <TextAreaField
              label={t('breakGlass.reason')}
              rows={3}
              maxLength={MAX_REASON}
              value={reason}
              isRequired
              validationBehavior="aria"
              isInvalid={missing.includes('reason')}
              description={
                missing.includes('reason')
                  ? t('reviewPage.reason.missing')
                  : undefined
              }
              onChange={setReason}
            />
            <TextField
              label={t('breakGlass.incident')}
              type="url"
              maxLength={MAX_INCIDENT}
              value={incident}
              isRequired
              validationBehavior="aria"
              isInvalid={missing.includes('incident')}
              description={
                missing.includes('incident')
                  ? t('breakGlass.incidentMissing')
                  : undefined
              }
              onChange={setIncident}
            />
            {attempt.error ? (
              <ActionError
                error={attempt.error}
                name={review.profile.name}
                nothingDone={t('breakGlass.nothingDone')}
                onRetry={submit}
              />
            ) : null}
          </div>
        </DialogBody>
        <DestructiveActions
          submit={t('breakGlass.submit')}
          cancel={t('breakGlass.cancel')}
          isPending={attempt.isPending}
          onSubmit={submit}
        />
      </Dialog>
    </DialogTrigger>
  );
}

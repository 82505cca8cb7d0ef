import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  Button,
  DatePicker,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import type {
  Review,
  ReviewRequest,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { ActionError } from '../components/ActionError';
import { useAnnounce } from '../components/Announcer';
import actionStyles from '../components/DialogActions.module.css';
import lists from '../components/Lists.module.css';
import { serverError } from '../data/serverError';
import { useAttempt } from '../data/useAttempt';
import { useKeptText } from '../data/useKeptText';
import { formatList } from '../texts/formatTime';
import { shortDigest } from '../texts/shortDigest';
import { useTexts } from '../texts/useTexts';
import type { ApprovalRow } from './approvalRows';
import styles from './AskDialog.module.css';

const MAX_REASON = 4000;
const MAX_TICKET = 200;

/** Props of {@link AskDialog}. */
export interface AskDialogProps {
  row: ApprovalRow;
  /** The portal's time in milliseconds. */
  now: number;
  onClose(): void;
  onAsked(review: Review): void;
  /** The content is other content by now. */
  onOutdated(): void;
}

/** The last moment of a day as the reader counts days. */
function endOfDay(day: string): number {
  return new Date(`${day}T23:59:59`).getTime();
}

/** Asks for the approval of what a profile allows now, in one environment. */
export function AskDialog(props: AskDialogProps) {
  const { row, now, onClose, onAsked, onOutdated } = props;
  const api = useApi(securityProfilesApiRef);
  const { t } = useTexts();
  const announce = useAnnounce();
  const reason = useKeptText(`ask.${row.profileIds[0]}.${row.environment}`);
  const [ticket, setTicket] = useState('');
  const [day, setDay] = useState<string>();
  const [wasTried, setTried] = useState(false);
  const digest = row.digest ?? '';
  const { name, environment } = row;

  const attempt = useAttempt({
    async send(body: ReviewRequest, idempotencyKey) {
      const { data } = await api.request('post', '/reviews', {
        params: { header: { 'idempotency-key': idempotencyKey } },
        body,
      });
      return data!;
    },
    onDone(review) {
      announce(t('approvals.asked', { profile: name, environment }));
      onAsked(review);
    },
    onFailed(error) {
      const { status, code } = serverError(error);
      if (status === 401) {
        reason.keep();
      }
      if (code === 'already-open' || code === 'already-approved') {
        onOutdated();
      }
    },
  });

  const isReasonMissing = reason.text.trim() === '';
  const isDayOver = day !== undefined && endOfDay(day) <= now;
  const submit = () => {
    setTried(true);
    if (isReasonMissing || isDayOver) {
      return;
    }
    attempt.run({
      kind: 'content',
      subject: { profileId: row.profileIds[0] },
      digest,
      environment,
      reason: reason.text.trim(),
      ticket: ticket.trim() || undefined,
      wantedExpiry:
        day === undefined ? undefined : new Date(endOfDay(day)).toISOString(),
    });
  };
  return (
    <Dialog
      isOpen
      onOpenChange={isOpen => {
        if (!isOpen) {
          onClose();
        }
      }}
      width="min(36rem, calc(100vw - 2rem))"
    >
      <DialogHeader>{t('ask.title')}</DialogHeader>
      <DialogBody>
        <div className={styles.form}>
          <p className={lists.text}>
            {t('ask.explain', { profile: name, environment })}
          </p>
          <dl className={lists.facts}>
            <dt>{t('ask.profile')}</dt>
            <dd dir="auto" translate="no">
              {name}
            </dd>
            <dt>{t('ask.environment')}</dt>
            <dd>{environment}</dd>
            <dt>{t('ask.clusters')}</dt>
            <dd>{formatList(row.clusters)}</dd>
            <dt>{t('ask.content')}</dt>
            <dd>
              <code className={lists.code} translate="no">
                {shortDigest(digest)}
              </code>
            </dd>
          </dl>
          <TextAreaField
            label={t('ask.reason')}
            description={
              wasTried && isReasonMissing
                ? t('ask.reasonMissing')
                : t('ask.reasonHelp')
            }
            rows={3}
            maxLength={MAX_REASON}
            isRequired
            validationBehavior="aria"
            isInvalid={wasTried && isReasonMissing}
            isReadOnly={attempt.isPending}
            value={reason.text}
            onChange={reason.setText}
          />
          <TextField
            label={t('ask.ticket')}
            maxLength={MAX_TICKET}
            isReadOnly={attempt.isPending}
            value={ticket}
            onChange={setTicket}
          />
          <DatePicker
            label={t('ask.expiry')}
            description={
              isDayOver ? t('ask.expiryPassed') : t('ask.expiryHelp')
            }
            validationBehavior="aria"
            isInvalid={isDayOver}
            isReadOnly={attempt.isPending}
            onChange={value => setDay(value?.toString().slice(0, 10))}
          />
          {attempt.error ? (
            <ActionError
              error={attempt.error}
              name={name}
              nothingDone={t('ask.nothingDone')}
              onRetry={submit}
              onShowChange={() => {
                onOutdated();
                onClose();
              }}
            />
          ) : null}
        </div>
      </DialogBody>
      <DialogFooter className={actionStyles.actions}>
        <Button
          variant="primary"
          isPending={attempt.isPending}
          onPress={submit}
        >
          {t('ask.submit', { digest: shortDigest(digest), environment })}
        </Button>
        <Button variant="secondary" slot="close">
          {t('ask.cancel')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

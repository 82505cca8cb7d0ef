import { useId, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Button, Radio, RadioGroup, TextAreaField } from '@backstage/ui';
import type { Review } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { ActionError } from '../components/ActionError';
import { useAnnounce } from '../components/Announcer';
import lists from '../components/Lists.module.css';
import { Section } from '../components/Section';
import { serverError } from '../data/serverError';
import { useAttempt } from '../data/useAttempt';
import type { KeptText } from '../data/useKeptText';
import { shortDigest } from '../texts/shortDigest';
import { useTexts } from '../texts/useTexts';
import styles from './Review.module.css';
import {
  decidedText,
  DECISIONS,
  effectText,
  isOpen,
  type Decision,
} from './reviewTexts';

const MAX_REASON = 4000;

const EFFECTS = {
  approve: 'approve',
  reject: 'reject',
  'request-changes': 'requestChanges',
} as const;

/** What a voter has chosen and written; it outlives every answer of the server. */
export interface VoteDraft {
  decision: Decision | undefined;
  setDecision(decision: Decision | undefined): void;
  reason: KeptText;
}

/** Props of {@link DecisionBox}. */
export interface DecisionBoxProps {
  review: Review;
  draft: VoteDraft;
  now: number;
  /** Whether any cluster still runs what the review is about. */
  isInForce: 'yes' | 'no';
  /** The review after the vote. */
  onVoted(review: Review): void;
  /** What the reader saw is no longer the case. */
  onOutdated(): void;
  onShowChange(): void;
}

/** What this reader may decide and what it will do; or where the review stands, or why the reader can't decide. */
export function DecisionBox(props: DecisionBoxProps) {
  const { review, draft, now, isInForce } = props;
  const { decision, reason } = draft;
  const api = useApi(securityProfilesApiRef);
  const texts = useTexts();
  const { t } = texts;
  const announce = useAnnounce();
  const effectId = useId();
  const [isReasonMissing, setReasonMissing] = useState(false);
  const [done, setDone] = useState<string>();
  const { environment } = review;
  const digest = shortDigest(review.digest);

  const attempt = useAttempt({
    async send(
      body: { decision: Decision; comment: string | undefined },
      idempotencyKey,
    ) {
      const { data } = await api.request('post', '/reviews/{reviewId}/votes', {
        params: {
          path: { reviewId: review.id },
          header: { 'idempotency-key': idempotencyKey },
        },
        body: {
          decision: body.decision,
          expectedDigest: review.digest,
          comment: body.comment,
        },
      });
      return data!;
    },
    onDone(answer) {
      const said = `${t('review.box.cast')} ${decidedText(texts, answer, {
        now: Date.parse(answer.servedAt),
      })}`;
      setDone(said);
      announce(said);
      draft.setDecision(undefined);
      reason.setText('');
      props.onVoted(answer);
    },
    onFailed(error) {
      const { status, code } = serverError(error);
      if (status === 401) {
        reason.keep();
      }
      if (code === 'digest-changed' || code === 'closed') {
        props.onOutdated();
      }
    },
  });

  const allowed = DECISIONS.filter(one => review.viewerMay.includes(one));
  const mayDecide =
    isOpen(review.state) && isInForce === 'yes' && allowed.length > 0;
  const hasDraft = decision !== undefined || reason.text !== '';
  const sentences = decision ? review.effectOfVote[EFFECTS[decision]] : [];
  const effect = effectText(texts, sentences ?? [], { now });
  const isReasonRequired = decision !== undefined && decision !== 'approve';
  const submit = () => {
    if (!decision) {
      return;
    }
    const comment = reason.text.trim();
    if (isReasonRequired && comment === '') {
      setReasonMissing(true);
      return;
    }
    setDone(undefined);
    attempt.run({ decision, comment: comment || undefined });
  };

  return (
    <Section headingLevel={3} anchor="decision" title={t('review.box.title')}>
      {done ? <p className={lists.text}>{done}</p> : null}
      {!isOpen(review.state) && !done ? (
        <p className={lists.text}>{decidedText(texts, review, { now })}</p>
      ) : null}
      {attempt.error ? (
        <ActionError
          error={attempt.error}
          name={review.profile.name}
          nothingDone={t('review.box.nothingDone')}
          onRetry={submit}
          onShowChange={props.onShowChange}
        />
      ) : null}
      {isOpen(review.state) && !mayDecide && isInForce === 'yes' ? (
        <p className={lists.text}>{review.whyNot ?? t('review.box.cannot')}</p>
      ) : null}
      {isOpen(review.state) && isInForce === 'no' ? (
        <p className={lists.text}>{t('review.changed.nobody')}</p>
      ) : null}
      {mayDecide || (isOpen(review.state) && hasDraft) ? (
        <div className={styles.form}>
          <RadioGroup
            label={t('review.box.decision')}
            value={decision ?? null}
            isDisabled={!mayDecide || attempt.isPending}
            onChange={value => {
              setReasonMissing(false);
              setDone(undefined);
              attempt.reset();
              draft.setDecision(DECISIONS.find(one => one === value));
            }}
          >
            {(allowed.length > 0 ? allowed : DECISIONS).map(one => (
              <Radio key={one} value={one}>
                {t(`review.box.${one}`)}
              </Radio>
            ))}
          </RadioGroup>
          <TextAreaField
            label={t(
              isReasonRequired
                ? 'review.box.reason'
                : 'review.box.reasonOptional',
            )}
            rows={3}
            maxLength={MAX_REASON}
            value={reason.text}
            // Text that somebody has written stays readable and copyable while it can't be sent.
            isReadOnly={!mayDecide || attempt.isPending}
            isRequired={isReasonRequired}
            validationBehavior="aria"
            isInvalid={isReasonMissing}
            description={
              isReasonMissing ? t('review.box.reasonMissing') : undefined
            }
            onChange={text => {
              setReasonMissing(false);
              reason.setText(text);
            }}
          />
          {mayDecide ? (
            <>
              <p id={effectId} className={lists.text}>
                {decision ? effect : t('review.box.choose')}
              </p>
              {decision ? (
                <div>
                  <Button
                    variant="primary"
                    destructive={decision === 'reject'}
                    aria-describedby={effectId}
                    isPending={attempt.isPending}
                    onPress={submit}
                  >
                    {t(`review.box.submit.${decision}`, {
                      digest,
                      environment,
                    })}
                  </Button>
                </div>
              ) : null}
            </>
          ) : null}
        </div>
      ) : null}
    </Section>
  );
}

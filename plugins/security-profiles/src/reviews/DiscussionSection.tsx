import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Button, TextAreaField } from '@backstage/ui';
import { EntityName } from '../components/EntityName';
import type { Review } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { ActionError } from '../components/ActionError';
import { useAnnounce } from '../components/Announcer';
import lists from '../components/Lists.module.css';
import { Section } from '../components/Section';
import { serverError } from '../data/serverError';
import { useAttempt } from '../data/useAttempt';
import type { KeptText } from '../data/useKeptText';
import { formatAge } from '../texts/formatTime';
import { useTexts } from '../texts/useTexts';
import styles from './Review.module.css';

const MAX_COMMENT = 4000;

/** Props of {@link DiscussionSection}. */
export interface DiscussionSectionProps {
  review: Review;
  comment: KeptText;
  now: number;
  /** The review with the comment. */
  onCommented(review: Review): void;
}

/** What people say without deciding. What they write is text, whatever it looks like. */
export function DiscussionSection(props: DiscussionSectionProps) {
  const { review, comment, now } = props;
  const api = useApi(securityProfilesApiRef);
  const texts = useTexts();
  const { t } = texts;
  const announce = useAnnounce();
  const [isMissing, setMissing] = useState(false);
  const attempt = useAttempt({
    async send(body: { comment: string }, idempotencyKey) {
      const { data } = await api.request(
        'post',
        '/reviews/{reviewId}/comments',
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
      comment.setText('');
      announce(t('review.discussion.sent'));
      props.onCommented(answer);
    },
    onFailed(error) {
      if (serverError(error).status === 401) {
        comment.keep();
      }
    },
  });
  const submit = () => {
    const text = comment.text.trim();
    if (text === '') {
      setMissing(true);
      return;
    }
    attempt.run({ comment: text });
  };
  return (
    <Section
      headingLevel={3}
      anchor="discussion"
      title={t('review.discussion.title', { count: review.comments.length })}
    >
      {review.comments.length === 0 ? (
        <p className={lists.text}>{t('review.discussion.none')}</p>
      ) : (
        <ol className={lists.plain}>
          {review.comments.map(({ id, actor, at, comment: said }) => (
            <li key={id} className={lists.cell}>
              <span>
                <EntityName entityRef={actor} />,{' '}
                <time dateTime={at}>
                  {t('review.votes.when', {
                    age: formatAge(texts, now - Date.parse(at)),
                  })}
                </time>
              </span>
              <p className={styles.said} dir="auto">
                {said}
              </p>
            </li>
          ))}
        </ol>
      )}
      {review.viewerMay.includes('comment') ? (
        <div className={styles.form}>
          <TextAreaField
            label={t('review.discussion.write')}
            rows={2}
            maxLength={MAX_COMMENT}
            value={comment.text}
            isReadOnly={attempt.isPending}
            isInvalid={isMissing}
            validationBehavior="aria"
            description={isMissing ? t('review.discussion.missing') : undefined}
            onChange={text => {
              setMissing(false);
              comment.setText(text);
            }}
          />
          {attempt.error ? (
            <ActionError
              error={attempt.error}
              name={review.profile.name}
              nothingDone={t('review.discussion.nothingDone')}
              onRetry={submit}
            />
          ) : null}
          <div>
            <Button
              variant="secondary"
              isPending={attempt.isPending}
              onPress={submit}
            >
              {t('review.discussion.send')}
            </Button>
          </div>
        </div>
      ) : null}
    </Section>
  );
}

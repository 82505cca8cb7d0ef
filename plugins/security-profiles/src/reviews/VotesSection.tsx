import { EntityName } from '../components/EntityName';
import type {
  Review,
  ReviewVote,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import lists from '../components/Lists.module.css';
import { Section } from '../components/Section';
import { formatAge, formatList } from '../texts/formatTime';
import { shortDigest } from '../texts/shortDigest';
import { useTexts, type Texts } from '../texts/useTexts';
import styles from './Review.module.css';
import { isOpen, nameInRef, quorumCounts, slotsText } from './reviewTexts';

function slotText(texts: Texts, slot: string): string {
  return (
    texts.maybe(`review.votes.as.${slot}`) ??
    texts.t('review.votes.asOther', { slot })
  );
}

/** The groups by which somebody was eligible, as "through checkout, shop". */
function throughText(texts: Texts, vote: ReviewVote): string | undefined {
  const { groupPath = [] } = vote;
  return groupPath.length > 0
    ? texts.t('reviewPage.through', {
        groups: formatList(groupPath.map(nameInRef)),
      })
    : undefined;
}

interface VoteProps {
  vote: ReviewVote;
  /** The digest that the review is about. */
  digest: string;
  now: number;
}

function Vote(props: VoteProps) {
  const { vote, digest, now } = props;
  const texts = useTexts();
  const { t, maybe } = texts;
  const isCounted = vote.standing === 'counts';
  const what = (
    <>
      <strong>
        {maybe(`review.votes.decision.${vote.decision}`) ?? vote.decision}
      </strong>
      {vote.expectedDigest === digest
        ? null
        : ` ${t('review.votes.of', {
            digest: shortDigest(vote.expectedDigest),
          })}`}
    </>
  );
  return (
    <li className={lists.cell}>
      <span>
        <EntityName entityRef={vote.voter} />{' '}
        {isCounted ? what : <s className={styles.void}>{what}</s>}{' '}
        {[slotText(texts, vote.slot), throughText(texts, vote)]
          .filter(Boolean)
          .join(' ')}
        ,{' '}
        <time dateTime={vote.at}>
          {t('review.votes.when', {
            age: formatAge(texts, now - Date.parse(vote.at)),
          })}
        </time>
      </span>
      {isCounted ? null : (
        <span className={lists.small}>
          {maybe(`review.votes.standing.${vote.standing}`) ??
            t('review.votes.standingOther', { why: vote.standing })}
        </span>
      )}
      {vote.comment ? (
        <p className={styles.said} dir="auto">
          {vote.comment}
        </p>
      ) : null}
    </li>
  );
}

/** Props of {@link VotesSection}. */
export interface VotesSectionProps {
  review: Review;
  now: number;
}

/** The votes so far and what became of each, what is missing, who may vote, and who can't and why. */
export function VotesSection(props: VotesSectionProps) {
  const { review, now } = props;
  const texts = useTexts();
  const { t } = texts;
  const { votes, missing, eligible, excluded } = review;
  const more = eligible.total - eligible.people.length;
  return (
    <Section
      headingLevel={3}
      anchor="votes"
      title={t('review.votes.title', quorumCounts(review))}
    >
      {votes.length === 0 ? (
        <p className={lists.text}>{t('review.votes.none')}</p>
      ) : (
        <ol className={lists.plain}>
          {votes.map(vote => (
            <Vote key={vote.id} vote={vote} digest={review.digest} now={now} />
          ))}
        </ol>
      )}
      {isOpen(review.state) ? (
        <>
          {missing.length > 0 ? (
            <p className={lists.text}>
              {t('review.votes.missing', {
                missing: slotsText(texts, missing),
              })}
            </p>
          ) : null}
          {eligible.total === 0 ? (
            <p className={lists.text}>{t('review.votes.eligibleNone')}</p>
          ) : (
            <div className={lists.cell}>
              <h4 className={styles.subtitle}>{t('review.votes.eligible')}</h4>
              <ul className={lists.plain}>
                {eligible.people.map(({ ref, slot }) => (
                  <li key={`${ref}/${slot}`}>
                    <EntityName entityRef={ref} /> {slotText(texts, slot)}
                  </li>
                ))}
                {more > 0 ? (
                  <li>{t('review.votes.eligibleMore', { count: more })}</li>
                ) : null}
              </ul>
            </div>
          )}
        </>
      ) : null}
      {excluded.length > 0 ? (
        <div className={lists.cell}>
          <h4 className={styles.subtitle}>{t('review.votes.excluded')}</h4>
          <ul className={lists.plain}>
            {excluded.map(({ ref, why }) => (
              <li key={ref}>
                <EntityName entityRef={ref} />: {why}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </Section>
  );
}

import type { ReactElement } from 'react';
import {
  RiArrowGoBackLine,
  RiCalendarCloseLine,
  RiChat1Line,
  RiCheckDoubleLine,
  RiCloseCircleLine,
  RiFingerprintLine,
  RiFireLine,
  RiHistoryLine,
  RiHourglassLine,
  RiInboxLine,
  RiLoopRightLine,
  RiQuestionLine,
  RiSubtractLine,
} from '@remixicon/react';
import { formatAge, formatDate, formatMoment } from '../texts/formatTime';
import { useTexts } from '../texts/useTexts';
import { Chip, type Tone } from './Chip';

const icon = { size: 14, 'aria-hidden': true } as const;

const LOOKS: Record<
  string,
  { tone: Tone; icon: ReactElement; border?: 'dashed' }
> = {
  unreviewed: { tone: 'neutral', icon: <RiInboxLine {...icon} /> },
  pending: { tone: 'warning', icon: <RiHourglassLine {...icon} /> },
  'changes-requested': { tone: 'warning', icon: <RiChat1Line {...icon} /> },
  approved: { tone: 'positive', icon: <RiCheckDoubleLine {...icon} /> },
  'approved-renewing': {
    tone: 'positive',
    icon: <RiLoopRightLine {...icon} />,
  },
  'approved-emergency': {
    tone: 'negative-solid',
    icon: <RiFireLine {...icon} />,
  },
  rejected: { tone: 'negative', icon: <RiCloseCircleLine {...icon} /> },
  expired: { tone: 'warning', icon: <RiCalendarCloseLine {...icon} /> },
  revoked: { tone: 'negative', icon: <RiArrowGoBackLine {...icon} /> },
  stale: { tone: 'warning', icon: <RiHistoryLine {...icon} /> },
  unproven: {
    tone: 'neutral',
    icon: <RiFingerprintLine {...icon} />,
    border: 'dashed',
  },
  withdrawn: { tone: 'neutral', icon: <RiSubtractLine {...icon} /> },
  superseded: { tone: 'neutral', icon: <RiSubtractLine {...icon} /> },
  lapsed: { tone: 'neutral', icon: <RiSubtractLine {...icon} /> },
};

const DATED = new Set(['approved', 'approved-renewing']);

/** Props of {@link ApprovalMark}. */
export interface ApprovalMarkProps {
  /** A word of the API; one that this version does not know is printed as it is. */
  state: string;
  /** ISO time of the end of an approval. */
  expiresAt?: string;
  /** ISO time since which an approval is stale. */
  since?: string;
  /** The time that days are written against, in milliseconds. */
  now: number;
}

/** Where an approval or a review stands, with the date that goes with it. */
export function ApprovalMark(props: ApprovalMarkProps) {
  const { state, expiresAt, since, now } = props;
  const texts = useTexts();
  const { t, maybe } = texts;
  const look = LOOKS[state];
  const word = maybe(`approval.state.${state}`) ?? state;
  let text = word;
  if (DATED.has(state) && expiresAt) {
    text = t('approval.until', {
      state: word,
      date: formatDate(texts, expiresAt, now),
    });
  } else if (state === 'approved-emergency' && expiresAt) {
    text = t('approval.left', {
      state: word,
      left: formatAge(texts, Date.parse(expiresAt) - now),
    });
  } else if (state === 'stale' && since) {
    text = t('approval.since', {
      state: word,
      time: formatMoment(texts, since, now),
    });
  }
  return (
    <Chip
      tone={look?.tone ?? 'neutral'}
      border={look ? look.border : 'dashed'}
      icon={look?.icon ?? <RiQuestionLine {...icon} />}
    >
      {text}
    </Chip>
  );
}

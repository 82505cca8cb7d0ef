import type { ReactElement } from 'react';
import {
  RiErrorWarningLine,
  RiForbidLine,
  RiPlugLine,
  RiSubtractLine,
  RiTimeLine,
  RiWifiOffLine,
} from '@remixicon/react';
import type { Source } from '@security-profiles/backstage-plugin-security-profiles-common';
import { formatAge, formatDate, formatMoment } from '../texts/formatTime';
import { useTexts, type Texts } from '../texts/useTexts';
import { Chip, type Tone } from './Chip';
import { Explain } from './Explain';
import lists from './Lists.module.css';

const icon = { size: 14, 'aria-hidden': true } as const;
const DAY = 24 * 60 * 60 * 1000;

const LOOKS: Record<
  string,
  { tone: Tone; icon: ReactElement; border?: 'dashed' }
> = {
  fresh: { tone: 'neutral', icon: <RiTimeLine {...icon} /> },
  stale: { tone: 'warning', icon: <RiTimeLine {...icon} /> },
  unreachable: { tone: 'warning', icon: <RiWifiOffLine {...icon} /> },
  forbidden: {
    tone: 'neutral',
    icon: <RiForbidLine {...icon} />,
    border: 'dashed',
  },
  failed: {
    tone: 'warning',
    icon: <RiErrorWarningLine {...icon} />,
  },
  'not-installed': { tone: 'neutral', icon: <RiPlugLine {...icon} /> },
  'not-collected': {
    tone: 'neutral',
    icon: <RiSubtractLine {...icon} />,
    border: 'dashed',
  },
};

function describe(texts: Texts, source: Source, now: number): string {
  const { t } = texts;
  const since = Date.parse(source.since);
  switch (source.state) {
    case 'fresh':
      return now - since < DAY
        ? t('freshness.facts', { age: formatAge(texts, now - since) })
        : t('freshness.factsOf', {
            time: formatDate(texts, source.since, now),
          });
    case 'stale':
      return t('freshness.stale', {
        time: formatMoment(texts, source.since, now),
        age: formatAge(texts, now - since),
      });
    case 'unreachable':
      return t('freshness.unreachable', {
        time: formatMoment(texts, source.since, now),
      });
    case 'failed':
      return t('freshness.failed', {
        time: formatMoment(texts, source.since, now),
      });
    case 'forbidden':
      return t('freshness.forbidden', { resource: source.resource });
    case 'not-installed':
      return t('freshness.notInstalled', { resource: source.resource });
    case 'not-collected':
      return t('freshness.notCollected', {
        reason: source.reason ?? t('freshness.noReason'),
      });
    default:
      return source.state;
  }
}

/** Props of {@link SourceMark}. */
export interface SourceMarkProps {
  source: Source;
  now: number;
}

/** How fresh the facts of one resource are. */
export function SourceMark(props: SourceMarkProps) {
  const { source, now } = props;
  const texts = useTexts();
  const look = LOOKS[source.state];
  return (
    <Chip
      tone={look?.tone ?? 'neutral'}
      border={look ? look.border : 'dashed'}
      icon={look?.icon}
    >
      <time dateTime={source.since}>{describe(texts, source, now)}</time>
    </Chip>
  );
}

function lateText(
  texts: Texts,
  late: readonly Source[],
  now: number,
): string | undefined {
  if (late.length === 0) {
    return undefined;
  }
  const [first] = [...late].sort((a, b) => a.since.localeCompare(b.since));
  const isOneStory =
    late.length === 1 ||
    late.every(
      ({ cluster, state }) =>
        cluster === first.cluster &&
        state === first.state &&
        state !== 'forbidden',
    );
  return isOneStory
    ? describe(texts, first, now)
    : texts.t('freshness.worse', { count: late.length });
}

/** Props of {@link FreshnessStamp}. */
export interface FreshnessStampProps {
  sources: readonly Source[];
  now: number;
}

/** The age of the oldest facts that a screen rests on; opens the list of all. */
export function FreshnessStamp(props: FreshnessStampProps) {
  const { sources, now } = props;
  const texts = useTexts();
  const { t } = texts;
  const fresh = sources.filter(source => source.state === 'fresh');
  const late = sources.filter(
    source => source.state !== 'fresh' && source.state !== 'not-installed',
  );
  const oldest = [...fresh].sort((a, b) => a.since.localeCompare(b.since))[0];
  if (sources.length === 0) {
    return (
      <Chip tone="neutral" border="dashed" icon={<RiTimeLine {...icon} />}>
        {t('freshness.none')}
      </Chip>
    );
  }
  const words = [
    oldest ? describe(texts, oldest, now) : undefined,
    lateText(texts, late, now),
  ].filter(Boolean);
  return (
    <Explain
      look="bare"
      title={t('freshness.title')}
      content={
        <ul className={lists.plain}>
          {sources.map(source => (
            <li key={`${source.cluster}/${source.resource}`}>
              <strong>{source.cluster}</strong> {source.resource}{' '}
              <SourceMark source={source} now={now} />
            </li>
          ))}
        </ul>
      }
    >
      <Chip
        tone={late.length > 0 ? 'warning' : 'neutral'}
        icon={<RiTimeLine {...icon} />}
      >
        {words.join(' · ') || t('freshness.none')}
      </Chip>
    </Explain>
  );
}

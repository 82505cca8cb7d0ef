import { useEffect, useRef, type ReactElement } from 'react';
import { Link } from '@backstage/ui';
import {
  RiBox3Line,
  RiCheckboxBlankCircleLine,
  RiFileUnknowLine,
  RiLinkUnlink,
  RiLockUnlockLine,
  RiQuestionLine,
  RiShieldKeyholeLine,
  RiShieldLine,
  RiShuffleLine,
  RiSubtractLine,
} from '@remixicon/react';
import type {
  Confinement,
  PostureContainer,
  PostureProfile,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { Chip, type Tone } from '../components/Chip';
import chipStyles from '../components/Chip.module.css';
import { Explain } from '../components/Explain';
import { LevelBadge } from '../components/LevelBadge';
import lists from '../components/Lists.module.css';
import { useNow } from '../data/useNow';
import { useProfileLinks } from '../data/useProfileLinks';
import { useReviewLinks } from '../data/useReviewLinks';
import { useUrlState } from '../data/useUrlState';
import { formatList, formatMoment } from '../texts/formatTime';
import { useTexts, type Texts } from '../texts/useTexts';
import { MECHANISMS, type ContainerRow, type Mechanism } from './containerRows';

const icon = { size: 14, 'aria-hidden': true } as const;

const ICONS: Record<string, ReactElement> = {
  profile: <RiShieldKeyholeLine {...icon} />,
  'runtime-default': <RiShieldLine {...icon} />,
  unconfined: <RiLockUnlockLine {...icon} />,
  unset: <RiCheckboxBlankCircleLine {...icon} />,
  dangling: <RiLinkUnlink {...icon} />,
  foreign: <RiFileUnknowLine {...icon} />,
  ambiguous: <RiShuffleLine {...icon} />,
  sandboxed: <RiBox3Line {...icon} />,
  'not-applicable': <RiSubtractLine {...icon} />,
};

const RELAXED_MODES = new Set([
  'permissive',
  'complain',
  'allows-by-default',
  'logs-by-default',
  'disabled',
  'unknown',
]);

const MECHANISM_TEXT = {
  seccomp: 'containers.seccomp',
  appArmor: 'containers.appArmor',
  seLinux: 'containers.seLinux',
} as const;

interface Look {
  tone: Tone;
  border?: 'dashed';
}

function lookOf(
  confinement: Confinement,
  mechanism: Mechanism,
  profiles: readonly PostureProfile[],
): Look {
  const { state, inForce, missingOn } = confinement;
  if (!ICONS[state]) {
    return { tone: 'neutral', border: 'dashed' };
  }
  switch (state) {
    case 'profile': {
      if (inForce === 'unknown') {
        return { tone: 'neutral', border: 'dashed' };
      }
      if (inForce === 'no') {
        return { tone: 'negative' };
      }
      const isPartial =
        inForce !== 'yes' ||
        (missingOn?.length ?? 0) > 0 ||
        profiles.some(
          ({ installed, mode, approval }) =>
            installed.nodes < installed.of ||
            RELAXED_MODES.has(mode) ||
            approval.state === 'stale',
        );
      return { tone: isPartial ? 'warning' : 'positive' };
    }
    case 'runtime-default':
    case 'sandboxed':
      if (inForce === 'yes') {
        return { tone: 'announcement' };
      }
      return inForce === 'no'
        ? { tone: 'negative' }
        : { tone: 'neutral', border: 'dashed' };
    case 'unconfined':
      return { tone: 'negative' };
    case 'unset':
      return {
        tone:
          mechanism === 'seccomp' && inForce !== 'yes' ? 'negative' : 'neutral',
      };
    case 'dangling':
    case 'foreign':
    case 'ambiguous':
      return { tone: 'warning' };
    default:
      return { tone: 'neutral' };
  }
}

function wordOf(texts: Texts, confinement: Confinement): string {
  if (confinement.state === 'profile') {
    return (
      confinement.profileName ??
      (confinement.value || texts.t('confinement.state.profile'))
    );
  }
  return (
    texts.maybe(`confinement.state.${confinement.state}`, {
      value: confinement.value || '?',
    }) ?? confinement.state
  );
}

function meaningOf(
  texts: Texts,
  confinement: Confinement,
  mechanism: Mechanism,
): string | undefined {
  const { state } = confinement;
  if (state === 'unset') {
    return texts.t(
      mechanism === 'seccomp'
        ? 'confinement.meaning.unset.seccomp'
        : 'confinement.meaning.unset.other',
    );
  }
  return texts.maybe(`confinement.meaning.${state}`, {
    field: confinement.field ?? '?',
  });
}

/** The nodes that lack a profile, and how many more there are than the answer names. */
function missingText(
  { t }: Texts,
  { missingOn = [], missingTotal = 0 }: Confinement,
): string {
  const nodes = formatList(missingOn);
  const more = missingTotal - missingOn.length;
  return more > 0 ? t('cell.missingMore', { nodes, count: more }) : nodes;
}

interface BoundByProps {
  binding: Confinement['binding'];
}

/** The binding that set a profile: nothing on a pod tells it, so it is said how that is known. */
function BoundBy(props: BoundByProps) {
  const { binding } = props;
  const { t } = useTexts();
  if (!binding) {
    return null;
  }
  return (
    <>
      <div>
        {t('cell.binding', {
          binding: `${binding.namespace}/${binding.name}`,
        })}
        {': '}
        {binding.because}
      </div>
      {binding.over ? (
        <div>{t('cell.bindingOver', { value: binding.over })}</div>
      ) : null}
    </>
  );
}

interface RecordedProps {
  recording: PostureContainer['recording'];
}

function Recorded(props: RecordedProps) {
  const { recording } = props;
  const { t } = useTexts();
  return recording ? (
    <>
      <dt>{t('cell.recording')}</dt>
      <dd>
        {t(
          recording.recorder === 'logs'
            ? 'cell.recordingLogs'
            : 'cell.recordingOther',
          { name: recording.name, recorder: recording.recorder },
        )}
      </dd>
    </>
  ) : null;
}

interface StartedWithProps {
  revision: PostureContainer['revision'];
}

function StartedWith(props: StartedWithProps) {
  const { revision } = props;
  const texts = useTexts();
  const now = useNow();
  if (!revision) {
    return null;
  }
  const { state, startedAt, because } = revision;
  return (
    <>
      <dt>{texts.t('cell.revision')}</dt>
      <dd>
        <div>{texts.maybe(`cell.revisionState.${state}`) ?? state}</div>
        {startedAt ? (
          <time dateTime={startedAt}>
            {texts.t('cell.startedAt', {
              time: formatMoment(texts, startedAt, now),
            })}
          </time>
        ) : null}
        {because ? <div>{because}</div> : null}
      </dd>
    </>
  );
}

/** Props of {@link ConfinementCell}. */
export interface ConfinementCellProps {
  row: ContainerRow;
  mechanism: Mechanism;
  /** The profiles that this cell's places name. */
  profiles: readonly PostureProfile[];
}

/** What one container runs under for one mechanism; opens where that was set and why it counts as it does. */
export function ConfinementCell(props: ConfinementCellProps) {
  const { row, mechanism, profiles } = props;
  const texts = useTexts();
  const { t, maybe } = texts;
  const url = useUrlState();
  const confinement = row.container.confinement[mechanism];
  const word = wordOf(texts, confinement);
  const isPrivileged = row.container.elevations.some(
    ({ id }) => id === 'privileged',
  );
  const namesSomething =
    confinement.state === 'profile' || confinement.state === 'runtime-default';
  // Nothing to strike through where nothing is named, but privileged still decides.
  const isVoid =
    confinement.inForce === 'no' &&
    (namesSomething || (isPrivileged && mechanism === 'seccomp'));
  const installed = {
    nodes: profiles.reduce((sum, profile) => sum + profile.installed.nodes, 0),
    of: profiles.reduce((sum, profile) => sum + profile.installed.of, 0),
  };
  const nodesText =
    confinement.state === 'profile' && installed.of > 0
      ? t('confinement.nodes', installed)
      : undefined;
  let remark: string | undefined;
  if (isVoid) {
    remark = isPrivileged ? t('confinement.void') : t('confinement.notInForce');
  } else if (
    confinement.inForce === 'will-not-start' &&
    confinement.state !== 'dangling'
  ) {
    remark = t('confinement.willNotStart');
  }
  const recording =
    row.container.recording?.mechanism === mechanism
      ? row.container.recording
      : undefined;
  // What is known of revisions is known of seccomp profiles.
  const revision = mechanism === 'seccomp' ? row.container.revision : undefined;
  const remarks = [
    remark,
    recording ? t('cell.recorded') : undefined,
    revision?.state === 'older' ? t('cell.older') : undefined,
  ].filter(Boolean);
  const plainLook = lookOf(confinement, mechanism, profiles);
  const look: Look =
    plainLook.tone === 'positive' && (recording || revision?.state === 'older')
      ? { tone: 'warning' }
      : plainLook;
  const mechanismName = t(MECHANISM_TEXT[mechanism]);
  const label = [
    t('confinement.aria', { mechanism: mechanismName, value: word }),
    ...remarks,
    nodesText,
    confinement.state === 'unknown' || confinement.state === 'not-applicable'
      ? confinement.because
      : undefined,
    t('confinement.opens'),
  ]
    .filter(Boolean)
    .join(', ');
  const keys = row.places.map(place => place.key);
  const asked = url.get('mechanism');
  // An address that names only the container opens what decides most.
  const opened = MECHANISMS.find(name => name === asked) ?? 'seccomp';
  const isOpen =
    opened === mechanism && keys.includes(url.get('container') ?? '');
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOpen) {
      ref.current?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [isOpen]);
  const setBy =
    maybe(`confinement.setBy.${confinement.setBy}`) ?? confinement.setBy;

  return (
    <div className={lists.cell} ref={ref}>
      <Explain
        look="bare"
        label={label}
        title={t('confinement.title', {
          mechanism: mechanismName,
          container: row.container.name,
        })}
        isOpen={isOpen}
        onOpenChange={open =>
          url.set({
            container: open ? row.id : undefined,
            mechanism: open ? mechanism : undefined,
          })
        }
        content={
          <dl className={lists.facts}>
            <dt>{t('confinement.applies')}</dt>
            <dd>
              <div>{word}</div>
              <div>{meaningOf(texts, confinement, mechanism)}</div>
            </dd>
            <dt>{t('confinement.setWhere')}</dt>
            <dd>
              {confinement.field ? (
                <>
                  <code className={lists.code} translate="no">
                    {confinement.field}
                  </code>
                  {confinement.value ? (
                    <>
                      {' = '}
                      <code className={lists.code} translate="no">
                        {confinement.value}
                      </code>
                    </>
                  ) : null}{' '}
                  ({setBy})
                </>
              ) : (
                t('confinement.setNowhere')
              )}
              <BoundBy binding={confinement.binding} />
            </dd>
            <dt>{t('confinement.inForce')}</dt>
            <dd>
              {maybe(`confinement.inForceValue.${confinement.inForce}`) ??
                confinement.inForce}
            </dd>
            <Recorded recording={recording} />
            <StartedWith revision={revision} />
            {confinement.because ? (
              <>
                <dt>{t('confinement.why')}</dt>
                <dd>{confinement.because}</dd>
              </>
            ) : null}
            <dt>{t('confinement.level')}</dt>
            <dd>
              <LevelBadge level={row.container.level} size="s" />
              <div>{maybe(`levelLine.${row.container.level}`)}</div>
            </dd>
            {profiles.length > 0 ? (
              <>
                <dt>{t('cell.profile')}</dt>
                <dd>
                  {profiles.map(profile => (
                    <ProfileNodes key={profile.id} profile={profile} />
                  ))}
                </dd>
              </>
            ) : null}
            {confinement.missingOn?.length ? (
              <>
                <dt>{t('confinement.nodesTitle')}</dt>
                <dd>
                  {t('confinement.missingOn', {
                    count: Math.max(
                      confinement.missingTotal ?? 0,
                      confinement.missingOn.length,
                    ),
                    nodes: missingText(texts, confinement),
                  })}
                </dd>
              </>
            ) : null}
            <dt>{t('confinement.inClusters')}</dt>
            <dd>
              {row.places.map(({ key, workload, container }) => (
                <div key={key}>
                  {workload.cluster}/{workload.namespace}, {workload.kind}{' '}
                  {workload.name},{' '}
                  {t('cell.podsHere', { count: container.pods })}
                </div>
              ))}
            </dd>
            <ReadOn profiles={profiles} />
          </dl>
        }
      >
        <Chip
          tone={look.tone}
          border={look.border}
          icon={ICONS[confinement.state] ?? <RiQuestionLine {...icon} />}
        >
          <span
            className={isVoid && namesSomething ? chipStyles.struck : undefined}
          >
            {word}
          </span>
          {remarks.length > 0 ? ` ${remarks.join(', ')}` : null}
        </Chip>
      </Explain>
      {nodesText ? (
        <span className={lists.small} aria-hidden>
          {nodesText}
        </span>
      ) : null}
    </div>
  );
}

interface ReadOnProps {
  profiles: readonly PostureProfile[];
}

/** Links from a cell to what it names: the profile, its revisions, its review. */
function ReadOn(props: ReadOnProps) {
  const { profiles } = props;
  const { t } = useTexts();
  const links = useProfileLinks();
  const reviews = useReviewLinks();
  const known = profiles.flatMap(profile => {
    const href = links.profile(profile.id);
    return href ? [{ profile, href }] : [];
  });
  if (known.length === 0) {
    return null;
  }
  return (
    <>
      <dt>{t('cell.links')}</dt>
      <dd>
        {known.map(({ profile, href }) => {
          const { id, name, cluster, approval } = profile;
          const review = approval.reviewId && reviews.review(approval.reviewId);
          return (
            <div key={id}>
              {cluster}:{' '}
              <Link
                href={href}
                aria-label={t('cell.profilePage', { name, cluster })}
              >
                {t('cell.profile')}
              </Link>
              {' · '}
              <Link
                href={links.profile(id, 'revisions') ?? href}
                aria-label={t('cell.revisionsOf', { name, cluster })}
              >
                {t('cell.revisions')}
              </Link>
              {review ? (
                <>
                  {' · '}
                  <Link
                    href={review}
                    aria-label={t('cell.reviewOf', { name, cluster })}
                  >
                    {t('cell.review')}
                  </Link>
                </>
              ) : null}
            </div>
          );
        })}
      </dd>
    </>
  );
}

interface ProfileNodesProps {
  profile: PostureProfile;
}

function ProfileNodes(props: ProfileNodesProps) {
  const { profile } = props;
  const { t, maybe } = useTexts();
  const { installed, cluster, mode } = profile;
  return (
    <div>
      {cluster}:{' '}
      {[
        installed.of > 0
          ? t('profiles.nodesOf', { nodes: installed.nodes, of: installed.of })
          : t('profiles.nodesNone'),
        maybe(`profiles.modeValue.${mode}`) ?? mode,
        installed.missing.length > 0
          ? t('profiles.missing', {
              count: installed.missing.length,
              nodes: formatList(installed.missing),
            })
          : undefined,
      ]
        .filter(Boolean)
        .join(', ')}
    </div>
  );
}

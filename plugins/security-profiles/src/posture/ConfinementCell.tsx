import type { ReactElement } from 'react';
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
  PostureProfile,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { Chip, type Tone } from '../components/Chip';
import chipStyles from '../components/Chip.module.css';
import { Explain } from '../components/Explain';
import { LevelBadge } from '../components/LevelBadge';
import lists from '../components/Lists.module.css';
import { useUrlState } from '../data/useUrlState';
import { formatList } from '../texts/formatTime';
import { useTexts, type Texts } from '../texts/useTexts';
import type { ContainerRow, Mechanism } from './containerRows';

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
  const look = lookOf(confinement, mechanism, profiles);
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
  const mechanismName = t(MECHANISM_TEXT[mechanism]);
  const label = [
    t('confinement.aria', { mechanism: mechanismName, value: word }),
    remark,
    nodesText,
    confinement.state === 'unknown' || confinement.state === 'not-applicable'
      ? confinement.because
      : undefined,
    t('confinement.opens'),
  ]
    .filter(Boolean)
    .join(', ');
  const keys = row.places.map(place => place.key);
  const isOpen =
    url.get('mechanism') === mechanism &&
    keys.includes(url.get('container') ?? '');
  const setBy =
    maybe(`confinement.setBy.${confinement.setBy}`) ?? confinement.setBy;

  return (
    <div className={lists.cell}>
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
            </dd>
            <dt>{t('confinement.inForce')}</dt>
            <dd>
              {maybe(`confinement.inForceValue.${confinement.inForce}`) ??
                confinement.inForce}
            </dd>
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
            {profiles.map(profile => (
              <ProfileNodes key={profile.id} profile={profile} />
            ))}
            {confinement.missingOn?.length ? (
              <>
                <dt>{t('confinement.nodesTitle')}</dt>
                <dd>
                  {t('confinement.missingOn', {
                    count: confinement.missingOn.length,
                    nodes: formatList(confinement.missingOn),
                  })}
                </dd>
              </>
            ) : null}
            <dt>{t('confinement.inClusters')}</dt>
            <dd>
              {row.places.map(({ key, workload }) => (
                <div key={key}>
                  {workload.cluster}/{workload.namespace}, {workload.kind}{' '}
                  {workload.name}
                </div>
              ))}
            </dd>
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
          {remark ? <> {remark}</> : null}
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

interface ProfileNodesProps {
  profile: PostureProfile;
}

function ProfileNodes(props: ProfileNodesProps) {
  const { profile } = props;
  const { t, maybe } = useTexts();
  return (
    <>
      <dt>
        {profile.kind}, {profile.cluster}
      </dt>
      <dd>
        {profile.name}:{' '}
        {profile.installed.of > 0
          ? t('profiles.nodesOf', {
              nodes: profile.installed.nodes,
              of: profile.installed.of,
            })
          : t('profiles.nodesNone')}
        , {maybe(`profiles.modeValue.${profile.mode}`) ?? profile.mode}
        {profile.installed.missing.length > 0
          ? `, ${t('profiles.missing', {
              count: profile.installed.missing.length,
              nodes: formatList(profile.installed.missing),
            })}`
          : null}
      </dd>
    </>
  );
}

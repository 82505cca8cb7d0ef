import type {
  ProfileCallGroups,
  ProfileDetail,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { Alert } from '@backstage/ui';
import { SeverityMark } from '../components/FindingMark';
import lists from '../components/Lists.module.css';
import { Section } from '../components/Section';
import { Terms } from '../components/Term';
import { formatList } from '../texts/formatTime';
import { useTexts } from '../texts/useTexts';
import { actionText } from './callAnswer';
import { callLines, type CallLine } from './callLines';
import { FindSyscall } from './FindSyscall';
import { Fold } from './Fold';
import { OtherRules } from './OtherRules';
import { plainAction } from './plainAction';
import styles from './Profile.module.css';

type CallGroup = ProfileCallGroups['groups'][number];

/** More names than a reader takes in at once are folded, with their number. */
const SHOWN_NAMES = 24;

interface NamesProps {
  names: readonly string[];
}

function Names(props: NamesProps) {
  return (
    <>
      {props.names.map(name => (
        <code key={name} className={lists.code} translate="no">
          {name}
        </code>
      ))}
    </>
  );
}

interface LineProps {
  line: CallLine;
  /** What the heading above has said already. */
  known: string;
}

/** Unusual calls: which, how bad, under which conditions, from where, and why it matters. */
function Line(props: LineProps) {
  const { line, known } = props;
  const { names, action, risk, because, args, broughtBy } = line;
  const texts = useTexts();
  const { t } = texts;
  const folded = names.slice(SHOWN_NAMES);
  return (
    <li>
      <div className={lists.row}>
        {risk ? <SeverityMark severity={risk} /> : null}
        <Names names={names.slice(0, SHOWN_NAMES)} />
        <span className={lists.small}>
          {[
            plainAction(action) === 'ALLOW'
              ? undefined
              : actionText(texts, action),
            broughtBy === undefined
              ? t('change.ownRule')
              : t('change.fromBase', { base: broughtBy }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      {folded.length > 0 ? (
        <Fold
          look="wide"
          summary={t('profilePage.moreCalls', { count: folded.length })}
        >
          <div className={lists.row}>
            <Names names={folded} />
          </div>
        </Fold>
      ) : null}
      {args ? (
        <div className={lists.small}>
          {t('profilePage.onlyIf', { condition: args })}
        </div>
      ) : null}
      {because && because !== known ? (
        <div className={lists.small}>{because}</div>
      ) : null}
    </li>
  );
}

interface BeyondGroupProps {
  group: CallGroup;
}

function BeyondGroup(props: BeyondGroupProps) {
  const { group } = props;
  return (
    <div className={styles.group}>
      <h4 className={styles.subtitle}>
        {group.title} ({group.total})
      </h4>
      {group.because ? <p className={lists.text}>{group.because}</p> : null}
      <ul className={lists.plain}>
        {callLines(group.calls).map(line => (
          <Line key={line.id} line={line} known={group.because} />
        ))}
      </ul>
      <NotListed group={group} />
    </div>
  );
}

/** An answer has a limit; what it leaves out is counted. */
function NotListed(props: { group: CallGroup }) {
  const { group } = props;
  const { t } = useTexts();
  const names = new Set(group.calls.map(({ name }) => name)).size;
  return group.total > names ? (
    <p className={lists.text}>
      {t('profilePage.callsLeft', { shown: names, count: group.total })}
    </p>
  ) : null;
}

interface NamesByGroupProps {
  groups: ProfileCallGroups;
}

/** Ordinary calls: one fold per group, names only. */
function NamesByGroup(props: NamesByGroupProps) {
  return (
    <>
      {props.groups.groups.map(group => (
        <Fold key={group.id} summary={`${group.title} (${group.total})`}>
          <ul className={styles.names}>
            {group.calls.map(call => (
              <li key={`${call.name}/${call.args}`}>
                <code className={lists.code} translate="no">
                  {call.name}
                </code>
                {call.args ? (
                  <span className={lists.small}> ({call.args})</span>
                ) : null}
              </li>
            ))}
          </ul>
          <NotListed group={group} />
        </Fold>
      ))}
    </>
  );
}

/** Props of {@link AllowsTab}. */
export interface AllowsTabProps {
  profile: ProfileDetail;
}

/** What a profile allows: what is unusual first, then the rest, then what it denies beyond the ordinary. */
export function AllowsTab(props: AllowsTabProps) {
  const { profile } = props;
  const { t } = useTexts();
  const { distance } = profile;
  const allowsByDefault =
    profile.mode === 'allows-by-default' || profile.mode === 'logs-by-default';
  if (!distance) {
    return <OtherRules profile={profile} />;
  }
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        {allowsByDefault ? (
          <Alert
            status="warning"
            icon
            title={t('review.rules.allowsByDefault')}
          />
        ) : null}
        <Section
          headingLevel={3}
          anchor="beyond"
          title={t('profilePage.beyond', { count: distance.beyond.total })}
        >
          {distance.beyond.total === 0 ? (
            <p className={lists.text}>{t('profilePage.beyondNone')}</p>
          ) : (
            <Terms terms={['beyond RuntimeDefault', 'syscall']} />
          )}
          {distance.beyond.groups.map(group => (
            <BeyondGroup key={group.id} group={group} />
          ))}
          <p className={lists.text}>
            {t('profilePage.baseline', { baseline: distance.baseline })}
          </p>
          {distance.capabilities.length > 0 ? (
            <Fold
              summary={t('profilePage.capabilities', {
                count: distance.capabilities.length,
              })}
            >
              <p className={lists.text} translate="no">
                {formatList(distance.capabilities)}
              </p>
            </Fold>
          ) : null}
        </Section>
      </div>
      <div className={styles.column}>
        <FindSyscall profile={profile} distance={distance} />
        <Section
          headingLevel={3}
          anchor="within"
          title={t('profilePage.within', { count: distance.within.total })}
        >
          <NamesByGroup groups={distance.within} />
        </Section>
        <Section
          headingLevel={3}
          anchor="denied"
          title={t('profilePage.denied', { count: distance.denied.total })}
        >
          <p className={lists.text}>
            {t(
              distance.denied.total === 0
                ? 'profilePage.deniedNone'
                : 'profilePage.gain',
            )}
          </p>
          <NamesByGroup groups={distance.denied} />
        </Section>
      </div>
    </div>
  );
}

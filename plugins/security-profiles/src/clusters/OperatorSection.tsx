import { Fragment } from 'react';
import { Cell, type ColumnConfig } from '@backstage/ui';
import type { Cluster } from '@security-profiles/backstage-plugin-security-profiles-common';
import { Chip, type Tone } from '../components/Chip';
import lists from '../components/Lists.module.css';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { Section } from '../components/Section';
import { TextCell } from '../components/TextCell';
import { formatList } from '../texts/formatTime';
import { useTexts } from '../texts/useTexts';

type Operator = Cluster['spo'];
type Health = NonNullable<Operator['health']>;
type SwitchRow = NonNullable<Operator['hardening']>[number];

const SWITCH_TONE: Readonly<Record<string, Tone>> = {
  weakened: 'negative',
  open: 'warning',
};

const SWITCH_STATES = ['weakened', 'open', 'unknown', 'hardened'] as const;

const PARTS = ['manager', 'webhook', 'daemon'] as const;

/** A reason of the server, which begins like a clause, at the beginning of a sentence. */
function asSentence(because: string): string {
  return `${because.charAt(0).toLocaleUpperCase('en')}${because.slice(1)}`;
}

interface HealthFactsProps {
  health: Health;
}

function HealthFacts(props: HealthFactsProps) {
  const { health } = props;
  const { t, maybe } = useTexts();
  return (
    <>
      <dt>{t('spo.health')}</dt>
      <dd>
        <Chip
          tone={health.state === 'unhealthy' ? 'negative' : 'neutral'}
          border={health.state === 'unknown' ? 'dashed' : 'solid'}
        >
          {maybe(`spo.healthValue.${health.state}`) ?? health.state}
        </Chip>
        {health.because.map(because => (
          <div key={because}>{because}</div>
        ))}
      </dd>
      {PARTS.map(part => {
        const pods = health[part];
        return pods ? (
          <Fragment key={part}>
            <dt>{t(`spo.${part}`)}</dt>
            <dd>{t('spo.pods', { ready: pods.ready, wanted: pods.wanted })}</dd>
          </Fragment>
        ) : null;
      })}
      {health.features && health.features.length > 0 ? (
        <>
          <dt>{t('spo.features')}</dt>
          <dd translate="no">{formatList(health.features)}</dd>
        </>
      ) : null}
    </>
  );
}

interface SwitchesProps {
  switches: readonly SwitchRow[];
}

function Switches(props: SwitchesProps) {
  const { switches } = props;
  const { t, maybe } = useTexts();
  const rows = [...switches];
  const columns: ColumnConfig<SwitchRow>[] = [
    {
      id: 'field',
      label: t('spo.field'),
      isRowHeader: true,
      defaultWidth: '2fr',
      minWidth: 200,
      cell: ({ field }) => (
        <Cell>
          <code className={lists.code} translate="no">
            {field}
          </code>
        </Cell>
      ),
    },
    {
      id: 'value',
      label: t('spo.value'),
      minWidth: 100,
      cell: ({ value }) => <TextCell>{value || '–'}</TextCell>,
    },
    {
      id: 'state',
      label: t('spo.state'),
      minWidth: 130,
      cell: ({ state }) => (
        <Cell>
          <Chip
            tone={SWITCH_TONE[state] ?? 'neutral'}
            border={state === 'unknown' ? 'dashed' : 'solid'}
          >
            {maybe(`spo.state.${state}`) ?? state}
          </Chip>
        </Cell>
      ),
    },
    {
      id: 'meaning',
      label: t('spo.meaning'),
      defaultWidth: '3fr',
      minWidth: 220,
      cell: ({ because, fix }) => (
        <Cell>
          <span className={lists.text}>
            {because && fix
              ? t('spo.reasonAndFix', { because: asSentence(because), fix })
              : null}
            {because && !fix
              ? t('spo.reason', { because: asSentence(because) })
              : null}
            {because ? null : '–'}
          </span>
        </Cell>
      ),
    },
  ];
  const parts = SWITCH_STATES.map(state => ({
    state,
    count: switches.filter(one => one.state === state).length,
  })).filter(({ count }) => count > 0);
  return (
    <>
      <p className={lists.text}>
        <span className={lists.strong}>{t('spo.switches')}</span>
        {': '}
        {parts
          .map(({ state, count }) => t(`spo.summary.${state}`, { count }))
          .join(' · ')}
      </p>
      <ResponsiveTable columns={columns} rows={rows} />
    </>
  );
}

/** Props of {@link OperatorSection}. */
export interface OperatorSectionProps {
  cluster: Cluster;
}

/** The Security Profiles Operator of a cluster: whether it works, and what of it could be harder. */
export function OperatorSection(props: OperatorSectionProps) {
  const { name, spo } = props.cluster;
  const { t, maybe, locale } = useTexts();
  const { health, hardening = [], version, versionFrom } = spo;
  if (spo.state === 'not-installed' || health?.state === 'not-installed') {
    return (
      <Section headingLevel={3} anchor="operator" title={t('spo.title')}>
        <p className={lists.text}>
          {t('notice.spoNotInstalled', { cluster: name })}
        </p>
      </Section>
    );
  }
  return (
    <Section headingLevel={3} anchor="operator" title={t('spo.title')}>
      <dl className={lists.facts}>
        <dt>{t('spo.version')}</dt>
        <dd>
          {version === null
            ? t('spo.versionUnknown')
            : maybe(`spo.from.${versionFrom}`, { version }) ?? version}
        </dd>
        {health ? <HealthFacts health={health} /> : null}
        {spo.namespace ? (
          <>
            <dt>{t('spo.namespace')}</dt>
            <dd translate="no">{spo.namespace}</dd>
          </>
        ) : null}
        {spo.profiles === undefined ? null : (
          <>
            <dt>{t('spo.profiles')}</dt>
            <dd>{spo.profiles.toLocaleString(locale)}</dd>
          </>
        )}
      </dl>
      {hardening.length > 0 ? <Switches switches={hardening} /> : null}
    </Section>
  );
}

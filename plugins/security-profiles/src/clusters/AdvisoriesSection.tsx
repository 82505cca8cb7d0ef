import { useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Link } from '@backstage/ui';
import type { CiliumAdvisory } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { Chip, type Tone } from '../components/Chip';
import lists from '../components/Lists.module.css';
import { Section } from '../components/Section';
import { ErrorState, LoadingState } from '../components/StateBoundary';
import { useLoaded } from '../data/useLoaded';
import { formatDate } from '../texts/formatTime';
import { useTexts } from '../texts/useTexts';

const MOST = 200;

const TONES: Record<string, Tone> = {
  applies: 'negative',
  'applies-if': 'warning',
};

interface AdvisoryItemProps {
  advisory: CiliumAdvisory;
}

function AdvisoryItem(props: AdvisoryItemProps) {
  const { advisory } = props;
  const { t, maybe } = useTexts();
  const { id, aliases, verdict, severity, title, decidedBy, url } = advisory;
  return (
    <li>
      <div className={lists.row}>
        <Chip
          tone={TONES[verdict] ?? 'neutral'}
          border={
            verdict === 'unknown' || verdict === 'applies-if'
              ? 'dashed'
              : 'solid'
          }
        >
          {maybe(`advisory.verdict.${verdict}`) ?? verdict}
        </Chip>
        <span>{severity}</span>
        {url ? <Link href={url}>{id}</Link> : <span>{id}</span>}
        {aliases.length > 0 ? <span>{aliases.join(', ')}</span> : null}
      </div>
      <p className={lists.text}>{title}</p>
      <p className={lists.text}>
        {advisory.because}{' '}
        {t('advisory.nodes', {
          count: advisory.nodes,
          versions: advisory.versions.join(', '),
        })}
        .
      </p>
      {decidedBy.length > 0 ? (
        <div className={lists.row} translate="no">
          {decidedBy.map(({ key, value }) => (
            <code key={key} className={lists.code}>
              {key} = {value || '""'}
            </code>
          ))}
        </div>
      ) : null}
    </li>
  );
}

/** Props of {@link AdvisoriesSection}. */
export interface AdvisoriesSectionProps {
  clusterId: string;
  now: number;
}

/** What each advisory means for the cluster, with the setting that decides it. */
export function AdvisoriesSection(props: AdvisoriesSectionProps) {
  const { clusterId, now } = props;
  const api = useApi(securityProfilesApiRef);
  const texts = useTexts();
  const { t } = texts;
  const load = useCallback(
    async (signal: AbortSignal) =>
      (
        await api.request('get', '/clusters/{clusterId}/advisories', {
          params: { path: { clusterId }, query: { limit: MOST } },
          signal,
        })
      ).data!,
    [api, clusterId],
  );
  const { data, error, reload } = useLoaded(load);
  return (
    <Section headingLevel={3} anchor="advisories" title={t('advisory.title')}>
      {error && !data ? (
        <ErrorState
          error={error}
          what="state.what.cluster"
          forbidden="state.forbiddenClusters"
          onRetry={reload}
        />
      ) : null}
      {!error && !data ? <LoadingState heights={[120]} /> : null}
      {data && data.items.length === 0 ? (
        <p className={lists.text}>{t('advisory.none')}</p>
      ) : null}
      {data && data.items.length > 0 ? (
        <ul className={lists.plain}>
          {data.items.map(advisory => (
            <AdvisoryItem key={advisory.id} advisory={advisory} />
          ))}
        </ul>
      ) : null}
      {data?.asOf ? (
        <p className={lists.text}>
          {t('advisory.asOf', { date: formatDate(texts, data.asOf, now) })}
        </p>
      ) : null}
    </Section>
  );
}

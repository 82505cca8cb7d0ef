import { useCallback } from 'react';
import { RiCheckLine, RiQuestionLine, RiSubtractLine } from '@remixicon/react';
import { useApi } from '@backstage/core-plugin-api';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { useLoaded } from '../data/useLoaded';
import { formatList } from '../texts/formatTime';
import { useTexts, type Texts } from '../texts/useTexts';
import type { Setup } from '@security-profiles/backstage-plugin-security-profiles-common';
import { Chip } from './Chip';
import lists from './Lists.module.css';
import { Section } from './Section';
import { LoadingState } from './StateBoundary';

const icon = { size: 14, 'aria-hidden': true } as const;

function connectedText(texts: Texts, clusters: Setup['clusters']): string {
  if (clusters.connected === 0) {
    return texts.t('setup.connected.none');
  }
  return clusters.answering === clusters.connected
    ? texts.t('setup.connected.all', { count: clusters.connected })
    : texts.t('setup.connected.some', {
        count: clusters.connected,
        answering: clusters.answering,
      });
}

interface StepMarkProps {
  state: 'done' | 'open' | 'optional';
}

function StepMark(props: StepMarkProps) {
  const { t } = useTexts();
  if (props.state === 'done') {
    return (
      <Chip tone="positive" icon={<RiCheckLine {...icon} />}>
        {t('setup.done')}
      </Chip>
    );
  }
  return props.state === 'open' ? (
    <Chip tone="neutral" border="dashed" icon={<RiQuestionLine {...icon} />}>
      {t('setup.open')}
    </Chip>
  ) : (
    <Chip tone="neutral" icon={<RiSubtractLine {...icon} />}>
      {t('setup.optional')}
    </Chip>
  );
}

/** What has to be set up before anything can be judged, with the progress the server sees. */
export function SetupSteps() {
  const api = useApi(securityProfilesApiRef);
  const texts = useTexts();
  const { t } = texts;
  const load = useCallback(
    async (signal: AbortSignal) =>
      (await api.request('get', '/setup', { signal })).data!,
    [api],
  );
  const { data, error } = useLoaded(load);
  if (!data) {
    return error ? (
      <p className={lists.text}>{t('setup.failed')}</p>
    ) : (
      <LoadingState heights={[120]} />
    );
  }
  const { clusters, entities, operator } = data;
  return (
    <Section headingLevel={3} title={t('setup.intro')}>
      <ol className={lists.plain}>
        <li className={lists.row}>
          <StepMark state={clusters.connected > 0 ? 'done' : 'open'} />
          <span className={lists.strong}>{t('setup.connect')}</span>
          <span>{connectedText(texts, clusters)}</span>
        </li>
        <li className={lists.row}>
          <StepMark state={entities.matched > 0 ? 'done' : 'open'} />
          <span className={lists.strong}>{t('setup.match')}</span>
          <span>
            {t(
              entities.matched > 0 ? 'setup.matched' : 'setup.matchedNone',
              entities,
            )}
          </span>
        </li>
        <li className={lists.row}>
          <StepMark
            state={operator.clusters.length > 0 ? 'done' : 'optional'}
          />
          <span className={lists.strong}>{t('setup.operator')}</span>
          <span>
            {operator.clusters.length > 0
              ? t('setup.operator.in', {
                  clusters: formatList(operator.clusters),
                })
              : t('setup.operator.none')}
          </span>
        </li>
      </ol>
    </Section>
  );
}

import type { ClusterDetail } from '@security-profiles/backstage-plugin-security-profiles-common';
import { Chip } from '../components/Chip';
import lists from '../components/Lists.module.css';
import { Section } from '../components/Section';
import { formatAge, formatList } from '../texts/formatTime';
import { useTexts } from '../texts/useTexts';
import { RollOutBar } from './RollOutBar';

/** Props of {@link FitSection}. */
export interface FitSectionProps {
  cluster: ClusterDetail;
  now: number;
}

/** Roll-out, operator, kernels, Kubernetes and settings: what the version stands on. */
export function FitSection(props: FitSectionProps) {
  const { cluster, now } = props;
  const texts = useTexts();
  const { t } = texts;
  const { dataplane, cilium } = cluster;
  if (!dataplane) {
    return null;
  }
  const { config, kernel, operator, kubernetes } = dataplane;
  const age = formatAge(texts, now - Date.parse(config.changedAt ?? ''));
  return (
    <Section headingLevel={3} anchor="fit" title={t('fit.title')}>
      {dataplane.auditMode === 'on' ? (
        <Chip tone="negative-solid">{t('fit.audit')}</Chip>
      ) : null}
      <dl className={lists.facts}>
        {cilium.rollOut ? (
          <>
            <dt>{t('rollOut.title')}</dt>
            <dd>
              <RollOutBar rollOut={cilium.rollOut} now={now} />
              {dataplane.prepared
                ? t('rollOut.prepared', { version: dataplane.prepared })
                : null}
            </dd>
          </>
        ) : null}
        <dt>{t('fit.operator')}</dt>
        <dd>{operator.because}</dd>
        <dt>{t('fit.kernel')}</dt>
        <dd>
          {kernel.problems.length === 0
            ? t('fit.kernelFits')
            : kernel.problems.map(problem => (
                <div key={problem.because}>
                  {formatList(problem.names)}: {problem.because}
                </div>
              ))}
        </dd>
        <dt>{t('fit.kubernetes')}</dt>
        <dd>{kubernetes.because}</dd>
        <dt>{t('fit.config')}</dt>
        <dd>
          {config.state === 'live' ? t('fit.config.live') : null}
          {config.state === 'not-live'
            ? t('fit.config.not-live', {
                count: config.olderAgents,
                age,
                names: formatList(config.names),
              })
            : null}
          {config.state === 'unknown'
            ? t('fit.config.unknown', {
                reason: dataplane.settingsReason ?? '?',
              })
            : null}
        </dd>
        {dataplane.notReady.length > 0 ? (
          <>
            <dt>{t('fit.notReady')}</dt>
            <dd>
              {dataplane.notReady.map(({ name, version }) => (
                <div key={name}>{t('fit.notReadyOne', { name, version })}</div>
              ))}
            </dd>
          </>
        ) : null}
        {dataplane.without.length > 0 ? (
          <>
            <dt>{t('fit.without')}</dt>
            <dd>
              {dataplane.without.map(({ name, because }) => (
                <div key={name}>
                  {name}: {because}
                </div>
              ))}
            </dd>
          </>
        ) : null}
        {dataplane.disagreements.length > 0 ? (
          <>
            <dt>{t('fit.disagree')}</dt>
            <dd>
              {dataplane.disagreements.map(({ names, tag, version }) => (
                <div key={`${tag} ${version}`}>
                  {t('fit.disagreeOne', {
                    names: formatList(names),
                    tag,
                    version,
                  })}
                </div>
              ))}
            </dd>
          </>
        ) : null}
      </dl>
    </Section>
  );
}

import { Link } from '@backstage/ui';
import type {
  Posture,
  PostureDataplane,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { AdvisoryCounts } from '../clusters/AdvisoryCounts';
import { PlanMark } from '../clusters/PlanMark';
import {
  isInRollOut,
  isLineKnown,
  isReleaseDataOld,
  lineText,
  lineTone,
  patchesText,
  versionsText,
} from '../clusters/cilium';
import { Chip } from '../components/Chip';
import lists from '../components/Lists.module.css';
import { Section } from '../components/Section';
import { Term } from '../components/Term';
import { useClusterLink } from '../data/useClusterLink';
import { formatAge, formatDate } from '../texts/formatTime';
import { useTexts } from '../texts/useTexts';

interface DataplaneRowProps {
  dataplane: PostureDataplane;
  now: number;
}

function DataplaneRow(props: DataplaneRowProps) {
  const { dataplane, now } = props;
  const { cilium } = dataplane;
  const texts = useTexts();
  const { t } = texts;
  const clusterLink = useClusterLink();
  const href = dataplane.clusterId
    ? clusterLink(dataplane.clusterId)
    : undefined;
  const isOld = isReleaseDataOld(dataplane.releasesAsOf, now);
  return (
    <li className={lists.row}>
      {href ? (
        <Link href={href}>{dataplane.cluster}</Link>
      ) : (
        <span className={lists.strong}>{dataplane.cluster}</span>
      )}
      {cilium === null ? (
        <span>
          {t('dataplane.noCilium', {
            reason: dataplane.reason ?? t('dataplane.noCiliumReason'),
          })}
        </span>
      ) : (
        <>
          <span>
            {t('dataplane.version', { version: versionsText(texts, cilium) })}
          </span>
          {isInRollOut(cilium) ? (
            <Chip tone="announcement">{t('dataplane.rollOut')}</Chip>
          ) : null}
          <Chip
            tone={lineTone(cilium.line.state)}
            border={isLineKnown(cilium.line.state) ? 'solid' : 'dashed'}
          >
            {lineText(texts, cilium.line, now)}
          </Chip>
          <Chip
            tone={cilium.patchesBehind ? 'warning' : 'neutral'}
            border={cilium.patchesBehind === null ? 'dashed' : 'solid'}
          >
            {patchesText(texts, cilium, isOld)}
          </Chip>
          {cilium.applying && cilium.applying.length > 0 ? (
            <Chip tone="negative">
              {t('advisory.applyNamed', {
                count: cilium.advisories?.applies ?? cilium.applying.length,
                names: cilium.applying.join(', '),
              })}
            </Chip>
          ) : (
            <AdvisoryCounts counts={cilium.advisories} />
          )}
          {cilium.auditMode === 'on' ? (
            <Chip tone="negative-solid">{t('fit.audit')}</Chip>
          ) : null}
          {cilium.plan ? <PlanMark plan={cilium.plan} now={now} /> : null}
          {dataplane.reason ? <span>{dataplane.reason}</span> : null}
        </>
      )}
    </li>
  );
}

/** Props of {@link DataplaneSection}. */
export interface DataplaneSectionProps {
  posture: Posture;
  now: number;
}

/** The Cilium release below the entity, one row per cluster. */
export function DataplaneSection(props: DataplaneSectionProps) {
  const { posture, now } = props;
  const texts = useTexts();
  const { t } = texts;
  const dates = posture.dataplane
    .map(({ releasesAsOf }) => releasesAsOf)
    .filter(date => date !== undefined)
    .sort();
  const [oldest] = dates;
  const hasCilium = posture.dataplane.some(({ cilium }) => cilium !== null);
  return (
    <Section headingLevel={3} anchor="dataplane" title={t('dataplane.title')}>
      {posture.dataplane.length === 0 ? (
        <p className={lists.text}>{t('dataplane.none')}</p>
      ) : (
        <ul className={lists.plain}>
          {posture.dataplane.map(dataplane => (
            <DataplaneRow
              key={dataplane.cluster}
              dataplane={dataplane}
              now={now}
            />
          ))}
        </ul>
      )}
      {hasCilium ? (
        <p className={lists.text}>
          {oldest
            ? t(
                isReleaseDataOld(oldest, now)
                  ? 'dataplane.releasesOld'
                  : 'dataplane.releases',
                {
                  date: formatDate(texts, oldest, now),
                  age: formatAge(texts, now - Date.parse(oldest)),
                },
              )
            : t('dataplane.releasesNone')}{' '}
          <Term term="release line" />
        </p>
      ) : null}
    </Section>
  );
}

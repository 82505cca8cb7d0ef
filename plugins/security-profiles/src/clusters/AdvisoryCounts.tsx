import type { Cluster } from '@security-profiles/backstage-plugin-security-profiles-common';
import { Chip } from '../components/Chip';
import { useTexts } from '../texts/useTexts';

/** Props of {@link AdvisoryCounts}. */
export interface AdvisoryCountsProps {
  counts: Cluster['cilium']['advisories'];
}

/** How many advisories apply, apply under a condition, or can't be told. */
export function AdvisoryCounts(props: AdvisoryCountsProps) {
  const { counts } = props;
  const { t } = useTexts();
  if (!counts) {
    return (
      <Chip tone="neutral" border="dashed">
        {t('advisory.notJudged')}
      </Chip>
    );
  }
  const open = [
    ...(counts.maybe > 0 ? [t('advisory.maybe', { count: counts.maybe })] : []),
    ...(counts.unknown > 0
      ? [t('advisory.cantTell', { count: counts.unknown })]
      : []),
  ];
  return (
    <>
      <Chip tone={counts.applies > 0 ? 'negative' : 'neutral'}>
        {counts.applies > 0
          ? t('advisory.apply', { count: counts.applies })
          : t('advisory.noneApplies')}
      </Chip>
      {open.length > 0 ? (
        <Chip tone="neutral" border="dashed">
          {open.join(', ')}
        </Chip>
      ) : null}
    </>
  );
}

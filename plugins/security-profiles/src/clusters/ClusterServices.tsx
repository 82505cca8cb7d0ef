import { useMemo } from 'react';
import type { Cluster } from '@security-profiles/backstage-plugin-security-profiles-common';
import { Section } from '../components/Section';
import { EntitiesTable } from '../scorecards/EntitiesTable';
import { useTexts } from '../texts/useTexts';

/** Props of {@link ClusterServices}. */
export interface ClusterServicesProps {
  cluster: Cluster;
}

/** The services that run in a cluster, by owner, each with a link to its tab. */
export function ClusterServices(props: ClusterServicesProps) {
  const { name } = props.cluster;
  const { t } = useTexts();
  const filter = useMemo(() => ({ cluster: name }), [name]);
  return (
    <Section
      headingLevel={3}
      anchor="services"
      title={t('clusterServices.title')}
    >
      <EntitiesTable
        key={name}
        filter={filter}
        sort="owner"
        empty={t('clusterServices.empty')}
      />
    </Section>
  );
}

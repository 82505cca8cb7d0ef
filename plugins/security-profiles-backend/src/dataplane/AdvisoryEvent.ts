import type { AdvisoryVerdict } from '@security-profiles/analysis';
import type { DbClustersRow } from '../database/tables';

/** Topic of {@link AdvisoryEvent} on the portal's events service. */
export const advisoryAppliesTopic = 'security-profiles.advisory.applies';

/** Payload of the event that an advisory newly applies to a cluster. */
export interface AdvisoryEvent {
  cluster: { id: string; name: string; environment: string; owner?: string };
  advisory: Pick<
    AdvisoryVerdict,
    'id' | 'aliases' | 'severity' | 'title' | 'url' | 'because' | 'fixedIn'
  > & {
    /** Versions that run and are affected. */
    versions: string[];
  };
  noticedAt: string;
}

/** Says of one verdict what others may build on. */
export function toAdvisoryEvent(
  cluster: DbClustersRow,
  verdict: AdvisoryVerdict,
  noticedAt: string,
): AdvisoryEvent {
  const { id, aliases, severity, title, url, because, fixedIn, versions } =
    verdict;
  return {
    cluster: {
      id: cluster.id,
      name: cluster.name,
      environment: cluster.environment,
      ...(cluster.owner_ref && { owner: cluster.owner_ref }),
    },
    advisory: {
      id,
      aliases,
      severity,
      title,
      because,
      versions,
      ...(url && { url }),
      ...(fixedIn && { fixedIn }),
    },
    noticedAt,
  };
}

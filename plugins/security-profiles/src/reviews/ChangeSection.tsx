import { useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type {
  Review,
  RevisionComparison,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import lists from '../components/Lists.module.css';
import { Section } from '../components/Section';
import { StateBoundary } from '../components/StateBoundary';
import { serverError } from '../data/serverError';
import { useLoaded } from '../data/useLoaded';
import { ChangeView } from '../profiles/ChangeView';
import { shortDigest } from '../texts/shortDigest';
import { useTexts } from '../texts/useTexts';

interface ComparisonProps {
  /** Objects of the profile, that of a cluster that runs the content first. */
  profileIds: readonly string[];
  from: string;
  to: string;
}

/** `undefined` where no cluster has had both contents. */
interface Compared {
  comparison: RevisionComparison | undefined;
}

function Comparison(props: ComparisonProps) {
  const { from, to } = props;
  const api = useApi(securityProfilesApiRef);
  const { t } = useTexts();
  const idsKey = JSON.stringify(props.profileIds);
  const load = useCallback(
    async (signal: AbortSignal): Promise<Compared> => {
      for (const profileId of JSON.parse(idsKey) as string[]) {
        try {
          const { data } = await api.request(
            'get',
            '/profiles/{profileId}/compare',
            { params: { path: { profileId }, query: { from, to } }, signal },
          );
          return { comparison: data! };
        } catch (error) {
          // This cluster never had one of the two; another one may have.
          if (serverError(error as Error).status !== 404) {
            throw error;
          }
        }
      }
      return { comparison: undefined };
    },
    [api, idsKey, from, to],
  );
  const loaded = useLoaded(load);
  return (
    <StateBoundary
      loaded={loaded}
      what="state.what.comparison"
      forbidden="state.notFound"
      skeleton={[40, 120]}
    >
      {({ comparison }) =>
        comparison ? (
          <ChangeView
            comparison={comparison}
            names={{ from: shortDigest(from), to: shortDigest(to) }}
          />
        ) : (
          <p className={lists.text}>
            {t('reviewPage.change.notCollected', { digest: shortDigest(from) })}
          </p>
        )
      }
    </StateBoundary>
  );
}

/** Props of {@link ChangeSection}. */
export interface ChangeSectionProps {
  review: Review;
}

/** What the kernel gets that the approved content before did not have. */
export function ChangeSection(props: ChangeSectionProps) {
  const { digest, previousDigest, observed, environment, kind } = props.review;
  const { t } = useTexts();
  if (kind !== 'content') {
    return null;
  }
  const profileIds = [...observed]
    .sort((a, b) => Number(b.matches) - Number(a.matches))
    .map(({ profileId }) => profileId);
  return (
    <Section
      headingLevel={3}
      anchor="change"
      title={t('reviewPage.change.title')}
    >
      {previousDigest === undefined ? (
        <p className={lists.text}>
          {t('reviewPage.change.first', { environment })}
        </p>
      ) : (
        <Comparison profileIds={profileIds} from={previousDigest} to={digest} />
      )}
    </Section>
  );
}

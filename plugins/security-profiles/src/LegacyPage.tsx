import { Navigate, Route, Routes, useResolvedPath } from 'react-router-dom';
import { PluginHeader } from '@backstage/ui';
import { RiShieldCheckLine } from '@remixicon/react';
import { AuditPage } from './audit/AuditPage';
import { ClustersPage } from './clusters/ClustersPage';
import { ProfilesPage } from './profiles/ProfilesPage';
import { ReviewsPage } from './reviews/ReviewsPage';
import { ScorecardsPage } from './scorecards/ScorecardsPage';
import { useTexts } from './texts/useTexts';

/** The page with the header that the old frontend system does not draw by itself. */
export function LegacyPage() {
  const { t } = useTexts();
  const root = useResolvedPath('.').pathname.replace(/\/$/, '');
  return (
    <>
      <PluginHeader
        title={t('page.title')}
        icon={<RiShieldCheckLine />}
        titleLink={root}
        tabs={[
          {
            id: 'scorecards',
            label: t('page.scorecards'),
            href: `${root}/scorecards`,
            matchStrategy: 'prefix',
          },
          {
            id: 'clusters',
            label: t('page.clusters'),
            href: `${root}/clusters`,
            matchStrategy: 'prefix',
          },
          {
            id: 'profiles',
            label: t('page.profiles'),
            href: `${root}/profiles`,
            matchStrategy: 'prefix',
          },
          {
            id: 'reviews',
            label: t('page.reviews'),
            href: `${root}/reviews`,
            matchStrategy: 'prefix',
          },
          {
            id: 'audit',
            label: t('page.audit'),
            href: `${root}/audit`,
            matchStrategy: 'prefix',
          },
        ]}
      />
      <Routes>
        <Route path="/" element={<Navigate to="scorecards" replace />} />
        <Route path="/scorecards/*" element={<ScorecardsPage />} />
        <Route path="/clusters/*" element={<ClustersPage />} />
        <Route path="/profiles/*" element={<ProfilesPage />} />
        <Route path="/reviews/*" element={<ReviewsPage />} />
        <Route path="/audit/*" element={<AuditPage />} />
      </Routes>
    </>
  );
}

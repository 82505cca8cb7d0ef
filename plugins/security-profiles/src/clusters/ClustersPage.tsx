import { Route, Routes } from 'react-router-dom';
import { Announcer } from '../components/Announcer';
import sectionStyles from '../components/Section.module.css';
import { ClusterList } from './ClusterList';
import { ClusterPage } from './ClusterPage';

/** The clusters, and below them each cluster. */
export function ClustersPage() {
  return (
    <main className={sectionStyles.main}>
      <Announcer>
        <Routes>
          <Route path="/" element={<ClusterList />} />
          <Route path="/:clusterId" element={<ClusterPage />} />
        </Routes>
      </Announcer>
    </main>
  );
}

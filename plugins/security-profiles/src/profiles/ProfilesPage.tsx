import { Route, Routes } from 'react-router-dom';
import { Announcer } from '../components/Announcer';
import sectionStyles from '../components/Section.module.css';
import { ProfileList } from './ProfileList';
import { ProfilePage } from './ProfilePage';

/** The profiles of all clusters, and below them each profile. */
export function ProfilesPage() {
  return (
    <main className={sectionStyles.main}>
      <Announcer>
        <Routes>
          <Route path="/" element={<ProfileList />} />
          <Route path="/:profileId" element={<ProfilePage />} />
        </Routes>
      </Announcer>
    </main>
  );
}

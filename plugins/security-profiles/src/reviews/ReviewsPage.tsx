import { Route, Routes } from 'react-router-dom';
import { Announcer } from '../components/Announcer';
import sectionStyles from '../components/Section.module.css';
import { ReviewList } from './ReviewList';
import { ReviewPage } from './ReviewPage';

/** The queue of reviews, and below it each review. */
export function ReviewsPage() {
  return (
    <main className={sectionStyles.main}>
      <Announcer>
        <Routes>
          <Route path="/" element={<ReviewList />} />
          <Route path="/:reviewId" element={<ReviewPage />} />
        </Routes>
      </Announcer>
    </main>
  );
}

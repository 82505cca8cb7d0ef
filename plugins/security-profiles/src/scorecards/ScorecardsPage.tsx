import { Announcer } from '../components/Announcer';
import sectionStyles from '../components/Section.module.css';
import { Scorecard } from './Scorecard';

/** The front of the page: who is below target, why, and whom to talk to. */
export function ScorecardsPage() {
  return (
    <main className={sectionStyles.main}>
      <Announcer>
        <Scorecard />
      </Announcer>
    </main>
  );
}

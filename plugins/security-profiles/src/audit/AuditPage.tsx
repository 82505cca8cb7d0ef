import { Announcer } from '../components/Announcer';
import sectionStyles from '../components/Section.module.css';
import { AuditLog } from './AuditLog';

/** The record of approvals: who did what, on which content, and whether the record is whole. */
export function AuditPage() {
  return (
    <main className={sectionStyles.main}>
      <Announcer>
        <AuditLog />
      </Announcer>
    </main>
  );
}

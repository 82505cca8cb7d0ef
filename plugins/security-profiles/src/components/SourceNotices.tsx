import { Alert } from '@backstage/ui';
import type { Source } from '@security-profiles/backstage-plugin-security-profiles-common';
import { useTexts } from '../texts/useTexts';
import lists from './Lists.module.css';
import { sourceNotices } from './noticesOfSources';

/** Props of {@link SourceNotices}. */
export interface SourceNoticesProps {
  sources: readonly Source[];
  now: number;
}

/** What could not be read, beside everything that could. */
export function SourceNotices(props: SourceNoticesProps) {
  const texts = useTexts();
  const notices = sourceNotices(texts, props.sources, props.now);
  if (notices.length === 0) {
    return null;
  }
  return (
    <Alert
      status="info"
      icon
      title={texts.t('notice.title')}
      description={
        <ul className={lists.plain}>
          {notices.map(notice => (
            <li key={notice}>{notice}</li>
          ))}
        </ul>
      }
    />
  );
}

import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  useEntity,
  useEntityPresentation,
} from '@backstage/plugin-catalog-react';
import { Announcer } from '../components/Announcer';
import sectionStyles from '../components/Section.module.css';
import { Scorecard } from './Scorecard';

/** The tab "Security" of a Group or System: the scorecard of what it owns or holds. */
export function GroupScorecardContent() {
  const { entity } = useEntity();
  const ref = stringifyEntityRef(entity);
  const { primaryTitle: name } = useEntityPresentation(entity);
  return (
    <div className={sectionStyles.main}>
      <Announcer>
        {entity.kind.toLocaleLowerCase('en-US') === 'system' ? (
          <Scorecard system={{ ref, name }} />
        ) : (
          <Scorecard owner={{ ref, name }} />
        )}
      </Announcer>
    </div>
  );
}

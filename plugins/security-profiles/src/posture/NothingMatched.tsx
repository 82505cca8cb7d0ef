import type { Posture } from '@security-profiles/backstage-plugin-security-profiles-common';
import lists from '../components/Lists.module.css';
import { PatchBlock } from '../components/PatchBlock';
import { Section } from '../components/Section';
import { SetupSteps } from '../components/SetupSteps';
import { SourceNotices } from '../components/SourceNotices';
import { formatAge } from '../texts/formatTime';
import { useTexts } from '../texts/useTexts';

const ANNOTATION = 'backstage.io/kubernetes-id';

/** Props of {@link NothingMatched}. */
export interface NothingMatchedProps {
  posture: Posture;
  /** How the entity is called in its catalog file. */
  name: string;
  now: number;
}

/** Why no workload belongs to an entity: what was looked for, what comes near, and what to add. */
export function NothingMatched(props: NothingMatchedProps) {
  const { posture, name, now } = props;
  const { matching } = posture;
  const texts = useTexts();
  const { t } = texts;
  if (matching.clusters === 0) {
    return <SetupSteps />;
  }
  const hasAnnotation = matching.selectors.some(
    ({ from }) => from !== undefined && from !== 'name',
  );
  const namespaces = [
    ...new Set(matching.selectors.flatMap(({ namespace }) => namespace ?? [])),
  ];
  const looked = {
    count: matching.clusters,
    selector: matching.selectors
      .map(({ labelSelector }) => t('state.label', { selector: labelSelector }))
      .join(` ${t('state.or')} `),
    namespaces:
      namespaces.length === 0
        ? t('state.allNamespaces')
        : namespaces
            .map(namespace => t('state.namespace', { namespace }))
            .join(` ${t('state.or')} `),
    age: formatAge(texts, now - Date.parse(posture.assessedAt)),
  };
  const patch = {
    format: 'yaml',
    body: `metadata:\n  annotations:\n    ${ANNOTATION}: ${name}\n`,
  };
  return (
    <>
      <Section headingLevel={3} title={t('nextSteps.title')}>
        {hasAnnotation ? null : (
          <>
            <p className={lists.text}>
              {t('state.noAnnotation', {
                annotation: `${ANNOTATION}: ${name}`,
              })}
            </p>
            <PatchBlock patch={patch} purpose={t('setup.match')} />
          </>
        )}
        {looked.selector ? (
          <p className={lists.text}>
            {t(
              hasAnnotation ? 'state.nothingMatched' : 'state.lookedFor',
              looked,
            )}
          </p>
        ) : null}
        {matching.nearMisses?.length ? (
          <ul className={lists.plain}>
            {matching.nearMisses.map(miss => (
              <li
                key={`${miss.cluster}/${miss.namespace}/${miss.kind}/${miss.name}`}
              >
                {t('state.nearMiss', miss)}
              </li>
            ))}
          </ul>
        ) : null}
      </Section>
      <SourceNotices sources={posture.sources} now={now} />
    </>
  );
}

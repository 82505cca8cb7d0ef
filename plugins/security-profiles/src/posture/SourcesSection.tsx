import { Accordion, AccordionPanel, AccordionTrigger } from '@backstage/ui';
import type { Posture } from '@security-profiles/backstage-plugin-security-profiles-common';
import lists from '../components/Lists.module.css';
import { SourcesTable } from '../components/SourcesTable';
import { formatMoment } from '../texts/formatTime';
import { useTexts } from '../texts/useTexts';

/** Props of {@link SourcesSection}. */
export interface SourcesSectionProps {
  posture: Posture;
  now: number;
}

/** Where every fact came from and how old it is. */
export function SourcesSection(props: SourcesSectionProps) {
  const { posture, now } = props;
  const texts = useTexts();
  return (
    <Accordion>
      <AccordionTrigger level={3} title={texts.t('sources.title')} />
      <AccordionPanel>
        <p className={lists.text}>
          {texts.t('sources.rules', {
            rules: posture.rules,
            time: formatMoment(texts, posture.assessedAt, now),
          })}
        </p>
        <SourcesTable sources={posture.sources} now={now} show="cluster" />
      </AccordionPanel>
    </Accordion>
  );
}

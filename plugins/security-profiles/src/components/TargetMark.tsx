import {
  RiArrowDownCircleLine,
  RiCheckboxCircleFill,
  RiQuestionLine,
  RiSubtractLine,
} from '@remixicon/react';
import type { Posture } from '@security-profiles/backstage-plugin-security-profiles-common';
import { useTexts } from '../texts/useTexts';
import { Chip } from './Chip';

/** Props of {@link TargetMark}. */
export interface TargetMarkProps {
  target: Posture['target'];
}

const icon = { size: 16, 'aria-hidden': true } as const;

/** Whether the entity has what it is asked to reach; what people read first. */
export function TargetMark(props: TargetMarkProps) {
  const { target } = props;
  const { t } = useTexts();
  if (target.level === null || target.level === 'none') {
    return (
      <Chip tone="neutral" shape="pill" icon={<RiSubtractLine {...icon} />}>
        {t('target.none')}
      </Chip>
    );
  }
  if (target.met === 'yes') {
    return (
      <Chip
        tone="positive-solid"
        shape="pill"
        icon={<RiCheckboxCircleFill {...icon} />}
      >
        {t('target.met')}
      </Chip>
    );
  }
  if (target.met === 'no') {
    return (
      <Chip
        tone="negative"
        shape="pill"
        icon={<RiArrowDownCircleLine {...icon} />}
      >
        {t('target.missed')}
      </Chip>
    );
  }
  return (
    <Chip
      tone="neutral"
      border="dashed"
      shape="pill"
      icon={<RiQuestionLine {...icon} />}
    >
      {t('target.unknown')}
    </Chip>
  );
}

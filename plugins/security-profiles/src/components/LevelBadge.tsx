import type { ReactElement } from 'react';
import {
  RiQuestionLine,
  RiShieldFlashLine,
  RiShieldKeyholeLine,
  RiShieldLine,
  RiShieldUserLine,
} from '@remixicon/react';
import { VisuallyHidden } from '@backstage/ui';
import { useTexts } from '../texts/useTexts';
import { Chip, type ChipProps } from './Chip';
import styles from './Chip.module.css';

interface Look extends Pick<ChipProps, 'tone' | 'shape' | 'border'> {
  rungs: string;
  icon: ReactElement;
}

const icon = { size: 16, 'aria-hidden': true } as const;

const LOOKS: Record<string, Look> = {
  exposed: {
    rungs: '▰▱▱▱',
    icon: <RiShieldFlashLine {...icon} />,
    tone: 'negative',
    shape: 'square',
  },
  accepted: {
    rungs: '▰▱▱▱ ✓✓',
    icon: <RiShieldUserLine {...icon} />,
    tone: 'announcement',
    shape: 'square',
    border: 'dashed',
  },
  baseline: {
    rungs: '▰▰▰▱',
    icon: <RiShieldLine {...icon} />,
    tone: 'announcement',
    shape: 'small',
  },
  profiled: {
    rungs: '▰▰▰▰',
    icon: <RiShieldKeyholeLine {...icon} />,
    tone: 'positive',
    shape: 'medium',
  },
};

const UNKNOWN: Look = {
  rungs: '▱▱▱▱',
  icon: <RiQuestionLine {...icon} />,
  tone: 'neutral',
  shape: 'small',
  border: 'dashed',
};

/** Props of {@link LevelBadge}. */
export interface LevelBadgeProps {
  /** A level of the wire; one that this version does not know is printed as it is, with the look of unknown. */
  level: string;
  /** `s`: rungs and word, for tables. `m`: with the icon. `l`: once per screen. */
  size: 's' | 'm' | 'l';
}

/** What the kernel enforces, on the ladder from exposed to profiled. */
export function LevelBadge(props: LevelBadgeProps) {
  const { level, size } = props;
  const { t, maybe } = useTexts();
  const look = LOOKS[level] ?? UNKNOWN;
  const word = maybe(`level.${level}`) ?? level;
  return (
    <Chip
      tone={look.tone}
      shape={look.shape}
      border={look.border}
      size={size === 'l' ? 'large' : 'medium'}
      icon={size === 's' ? undefined : look.icon}
    >
      <span aria-hidden className={styles.rungs}>
        {look.rungs}
      </span>{' '}
      <span aria-hidden>{word}</span>
      <VisuallyHidden>{t('level.aria', { level: word })}</VisuallyHidden>
    </Chip>
  );
}

import type { ReactElement, ReactNode } from 'react';
import styles from './Chip.module.css';

/** The meaning of a colour; see the tones of the design. */
export type Tone =
  | 'negative'
  | 'warning'
  | 'announcement'
  | 'positive'
  | 'neutral'
  | 'negative-solid'
  | 'positive-solid';

/** The outline of a chip, which tells states apart without colour. */
export type ChipShape = 'square' | 'small' | 'medium' | 'pill';

const TONE_CLASS: Record<Tone, string> = {
  negative: styles.negative,
  warning: styles.warning,
  announcement: styles.announcement,
  positive: styles.positive,
  neutral: styles.neutral,
  'negative-solid': styles.negativeSolid,
  'positive-solid': styles.positiveSolid,
};

const SHAPE_CLASS: Record<ChipShape, string | undefined> = {
  square: styles.square,
  small: undefined,
  medium: styles.medium,
  pill: styles.pill,
};

/** Props of {@link Chip}. */
export interface ChipProps {
  tone: Tone;
  /** Dashed is the look of what is not known, or not by itself. */
  border?: 'solid' | 'dashed';
  shape?: ChipShape;
  size?: 'medium' | 'large';
  /** Decoration; the word speaks. */
  icon?: ReactElement;
  children: ReactNode;
}

/** A status as glyph, word and colour together. */
export function Chip(props: ChipProps) {
  const { tone, border, shape = 'small', size, icon, children } = props;
  const className = [
    styles.chip,
    TONE_CLASS[tone],
    SHAPE_CLASS[shape],
    border === 'dashed' ? styles.dashed : undefined,
    size === 'large' ? styles.large : undefined,
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <span className={className} data-tone={tone} data-border={border}>
      {icon}
      <span>{children}</span>
    </span>
  );
}

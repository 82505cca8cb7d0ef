import { Chip, type Tone } from './Chip';
import { useTexts } from '../texts/useTexts';

const MODE_TONES: Record<string, Tone> = {
  enforcing: 'positive',
  permissive: 'warning',
  complain: 'warning',
  'allows-by-default': 'negative',
  'logs-by-default': 'negative',
};

/** Props of {@link ModeChip}. */
export interface ModeChipProps {
  /** A mode of the wire; one that this version does not know is printed as it is. */
  mode: string;
}

/** Whether a profile denies, only logs, or lets through what no rule names. */
export function ModeChip(props: ModeChipProps) {
  const { mode } = props;
  const { maybe } = useTexts();
  return (
    <Chip
      tone={MODE_TONES[mode] ?? 'neutral'}
      border={MODE_TONES[mode] || mode === 'disabled' ? 'solid' : 'dashed'}
    >
      {maybe(`profiles.modeValue.${mode}`) ?? mode}
    </Chip>
  );
}

import type { Cluster } from '@security-profiles/backstage-plugin-security-profiles-common';
import lists from '../components/Lists.module.css';
import { formatAge } from '../texts/formatTime';
import { useTexts } from '../texts/useTexts';

/** Props of {@link RollOutBar}. */
export interface RollOutBarProps {
  rollOut: NonNullable<Cluster['cilium']['rollOut']>;
  now: number;
}

/** How many agents have the wanted version, as a bar with its numbers beside it. */
export function RollOutBar(props: RollOutBarProps) {
  const { rollOut, now } = props;
  const texts = useTexts();
  const { t, maybe } = texts;
  const { desired, updated, wanted } = rollOut;
  const state = maybe(`rollOut.state.${rollOut.state}`) ?? rollOut.state;
  return (
    <div className={lists.row}>
      {desired !== undefined && updated !== undefined ? (
        <>
          <progress
            max={Math.max(desired, 1)}
            value={updated}
            aria-label={t('rollOut.aria', { wanted })}
          />
          <span role="status">
            {t('rollOut.progress', { updated, desired })}
          </span>
        </>
      ) : null}
      <span>
        {wanted}: {state}. {rollOut.because}.
      </span>
      {rollOut.lastChange && rollOut.state !== 'done' ? (
        <span>
          {t('rollOut.lastChange', {
            age: formatAge(texts, now - Date.parse(rollOut.lastChange)),
          })}
        </span>
      ) : null}
    </div>
  );
}

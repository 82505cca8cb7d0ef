import type { CiliumVersions } from '@security-profiles/backstage-plugin-security-profiles-common';
import { formatDate } from '../texts/formatTime';
import type { Texts } from '../texts/useTexts';
import type { Tone } from '../components/Chip';

/** Release data older than this many milliseconds may miss patches, so a number of patches is "at least". */
export const RELEASE_DATA_FRESH_FOR = 7 * 24 * 60 * 60 * 1000;

/** Whether newer releases may exist than the ones that were compared with. */
export function isReleaseDataOld(
  releasesAsOf: string | undefined,
  now: number,
): boolean {
  return (
    releasesAsOf === undefined ||
    now - Date.parse(releasesAsOf) > RELEASE_DATA_FRESH_FOR
  );
}

/** "1.20.2 on 6 of 9 nodes, 1.20.1 on 3", and the nodes without an agent. */
export function versionsText(texts: Texts, cilium: CiliumVersions): string {
  const of =
    cilium.nodesWithout +
    cilium.versions.reduce((sum, { nodes }) => sum + nodes, 0);
  const parts = cilium.versions.map(({ version, nodes }, index) => {
    const name =
      version === 'unknown' ? texts.t('clusters.unknownVersion') : version;
    return index === 0
      ? texts.t('dataplane.versionOn', { version: name, nodes, of })
      : texts.t('dataplane.versionOnMore', { version: name, nodes });
  });
  if (cilium.nodesWithout > 0) {
    parts.push(texts.t('dataplane.without', { count: cilium.nodesWithout }));
  }
  return parts.join(', ');
}

/** Agents of more than one version run, so a roll-out is under way or stuck. */
export function isInRollOut(cilium: Pick<CiliumVersions, 'versions'>): boolean {
  return cilium.versions.length > 1;
}

/** How the state of a release line looks. */
export function lineTone(state: string): Tone {
  if (state === 'ended') {
    return 'negative';
  }
  return state === 'last-maintained' ? 'warning' : 'neutral';
}

/** Whether a line's state is known. */
export function isLineKnown(state: string): boolean {
  return ['maintained', 'last-maintained', 'ended', 'vendor'].includes(state);
}

/** The state of a release line in words, with the day when it has ended. */
export function lineText(
  texts: Texts,
  line: CiliumVersions['line'],
  now: number,
): string {
  if (line.state === 'ended' && line.until) {
    return texts.t('dataplane.lineEnded', {
      date: formatDate(texts, line.until, now),
    });
  }
  return texts.maybe(`dataplane.lineState.${line.state}`) ?? line.state;
}

/** How many patches are missing, never more certain than the release data. */
export function patchesText(
  texts: Texts,
  cilium: Pick<CiliumVersions, 'patchesBehind' | 'line'>,
  isOld: boolean,
): string {
  const { patchesBehind, line } = cilium;
  if (line.state === 'ended' && patchesBehind === 0) {
    return texts.t('dataplane.noMore');
  }
  if (patchesBehind === null) {
    return texts.t('dataplane.patchesUnknown');
  }
  if (patchesBehind === 0) {
    return texts.t(isOld ? 'dataplane.newestKnown' : 'dataplane.newest');
  }
  return texts.t(isOld ? 'dataplane.patchesAtLeast' : 'dataplane.patches', {
    count: patchesBehind,
  });
}

import type { Source } from '@security-profiles/backstage-plugin-security-profiles-common';
import { formatList, formatMoment } from '../texts/formatTime';
import type { Texts } from '../texts/useTexts';

const SPO_GROUP = 'security-profiles-operator.x-k8s.io';

function resourceNames(sources: readonly Source[]): string {
  return formatList(
    [...new Set(sources.map(({ resource }) => resource.split('.')[0]))].sort(),
  );
}

function noticeOf(
  texts: Texts,
  cluster: string,
  state: string,
  sources: readonly Source[],
  now: number,
): string | undefined {
  const { t } = texts;
  const [first] = [...sources].sort((a, b) => a.since.localeCompare(b.since));
  const time = formatMoment(texts, first.since, now);
  const reason = first.reason ?? t('freshness.noReason');
  const resource = resourceNames(sources);
  switch (state) {
    case 'forbidden':
      return t('notice.forbidden', { cluster, resource });
    case 'unreachable':
      return t('notice.unreachable', { cluster, time });
    case 'stale':
      return t('notice.stale', { cluster, resource, time });
    case 'failed':
      return t('notice.failed', { cluster, resource, time, reason });
    case 'not-collected':
      return t('notice.notCollected', { cluster, reason });
    case 'not-installed':
      // Without Cilium or a mesh nothing that is said here changes; only the operator is worth a sentence.
      return sources.some(source => source.resource.endsWith(SPO_GROUP))
        ? t('notice.spoNotInstalled', { cluster })
        : undefined;
    default:
      return undefined;
  }
}

/** One sentence per cluster and state for everything that could not be read, and what follows from it. */
export function sourceNotices(
  texts: Texts,
  sources: readonly Source[],
  now: number,
): string[] {
  const groups = new Map<string, Source[]>();
  for (const source of sources) {
    const key = JSON.stringify([source.cluster, source.state]);
    groups.set(key, [...(groups.get(key) ?? []), source]);
  }
  const notices: string[] = [];
  for (const group of groups.values()) {
    const [{ cluster, state }] = group;
    const notice = noticeOf(texts, cluster, state, group, now);
    if (notice) {
      notices.push(notice);
    }
  }
  return notices;
}

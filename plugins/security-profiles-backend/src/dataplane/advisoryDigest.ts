import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { AdvisoryEvent } from './AdvisoryEvent';

/** What a notification says. */
export type AdvisoryDigest = NotificationSendOptions['payload'];

/** What people mute notifications of this kind by. */
export const advisoryNotificationTopic = 'advisory-applies';

const mostAdvisories = 10;
const mostClusters = 5;
const worstFirst = ['critical', 'high', 'normal', 'low'] as const;

/** One message for one owner, however many clusters and advisories it names. */
export function advisoryDigest(
  recipientRef: string,
  events: readonly AdvisoryEvent[],
): AdvisoryDigest {
  const clusters = new Map(
    events.map(({ cluster }) => [cluster.id, cluster.name]),
  );
  const byAdvisory = new Map<string, AdvisoryEvent[]>();
  for (const event of events) {
    const { id } = event.advisory;
    byAdvisory.set(id, [...(byAdvisory.get(id) ?? []), event]);
  }
  const lines = [...byAdvisory.values()]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(describe);
  const [first] = clusters.keys();
  return {
    title: `${count(
      byAdvisory.size,
      'advisory',
      'advisories',
    )} of Cilium newly ${
      byAdvisory.size === 1 ? 'applies' : 'apply'
    } to ${someOf([...clusters.values()], mostClusters)}`,
    description: [
      ...lines.slice(0, mostAdvisories),
      ...(lines.length > mostAdvisories
        ? [`and ${lines.length - mostAdvisories} more`]
        : []),
    ].join('\n'),
    link:
      clusters.size === 1
        ? `/security-profiles/clusters/${encodeURIComponent(first)}`
        : '/security-profiles/clusters',
    severity: worstFirst[Math.min(...events.map(rank))],
    topic: advisoryNotificationTopic,
    // The same message sent again takes the place of the first one. Somebody in two groups gets that of each.
    scope: `advisories:${recipientRef}:${events[0].noticedAt}`,
  };
}

function describe(events: AdvisoryEvent[]): string {
  const [{ advisory }] = events;
  const names = events.map(({ cluster }) => cluster.name);
  return `${advisory.id} (${advisory.severity}) ${advisory.title}: ${someOf(
    names,
    mostClusters,
  )}`;
}

function rank({ advisory }: AdvisoryEvent): number {
  switch (advisory.severity) {
    case 'critical':
      return 0;
    case 'high':
      return 1;
    case 'low':
      return 3;
    default:
      // How bad it is may not be known yet.
      return 2;
  }
}

function someOf(names: string[], most: number): string {
  const sorted = [...names].sort();
  return sorted.length > most
    ? `${sorted.slice(0, most).join(', ')} and ${sorted.length - most} more`
    : sorted.join(', ');
}

function count(total: number, one: string, many: string): string {
  return `${total} ${total === 1 ? one : many}`;
}

import type { MetricsService } from '@backstage/backend-plugin-api/alpha';

/** Which resource of which cluster a measurement is of. */
export interface CollectionLabels {
  cluster: string;
  resource: string;
  [label: string]: string;
}

/** What collection tells of itself to whoever operates the portal. */
export interface CollectionMetrics {
  /** A full list ended; `seconds` over all its pages. */
  listed(
    labels: CollectionLabels,
    list: { seconds: number; objects: number },
  ): void;
  /** A watch ended and is taken up again, or the resource is listed anew. */
  restarted(labels: CollectionLabels): void;
  failed(labels: CollectionLabels & { reason: string }): void;
}

/** For tests and tools that measure otherwise. */
export const noCollectionMetrics: CollectionMetrics = {
  listed: () => {},
  restarted: () => {},
  failed: () => {},
};

/** Metrics by Backstage's metrics service. It is alpha: nothing else of the plugin touches it. */
export function createCollectionMetrics(
  metrics: MetricsService,
): CollectionMetrics {
  const duration = metrics.createHistogram<CollectionLabels>(
    'security_profiles.collection.list.duration',
    { description: 'Time of a full list of one resource', unit: 's' },
  );
  const objects = metrics.createGauge<CollectionLabels>(
    'security_profiles.collection.objects',
    { description: 'Objects of one resource at its last full list' },
  );
  const restarts = metrics.createCounter<CollectionLabels>(
    'security_profiles.collection.restarts',
    { description: 'Watches that ended and were taken up again' },
  );
  const errors = metrics.createCounter<CollectionLabels>(
    'security_profiles.collection.errors',
    { description: 'Reads that failed, by reason' },
  );
  return {
    listed(labels, list) {
      duration.record(list.seconds, labels);
      objects.record(list.objects, labels);
    },
    restarted: labels => restarts.add(1, labels),
    failed: labels => errors.add(1, labels),
  };
}

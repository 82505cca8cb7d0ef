import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Assessor } from '../assess/Assessor';
import type { AdjustableClock } from '../clock/Clock';
import { type Cluster, ManifestsClusterClient } from '../clusters';
import type { Collection } from '../collect/Collection';
import type { Story } from './readStory';

/** Options of {@link runStory}. */
export interface RunStoryOptions {
  story: Story;
  clusters: Cluster[];
  collection: Collection;
  assessor: Assessor;
  clock: AdjustableClock;
  logger: LoggerService;
  signal: AbortSignal;
}

/**
 * Runs the dated steps of the demo's story: at each step's time the cluster is collected and judged through the
 * ordinary services, as if it were then. Afterwards the clock starts at the story's own date.
 */
export async function runStory(options: RunStoryOptions): Promise<void> {
  const { story, clusters, collection, assessor, clock, logger, signal } =
    options;
  const folders = new Map(
    clusters.flatMap(({ name, client }) =>
      client instanceof ManifestsClusterClient ? [[name, client]] : [],
    ),
  );
  for (const step of story.steps) {
    if (signal.aborted) {
      return;
    }
    const folder = folders.get(step.cluster);
    if (!folder) {
      logger.warn(
        `The story's step of ${step.at.toISOString()} names ${
          step.cluster
        }, which is no cluster of manifests; it is left out.`,
      );
      continue;
    }
    clock.set(step.at);
    await folder.overlay(step.objects);
    await collection.syncOnce(step.cluster, { signal });
    await assessor.drain({ signal });
  }
  for (const folder of folders.values()) {
    await folder.overlay(undefined);
  }
  clock.set(story.now);
}

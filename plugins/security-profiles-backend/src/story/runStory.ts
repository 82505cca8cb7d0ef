import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Assessor } from '../assess/Assessor';
import type { AdjustableClock } from '../clock/Clock';
import { type Cluster, ManifestsClusterClient } from '../clusters';
import type { Collection } from '../collect/Collection';
import type { Story, StoryAction } from './readStory';
import type { StoryReviews } from './StoryReviews';

/** Options of {@link runStory}. */
export interface RunStoryOptions {
  story: Story;
  clusters: Cluster[];
  collection: Collection;
  assessor: Assessor;
  /** Asks and votes for the people of the story. */
  reviews: StoryReviews;
  clock: AdjustableClock;
  logger: LoggerService;
  signal: AbortSignal;
}

/**
 * Runs the dated steps of the demo's story: at each step's time the ordinary services collect, judge, ask and vote, as if
 * it were then. Afterwards the clock starts at the story's own date. A step that can't be done is left out with a warning.
 */
export async function runStory(options: RunStoryOptions): Promise<void> {
  const { story, clusters, assessor, clock, logger, signal } = options;
  const folders = new Map(
    clusters.flatMap(({ name, client }) =>
      client instanceof ManifestsClusterClient ? [[name, client]] : [],
    ),
  );
  const act = async (action: StoryAction): Promise<void> => {
    if (action.type === 'observe') {
      const folder = folders.get(action.cluster);
      if (!folder) {
        throw new Error(`${action.cluster} is no cluster of manifests`);
      }
      await folder.overlay(action.objects);
      await options.collection.syncOnce(action.cluster, { signal });
    } else if (action.type === 'ask') {
      await options.reviews.ask(action);
    } else {
      await options.reviews.vote(action);
    }
  };
  if (story.steps.some(({ action }) => action.type !== 'observe')) {
    await options.reviews.untilCatalogIsRead({ signal });
  }
  for (const { at, action } of story.steps) {
    if (signal.aborted) {
      return;
    }
    clock.set(at);
    try {
      await act(action);
    } catch (error) {
      logger.warn(
        `The story's step of ${at.toISOString()} is left out: ${
          error instanceof Error ? error.message : 'unknown error'
        }`,
      );
    }
    await assessor.drain({ signal });
  }
  for (const folder of folders.values()) {
    await folder.overlay(undefined);
  }
  clock.set(story.now);
}

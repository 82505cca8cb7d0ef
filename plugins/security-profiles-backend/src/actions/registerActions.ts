import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionServices } from './ActionServices';
import { registerCompareProfiles } from './compareProfiles';
import { registerExplainPosture } from './explainPosture';
import { registerExplainProfile } from './explainProfile';
import { registerListClusters } from './listClusters';
import { registerListReviews } from './listReviews';
import { registerListServicesBelowTarget } from './listServicesBelowTarget';
import { registerRequestReview } from './requestReview';

/**
 * Registers all actions: tools of MCP, steps of templates and commands of the CLI at once. They read or ask, and never
 * decide.
 */
export function registerActions(
  registry: ActionsRegistryService,
  services: ActionServices,
): void {
  registerListServicesBelowTarget(registry, services);
  registerExplainPosture(registry, services);
  registerExplainProfile(registry, services);
  registerCompareProfiles(registry, services);
  registerListClusters(registry, services);
  registerListReviews(registry, services);
  registerRequestReview(registry, services);
}

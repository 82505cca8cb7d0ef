import { indexProfiles } from '../profiles/profileIndex';
import { ClusterFacts } from './entityFacts';
import { ClusterContext, clusterContext } from './judgeContainer';

/**
 * What is worked out of clusters for all entities alike: their profiles indexed, resolved and compared with
 * RuntimeDefault.
 *
 * @remarks
 * Hand the same one to many calls of `judgeEntity`, and the same object of facts as long as they hold: an entity then costs
 * its own containers and not all profiles of its clusters. It keeps nothing of facts that nobody else holds.
 * @public
 */
export class ClusterContexts {
  private readonly held = new WeakMap<ClusterFacts, ClusterContext>();

  /** @internal */
  of(cluster: ClusterFacts): ClusterContext {
    const known = this.held.get(cluster);
    if (known) {
      return known;
    }
    const context = clusterContext(
      cluster,
      indexProfiles(cluster.profiles.map(({ profile }) => profile)),
    );
    this.held.set(cluster, context);
    return context;
  }
}

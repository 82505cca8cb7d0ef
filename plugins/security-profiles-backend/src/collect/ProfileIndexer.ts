import {
  nodeStatusProfileId,
  type ProfileObject,
} from '@security-profiles/analysis';
import type { CollectedProfile, NodeStates } from '../facts/CollectedFacts';
import { stringifyExactJson } from '../facts/exactJson';
import { profileId } from '../facts/ids';
import type { NodeStatusFacts } from './projections/projectProfile';

/** The profiles of one cluster with their states on the nodes. */
export class ProfileIndexer {
  /** Ids of profiles to write anew; whoever writes them clears it. */
  readonly dirty = new Set<string>();
  private readonly profiles = new Map<string, ProfileObject>();
  private readonly idsByLabel = new Map<string, Set<string>>();
  private readonly statuses = new Map<string, NodeStatusFacts>();
  private readonly statusesByLabel = new Map<
    string,
    Map<string, NodeStatusFacts>
  >();
  private readonly clusterId: string;

  constructor(options: { clusterId: string }) {
    this.clusterId = options.clusterId;
  }

  put(profile: ProfileObject): void {
    const id = profileId(this.clusterId, profile);
    const before = this.profiles.get(id);
    if (before && stringifyExactJson(before) === stringifyExactJson(profile)) {
      return;
    }
    this.profiles.set(id, profile);
    const label = nodeStatusProfileId(profile.kind, profile.name);
    const ids = this.idsByLabel.get(label) ?? new Set();
    this.idsByLabel.set(label, ids.add(id));
    this.dirty.add(id);
  }

  remove(object: {
    kind: ProfileObject['kind'];
    namespace?: string;
    name: string;
  }): void {
    const id = profileId(this.clusterId, object);
    if (this.profiles.delete(id)) {
      this.idsByLabel
        .get(nodeStatusProfileId(object.kind, object.name))
        ?.delete(id);
      this.dirty.add(id);
    }
  }

  putStatus(key: string, status: NodeStatusFacts | undefined): void {
    const before = this.statuses.get(key);
    if (
      before &&
      status &&
      before.state === status.state &&
      before.profileId === status.profileId &&
      before.node === status.node &&
      before.profileUid === status.profileUid
    ) {
      return;
    }
    this.removeStatus(key);
    if (!status) {
      return;
    }
    this.statuses.set(key, status);
    const group = this.statusesByLabel.get(status.profileId) ?? new Map();
    this.statusesByLabel.set(status.profileId, group.set(key, status));
    this.markLabel(status.profileId);
  }

  removeStatus(key: string): void {
    const before = this.statuses.get(key);
    if (before) {
      this.statuses.delete(key);
      this.statusesByLabel.get(before.profileId)?.delete(key);
      this.markLabel(before.profileId);
    }
  }

  ids(): Set<string> {
    return new Set(this.profiles.keys());
  }

  build(id: string): CollectedProfile | undefined {
    const object = this.profiles.get(id);
    if (!object) {
      return undefined;
    }
    const label = nodeStatusProfileId(object.kind, object.name);
    const nodeStates: NodeStates = {};
    for (const status of this.statusesByLabel.get(label)?.values() ?? []) {
      // A status whose owner is another object of the same name (deleted and made anew) proves nothing.
      if (status.profileUid === undefined || status.profileUid === object.uid) {
        nodeStates[status.node] = status.state;
      }
    }
    return {
      id,
      object,
      nodeStates: Object.fromEntries(Object.entries(nodeStates).sort()),
    };
  }

  private markLabel(label: string): void {
    for (const id of this.idsByLabel.get(label) ?? []) {
      this.dirty.add(id);
    }
  }
}

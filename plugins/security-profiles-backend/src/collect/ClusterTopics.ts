import {
  type BindingFacts,
  type OperatorDaemon,
  type OperatorDeployment,
  type OperatorFacts,
  type OperatorSettings,
  type OperatorWebhook,
  type RecordingFacts,
  resolveClusterRights,
  type RoleBindingFacts,
  type RoleFacts,
} from '@security-profiles/analysis';
import type { KubernetesObject } from '../clusters/ClusterSource';
import type { CollectedTopic, TopicName } from '../facts/CollectedFacts';
import { projectBinding, projectRecording } from './projections/projectBinding';
import {
  operatorNames,
  projectOperatorDaemon,
  projectOperatorDeployment,
  projectOperatorSettings,
  projectRuntimeHandler,
  projectWebhooks,
} from './projections/projectOperator';
import { projectRole, projectRoleBinding } from './projections/projectRole';
import { asFlag } from './projections/readFields';
import {
  operatorSettingsKey,
  profileBindingsKey,
  profileRecordingsKey,
  roleBindingKeys,
  roleKeys,
  runtimeClassesKey,
  serviceAccountsKey,
  webhooksKey,
} from './resources';

/** Which sources each topic is made from; it is written once all of them have been read. */
export const topicSources: Readonly<Record<TopicName, readonly string[]>> = {
  bindings: [profileBindingsKey],
  recordings: [profileRecordingsKey],
  'runtime-classes': [runtimeClassesKey],
  webhooks: [webhooksKey],
  'accounts-without-token': [serviceAccountsKey],
  'cluster-rights': [...roleKeys, ...roleBindingKeys],
  operator: [operatorSettingsKey, 'deployments.apps', 'daemonsets.apps'],
};

/** Topics of a source, by its key. */
const topicsOf = new Map<string, TopicName>(
  Object.entries(topicSources).flatMap(([topic, keys]) =>
    keys.map((key): [string, TopicName] => [key, topic as TopicName]),
  ),
);

type Kept =
  | BindingFacts
  | RecordingFacts
  | OperatorWebhook[]
  | OperatorSettings
  | OperatorDeployment
  | OperatorDaemon
  | RoleFacts
  | RoleBindingFacts
  | string;

interface Entry {
  namespace: string;
  name: string;
  kept: Kept;
}

/** What is few in a cluster and concerns more than one workload: each topic is kept and written as a whole. */
export class ClusterTopics {
  /** Topics to write anew; whoever writes them clears it. All at the start, since what is empty has to be told too. */
  readonly dirty = new Set<TopicName>(Object.keys(topicSources) as TopicName[]);
  private readonly entries = new Map<string, Map<string, Entry>>();

  /** Takes an object of one of the sources in; others are left alone. */
  put(resourceKey: string, key: string, object: KubernetesObject): void {
    const kept = this.project(resourceKey, object);
    if (kept === undefined) {
      // It may have been of concern before.
      this.remove(resourceKey, key);
      return;
    }
    const held = this.entries.get(resourceKey) ?? new Map<string, Entry>();
    this.entries.set(resourceKey, held);
    const entry: Entry = {
      namespace: object.metadata.namespace ?? '',
      name: object.metadata.name,
      kept,
    };
    if (JSON.stringify(held.get(key)) !== JSON.stringify(entry)) {
      held.set(key, entry);
      this.dirty.add(topicsOf.get(resourceKey)!);
    }
  }

  remove(resourceKey: string, key: string): void {
    if (this.entries.get(resourceKey)?.delete(key)) {
      this.dirty.add(topicsOf.get(resourceKey)!);
    }
  }

  /** A topic as it stands now. */
  build(name: TopicName): CollectedTopic {
    switch (name) {
      case 'bindings':
        return { name, facts: this.all<BindingFacts>(profileBindingsKey) };
      case 'recordings':
        return { name, facts: this.all<RecordingFacts>(profileRecordingsKey) };
      case 'runtime-classes':
        return {
          name,
          facts: Object.fromEntries(
            this.sorted(runtimeClassesKey).map(entry => [
              entry.name,
              entry.kept as string,
            ]),
          ),
        };
      case 'accounts-without-token':
        return {
          name,
          facts: this.sorted(serviceAccountsKey).map(
            entry => `${entry.namespace}/${entry.name}`,
          ),
        };
      case 'cluster-rights':
        return {
          name,
          facts: resolveClusterRights({
            roles: roleKeys.flatMap(key => this.all<RoleFacts>(key)),
            bindings: roleBindingKeys.flatMap(key =>
              this.all<RoleBindingFacts>(key),
            ),
          }),
        };
      case 'webhooks':
        return { name, facts: this.all<OperatorWebhook[]>(webhooksKey).flat() };
      default:
        return { name, facts: this.operator() };
    }
  }

  private project(
    resourceKey: string,
    object: KubernetesObject,
  ): Kept | undefined {
    const { name } = object.metadata;
    switch (resourceKey) {
      case profileBindingsKey:
        return projectBinding(object);
      case profileRecordingsKey:
        return projectRecording(object);
      case runtimeClassesKey:
        return projectRuntimeHandler(object);
      case webhooksKey:
        return projectWebhooks(object);
      case operatorSettingsKey:
        return projectOperatorSettings(object);
      case serviceAccountsKey:
        // All others have one mounted.
        return asFlag(object.automountServiceAccountToken) === false
          ? 'refused'
          : undefined;
      case roleKeys[0]:
      case roleKeys[1]:
        return projectRole(object);
      case roleBindingKeys[0]:
      case roleBindingKeys[1]:
        return projectRoleBinding(object);
      case 'deployments.apps':
        return name === operatorNames.manager || name === operatorNames.webhook
          ? projectOperatorDeployment(object)
          : undefined;
      case 'daemonsets.apps':
        return name === operatorNames.daemon
          ? projectOperatorDaemon(object)
          : undefined;
      default:
        return undefined;
    }
  }

  /**
   * The operator lives where its settings are. Anybody may name a Deployment like its manager, so the namespace of the
   * settings decides where there are some.
   */
  private operator(): OperatorFacts | null {
    const settings = this.sorted(operatorSettingsKey);
    const managers = this.sorted('deployments.apps').filter(
      ({ name }) => name === operatorNames.manager,
    );
    const namespace = (
      settings.find(one =>
        managers.some(manager => manager.namespace === one.namespace),
      ) ??
      settings[0] ??
      managers[0]
    )?.namespace;
    if (namespace === undefined) {
      return null;
    }
    const find = <T>(resourceKey: string, name?: string): T | undefined =>
      this.sorted(resourceKey).find(
        entry =>
          entry.namespace === namespace &&
          (name === undefined || entry.name === name),
      )?.kept as T | undefined;
    const facts: OperatorFacts = { namespace };
    const manager = find<OperatorDeployment>(
      'deployments.apps',
      operatorNames.manager,
    );
    const webhook = find<OperatorDeployment>(
      'deployments.apps',
      operatorNames.webhook,
    );
    const daemon = find<OperatorDaemon>('daemonsets.apps');
    const own = find<OperatorSettings>(operatorSettingsKey);
    return {
      ...facts,
      ...(manager && { manager }),
      ...(webhook && { webhook }),
      ...(daemon && { daemon }),
      ...(own && { settings: own }),
    };
  }

  private all<T extends Kept>(resourceKey: string): T[] {
    return this.sorted(resourceKey).map(({ kept }) => kept as T);
  }

  /** In an order that does not depend on the watch, so that equal facts have equal JSON. */
  private sorted(resourceKey: string): Entry[] {
    return [...(this.entries.get(resourceKey)?.entries() ?? [])]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, entry]) => entry);
  }
}

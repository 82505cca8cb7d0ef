import type { CiliumNodeConfig } from '@security-profiles/analysis';
import type { KubernetesObject } from '../clusters/ClusterSource';
import type {
  DaemonSetsPart,
  DeploymentsPart,
} from '../facts/CollectedDataplane';
import {
  type DataplanePart,
  projectCiliumNodeConfig,
  projectDataplanePart,
} from './projections/projectCilium';

/** The controllers and settings of one cluster that its dataplane is judged by; the nodes' agents are in {@link NodeIndex}. */
export class DataplaneIndex {
  private readonly parts = {
    DaemonSet: new Map<string, DataplanePart>(),
    Deployment: new Map<string, DataplanePart>(),
  };
  private readonly configs = new Map<string, CiliumNodeConfig>();

  putController(
    key: string,
    kind: 'DaemonSet' | 'Deployment',
    object: KubernetesObject,
  ): void {
    const part = projectDataplanePart(object, kind);
    if (part) {
      this.parts[kind].set(key, part);
    } else {
      this.parts[kind].delete(key);
    }
  }

  removeController(key: string, kind: 'DaemonSet' | 'Deployment'): void {
    this.parts[kind].delete(key);
  }

  putNodeConfig(key: string, object: KubernetesObject): void {
    this.configs.set(key, projectCiliumNodeConfig(object));
  }

  removeNodeConfig(key: string): void {
    this.configs.delete(key);
  }

  daemonSets(): DaemonSetsPart {
    const parts = inOrder(this.parts.DaemonSet);
    const preflight = parts.find(({ part }) => part === 'preflight');
    const other = parts.find(({ part }) => part === 'other-cni');
    return {
      agents: parts.flatMap(one => (one.part === 'agents' ? [one.agents] : [])),
      ...(preflight?.part === 'preflight' && { preflight: preflight.image }),
      components: componentsOf(parts),
      ...(other?.part === 'other-cni' && { otherCni: other.name }),
    };
  }

  deployments(): DeploymentsPart {
    const parts = inOrder(this.parts.Deployment);
    const operator = parts.find(({ part }) => part === 'operator');
    return {
      ...(operator?.part === 'operator' && { operator: operator.operator }),
      components: componentsOf(parts),
    };
  }

  nodeConfigs(): CiliumNodeConfig[] {
    return inOrder(this.configs);
  }

  /** Namespaces of the agents, in which their settings are. */
  agentNamespaces(): string[] {
    return [
      ...new Set(this.daemonSets().agents.map(({ namespace }) => namespace)),
    ];
  }
}

/** The order of a watch is no order: sorted, equal facts have equal JSON. */
function inOrder<T>(map: ReadonlyMap<string, T>): T[] {
  return [...map.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value);
}

function componentsOf(parts: DataplanePart[]): string[] {
  return [
    ...new Set(
      parts.flatMap(one => (one.part === 'component' ? [one.name] : [])),
    ),
  ].sort();
}

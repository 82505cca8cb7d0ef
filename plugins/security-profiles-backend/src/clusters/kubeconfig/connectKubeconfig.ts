import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import type {
  ClusterAdapterContext,
  ClusterEntry,
  ConnectedClusters,
} from '../ClusterAdapter';
import type { Cluster } from '../ClusterSource';
import { KubernetesApiClient } from '../kubernetesApi';
import { readOptionalText, resolvePath } from '../readEntryField';
import { KubeconfigConnector } from './KubeconfigConnector';
import {
  type KubeconfigContext,
  KubeconfigError,
  KubeconfigFiles,
} from './KubeconfigFiles';

/**
 * The clusters of an entry `{ type: kubeconfig, path?, contexts?, name? }`, one per context; without contexts, that of
 * the current one. Throws an `InputError` when the file or a context is missing.
 *
 * Programs named in the file are run (`exec`), so its path comes from the operator's configuration and environment only.
 */
export async function connectKubeconfig(
  entry: ClusterEntry,
  context: ClusterAdapterContext,
): Promise<ConnectedClusters> {
  const path = readOptionalText(entry, 'path');
  const paths = path
    ? [resolvePath(path)]
    : defaultPaths(process.env.KUBECONFIG);
  const files = new KubeconfigFiles(paths);
  try {
    const contexts = readContexts(entry) ?? [await files.currentContext()];
    const name = readOptionalText(entry, 'name');
    if (name && contexts.length > 1) {
      throw new InputError(
        `${entry.key}.name: found a name for ${contexts.length} contexts; leave it out (clusters are then named like their contexts) or write one entry per context`,
      );
    }
    const servers = new Map<string, KubeconfigContext['cluster']>();
    for (const each of contexts) {
      servers.set(each, (await files.context(each)).cluster);
    }
    return contexts.map(each => ({
      name: name ?? each,
      type: 'kubeconfig',
      ...tlsOf(servers.get(each)),
      client: new KubernetesApiClient({
        connector: new KubeconfigConnector({
          files,
          context: each,
          key: entry.key,
          now: context.now,
        }),
        watchSeconds: () => 300 + context.random() * 300,
        now: context.now,
      }),
    }));
  } catch (error) {
    if (error instanceof KubeconfigError) {
      const field = error.part === 'file' ? 'path' : 'contexts';
      throw new InputError(`${entry.key}.${field}: ${error.message}`);
    }
    throw error;
  }
}

function readContexts(entry: ClusterEntry): string[] | undefined {
  const value = entry.config.getOptional('contexts');
  if (value === undefined) {
    return undefined;
  }
  const isValid =
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(each => typeof each === 'string' && each !== '');
  if (!isValid) {
    throw new InputError(
      `${entry.key}.contexts: expected a list of one or more names of contexts; leave it out for the current context`,
    );
  }
  return [...new Set(value as string[])];
}

function defaultPaths(variable: string | undefined): string[] {
  const paths = (variable ?? '').split(delimiter).filter(Boolean);
  return paths.length > 0
    ? paths.map(each => resolve(each))
    : [join(homedir(), '.kube', 'config')];
}

function tlsOf(
  cluster: KubeconfigContext['cluster'] | undefined,
): Pick<Cluster, 'tls'> {
  if (!cluster?.server.startsWith('https:')) {
    return {};
  }
  return { tls: cluster.skipTLSVerify ? 'not-verified' : 'verified' };
}

import { stat } from 'node:fs/promises';
import { InputError } from '@backstage/errors';
import type {
  ClusterAdapterContext,
  ClusterEntry,
  ConnectedClusters,
} from '../ClusterAdapter';
import { readText, resolvePath } from '../readEntryField';
import { ManifestsClusterClient } from './ManifestsClusterClient';

/**
 * The cluster of an entry `{ type: manifests, name, path }`. Throws an `InputError` when there is no such folder.
 */
export async function connectManifests(
  entry: ClusterEntry,
  context: ClusterAdapterContext,
): Promise<ConnectedClusters> {
  const name = readText(entry, 'name', 'a name for the cluster');
  const path = readText(entry, 'path', 'the path of a folder of manifests');
  const folder = resolvePath(path);
  const info = await stat(folder).catch(() => undefined);
  if (!info?.isDirectory()) {
    throw new InputError(
      `${entry.key}.path: ${
        info ? 'not a folder' : 'no folder'
      } at ${path}; expected a folder of manifests, absolute or relative to the backend's working directory`,
    );
  }
  const client = new ManifestsClusterClient({
    clusterName: name,
    folder,
    configuredPath: path,
    firstVersion: context.now(),
  });
  return [{ name, type: 'manifests', client }];
}

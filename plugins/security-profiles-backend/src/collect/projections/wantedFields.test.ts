import { WantedReader } from '../../clusters/kubernetesApi/protobuf/decode';
import { wantedFields } from '../../clusters/kubernetesApi/protobuf/wantedFields';
import type { KubernetesObject } from '../../clusters/ClusterSource';
import { encodeMessage } from '../../testing/encodeProtobuf';
import {
  ephemeralContainers,
  filledObjects,
  unread,
} from '../../testing/filledObjects';
import { recordReads } from '../../testing/recordReads';
import { servedResource } from '../../testing/servedResource';
import { pickWanted, wantedPaths } from '../../testing/wantedPaths';
import { ClusterPicture } from '../ClusterPicture';
import { collectedResources } from '../resources';

const projected = collectedResources.filter(
  ({ key, depth, versions }) =>
    depth === 'object' && wantedFields.has(`${key}/${versions[0]}`),
);

function wantedOf(key: string) {
  return wantedFields.get(`${key}/${servedResource(key).version}`)!;
}

/** The filled objects of a kind, as a server gives them. */
function served(key: string): KubernetesObject[] {
  const { kind } = servedResource(key).resource;
  return filledObjects()
    .filter(object => object.kind === kind)
    .map(object => ({
      ...object,
      metadata: { uid: 'uid', resourceVersion: '7', ...object.metadata },
      ...(kind === 'Pod'
        ? { spec: { ...object.spec, ephemeralContainers } }
        : {}),
    })) as unknown as KubernetesObject[];
}

function put(key: string, object: KubernetesObject) {
  const picture = new ClusterPicture({ clusterId: 'a' });
  picture.put(servedResource(key), object);
  return picture.takeChanges();
}

describe.each(projected.map(({ key }) => key))('What is decoded of %s', key => {
  it('holds every field that its projection asks for', () => {
    const known = new Set([
      ...wantedPaths(wantedOf(key)),
      'apiVersion',
      'kind',
    ]);
    const objects = served(key);
    expect(objects).not.toEqual([]);
    const asked = objects.flatMap(object => [
      ...recordReads(object, observed => put(key, observed)),
    ]);
    // A path that stands here is read by a projection and would be lost in protobuf: add it to wantedFields.ts, with
    // its number in generated.proto, and to testing/filledObjects.ts.
    const unknown = asked.filter(
      path => !known.has(path) && !known.has(parentOf(path)),
    );
    expect([...new Set(unknown)]).toEqual([]);
  });

  it('gives the same projection as the whole object, and nothing beside it', () => {
    for (const object of served(key)) {
      const bytes = encodeMessage(wantedOf(key), object);
      const decoded = new WantedReader(bytes).read(
        wantedOf(key),
        0,
        bytes.length,
      ) as KubernetesObject;
      const { apiVersion, kind, ...rest } = object;
      expect(decoded).toEqual(pickWanted(wantedOf(key), rest));
      expect(put(key, decoded)).toEqual(put(key, object));
      expect(JSON.stringify(decoded)).not.toContain(unread);
    }
  });
});

/** `metadata.labels.*` for the value of a label, whose key may have dots in it. */
function parentOf(path: string): string {
  return path.replace(/((?:labels|annotations|nodeSelector)\.).*$/, '$1*');
}

import fc from 'fast-check';
import type { KubernetesObject } from '../../clusters/ClusterSource';
import { projectNode } from './projectNode';
import { projectPod } from './projectPod';
import { projectNodeStatus, projectProfile } from './projectProfile';
import { projectController, projectOwnerOnly } from './projectWorkload';

/** Field names that the projections look at, so that odd values meet the code that reads them. */
const known = [
  'annotations',
  'appArmorProfile',
  'capabilities',
  'conditions',
  'containers',
  'containerStatuses',
  'ephemeralContainers',
  'ephemeralContainerStatuses',
  'hostPath',
  'image',
  'initContainers',
  'jobTemplate',
  'labels',
  'localhostProfile',
  'name',
  'nodeInfo',
  'nodeSelector',
  'path',
  'seccompProfile',
  'securityContext',
  'seLinuxOptions',
  'spec',
  'state',
  'status',
  'syscalls',
  'sysctls',
  'taints',
  'template',
  'terminated',
  'tolerations',
  'type',
  'usage',
  'volumeMounts',
  'volumes',
  '__proto__',
];

const { value: anything } = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false, 0, -1.5, 'cilium-agent', 'Ready', ''),
    fc.bigInt(),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(fc.constantFrom(...known), fc.string()),
      tie('value'),
      { maxKeys: 8 },
    ),
  ),
}));

const object = fc
  .record({
    metadata: fc
      .record(
        {
          uid: anything,
          namespace: anything,
          labels: anything,
          annotations: anything,
          ownerReferences: anything,
          creationTimestamp: anything,
          deletionTimestamp: anything,
        },
        { requiredKeys: [] },
      )
      .map(metadata => ({ ...metadata, name: 'odd' })),
    spec: anything,
    status: anything,
  })
  .map(value => value as unknown as KubernetesObject);

describe('An object of any shape', () => {
  const options = { apiGroup: 'apps', kind: 'Deployment' };

  it.each<[string, (object: KubernetesObject) => unknown]>([
    ['pod', projectPod],
    ['node', projectNode],
    ['controller', given => projectController(given, options)],
    ['owner', given => projectOwnerOnly(given, options)],
    ['node status', projectNodeStatus],
  ])('never stops the projection of a %s', (_, project) => {
    fc.assert(
      fc.property(object, given => {
        // Everything but a profile is stored as plain JSON, which knows no bigint.
        expect(() => JSON.stringify(project(given))).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });

  it('never stops the projection of a profile', () => {
    fc.assert(
      fc.property(object, given => {
        expect(
          projectProfile(given, {
            kind: 'SeccompProfile',
            version: 'v1',
            namespaced: 'yes',
          }).name,
        ).toBe('odd');
      }),
      { numRuns: 300 },
    );
  });
});

import type { Source } from '@security-profiles/backstage-plugin-security-profiles-common';
import { clusterState, toSource } from './sources';

const webhooks = 'mutatingwebhookconfigurations.admissionregistration.k8s.io';

function source(resource: string, state: string): Source {
  return { cluster: 'eu', resource, state, since: '2026-11-23T09:00:00Z' };
}

describe('The state of a cluster', () => {
  it('is that of the worst of its sources', () => {
    expect(
      clusterState([source('pods', 'fresh'), source('nodes', 'forbidden')])
        .state,
    ).toBe('forbidden');
  });

  it.each(['runtimeclasses.node.k8s.io', webhooks])(
    'is not spoilt by an optional right that is left out: %s',
    resource => {
      const pods = source('pods', 'fresh');
      expect(clusterState([pods, source(resource, 'forbidden')]).state).toBe(
        'fresh',
      );
    },
  );
});

describe('A source that may not be read', () => {
  it('names the rule that is missing, for the one object that is read', () => {
    const row = {
      cluster_id: 'eu',
      resource: webhooks,
      state: 'forbidden',
      since: '2026-11-23T09:00:00Z',
      last_fresh: null,
      object_count: 0,
      reason: null,
    };
    expect(toSource(row, 'eu').missingRule).toEqual({
      apiGroups: ['admissionregistration.k8s.io'],
      resources: ['mutatingwebhookconfigurations'],
      resourceNames: ['spo-mutating-webhook-configuration'],
      verbs: ['get', 'list', 'watch'],
    });
  });
});

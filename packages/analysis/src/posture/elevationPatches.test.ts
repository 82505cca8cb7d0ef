import {
  ContainerSecurityContext,
  PodLevelSpec,
} from '../confinement/podSecurity';
import {
  exampleContainer,
  exampleFacts,
  exampleWorkload,
} from './exampleFacts';
import { judgeEntity } from './judgeEntity';
import { defaultRuleset } from './ruleset';

function patchesOf(
  findingId: string,
  container: {
    securityContext?: ContainerSecurityContext;
    volumeMounts?: { name: string; mountPath: string }[];
    pod?: PodLevelSpec;
  },
): (string | undefined)[] {
  const facts = exampleContainer();
  const { findings } = judgeEntity(
    exampleFacts({
      workloads: [
        exampleWorkload({
          containers: [
            {
              ...facts,
              container: {
                ...facts.container,
                ...container,
                pod: { ...facts.container.pod, ...container.pod },
              },
            },
          ],
        }),
      ],
    }),
    defaultRuleset,
    '2026-11-23T09:00:00Z',
  );
  return findings
    .filter(({ id }) => id === findingId)
    .flatMap(({ fixes }) => fixes.map(({ patch }) => patch?.body));
}

describe('The patch against an elevation', () => {
  it('keeps the capabilities that are no danger', () => {
    expect(
      patchesOf('workload-elevated', {
        securityContext: {
          capabilities: { add: ['SYS_ADMIN', 'NET_BIND_SERVICE'] },
        },
      }),
    ).toEqual([expect.stringContaining('add: [NET_BIND_SERVICE]')]);
  });

  it('masks /proc again', () => {
    expect(
      patchesOf('workload-elevated', {
        securityContext: { procMount: 'Unmasked' },
      }),
    ).toEqual([expect.stringContaining('procMount: Default')]);
  });

  it('takes the pod out of the namespaces of its node', () => {
    const [patch] = patchesOf('workload-shares-host', {
      pod: { hostPID: true, hostNetwork: true },
    });
    expect(patch).toContain('hostPID: false');
    expect(patch).toContain('hostNetwork: false');
  });

  it('takes out the mount alone, since other containers may use the volume', () => {
    const [patch] = patchesOf('kernel-path-mounted', {
      volumeMounts: [
        { name: 'root', mountPath: '/host' },
        { name: 'own', mountPath: '/data' },
      ],
      pod: { hostPaths: [{ name: 'root', path: '/' }] },
    });
    expect(patch).toContain('- $patch: delete\n');
    expect(patch).toContain('mountPath: "/host"');
    expect(patch).not.toContain('/data');
  });
});

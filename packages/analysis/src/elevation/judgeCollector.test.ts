import fc from 'fast-check';
import { listContainers } from '../confinement/listContainers';
import {
  ContainerSecurityContext,
  PodLevelSpec,
} from '../confinement/podSecurity';
import { collectorBaselines, collectorsByImage } from './collectorBaselines';
import { judgeCollector, looksLikeCollector } from './judgeCollector';
import { listElevations } from './listElevations';

function judge(
  image: string,
  securityContext: ContainerSecurityContext,
  options: {
    name?: string;
    pod?: PodLevelSpec;
    paths?: string[];
    readOnly?: boolean;
    kernels?: string[];
  } = {},
) {
  const paths = options.paths ?? [];
  const [container] = listContainers({
    ...options.pod,
    hostPaths: paths.map(path => ({ name: `v${path}`, path })),
    containers: [
      {
        name: options.name ?? 'main',
        image,
        securityContext,
        volumeMounts: paths.map(path => ({
          name: `v${path}`,
          mountPath: path,
          readOnly: options.readOnly,
        })),
      },
    ],
  });
  return judgeCollector(container, {
    elevations: listElevations(container, { pathPrefix: 'spec' }),
    kernels: options.kernels ?? ['6.8.0'],
  });
}

const add = (...capabilities: string[]): ContainerSecurityContext => ({
  capabilities: { drop: ['ALL'], add: capabilities },
});

describe('a collector', () => {
  it.each<[string, ReturnType<typeof judge>, string, string[]]>([
    [
      'Tetragon as its chart has it',
      judge(
        'quay.io/cilium/tetragon:v1.7.0',
        { privileged: true },
        { pod: { hostNetwork: true }, paths: ['/sys/fs/bpf', '/proc'] },
      ),
      'as-designed',
      [],
    ],
    [
      'Tetragon with the processes of the host',
      judge(
        'quay.io/cilium/tetragon:v1.7.0',
        { privileged: true },
        { pod: { hostPID: true } },
      ),
      'beyond-need',
      ['true'],
    ],
    [
      'Tetragon with the root of the host',
      judge(
        'quay.io/cilium/tetragon:v1.7.0',
        { privileged: true },
        { paths: ['/'] },
      ),
      'beyond-need',
      ['/ writable'],
    ],
    [
      'Falco as its chart has it',
      judge(
        'falcosecurity/falco:0.42',
        { privileged: true },
        { paths: ['/proc', '/etc', '/var/run/docker.sock'] },
      ),
      'could-be-leaner',
      [],
    ],
    [
      'Falco with the least',
      judge(
        'mirror.example.org:5000/x/falcosecurity/falco:0.42',
        add('BPF', 'SYS_RESOURCE', 'PERFMON', 'SYS_PTRACE'),
        { paths: ['/proc'], readOnly: true },
      ),
      'lean',
      [],
    ],
    [
      'Inspektor Gadget with all capabilities',
      judge('ghcr.io/inspektor-gadget/inspektor-gadget:v0.50', add('ALL')),
      'beyond-need',
      ['ALL'],
    ],
    [
      'Inspektor Gadget that is privileged',
      judge('ghcr.io/inspektor-gadget/inspektor-gadget:v0.50', {
        privileged: true,
      }),
      'beyond-need',
      ['true'],
    ],
    [
      'the profiler with tracefs read-only',
      judge('example.org/otelcol-ebpf-profiler:1', add('BPF', 'PERFMON'), {
        paths: ['/sys/kernel/tracing'],
        readOnly: true,
      }),
      'as-designed',
      [],
    ],
    [
      'the profiler with tracefs writable',
      judge('example.org/otelcol-ebpf-profiler:1', add('BPF', 'PERFMON'), {
        paths: ['/sys/kernel/tracing'],
      }),
      'beyond-need',
      ['/sys/kernel/tracing writable'],
    ],
    [
      'the OpenTelemetry instrumentation with SYS_ADMIN on a new kernel',
      judge(
        'docker.io/open-telemetry/opentelemetry-ebpf-instrumentation/ebpf-instrument:v1',
        add('BPF', 'SYS_ADMIN'),
      ),
      'could-be-leaner',
      [],
    ],
    [
      'the OpenTelemetry instrumentation with SYS_ADMIN on a kernel without CAP_BPF',
      judge(
        'docker.io/open-telemetry/opentelemetry-ebpf-instrumentation/ebpf-instrument:v1',
        add('SYS_ADMIN'),
        { kernels: ['5.4.0-200-generic', '6.8.0'] },
      ),
      'lean',
      [],
    ],
    [
      'Pixie, whose RuntimeDefault is void',
      judge(
        'ghcr.io/pixie-io/vizier-pem_image:1',
        {
          privileged: true,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        { pod: { hostPID: true, hostNetwork: true }, paths: ['/sys'] },
      ),
      'as-designed',
      [],
    ],
    [
      'a sysctl that no collector sets',
      judge(
        'quay.io/cilium/tetragon:v1.7.0',
        {},
        {
          pod: {
            securityContext: {
              sysctls: [{ name: 'kernel.msgmax', value: '1' }],
            },
          },
        },
      ),
      'beyond-need',
      ['kernel.msgmax=1'],
    ],
  ])('%s is judged', (_, verdict, expected, extras) => {
    expect(verdict?.verdict).toBe(expected);
    expect(verdict?.extras.map(({ value }) => value)).toEqual(extras);
    expect(verdict?.how !== undefined).toBe(expected === 'could-be-leaner');
  });

  it('of an image that serves several containers is judged by its container', () => {
    const agent = 'gcr.io/datadoghq/datadog/agent:7';
    expect(judge(agent, add('SYS_ADMIN'), { name: 'trace-agent' })).toBe(
      undefined,
    );
    expect(judge(agent, add('SYS_ADMIN'), { name: 'system-probe' })).toEqual(
      expect.objectContaining({ verdict: 'as-designed' }),
    );
  });

  it('is nothing that only ends like one', () => {
    expect(judge('example.org/evilfalcosecurity/falco:1', {})).toBeUndefined();
    expect(judge('example.org/notfalco:1', {})).toBeUndefined();
  });

  it('that no baseline describes is known by BPF together with what it needs of the host', () => {
    const elevations = (securityContext: object, paths: string[]) => {
      const [container] = listContainers({
        hostPaths: paths.map(path => ({ name: path, path })),
        containers: [
          {
            name: 'x',
            image: 'x',
            securityContext,
            volumeMounts: paths.map(path => ({ name: path, mountPath: path })),
          },
        ],
      });
      return listElevations(container, { pathPrefix: 'spec' });
    };
    expect(looksLikeCollector(elevations(add('BPF'), ['/sys/fs/bpf']))).toBe(
      true,
    );
    expect(looksLikeCollector(elevations(add('BPF'), []))).toBe(false);
    expect(looksLikeCollector(elevations({}, ['/sys/fs/bpf']))).toBe(false);
  });
});

describe('every baseline', () => {
  it.each(collectorBaselines.map(one => [one.id, one] as const))(
    '%s has a source, and a lean mode that is part of its default',
    (_, one) => {
      expect(one.source).toMatch(/\w{3,}/);
      const allowed = one.asDesigned.capabilities;
      const leanOnly =
        one.asDesigned.privileged === 'no'
          ? (one.lean?.privileges.capabilities ?? []).filter(
              name => !allowed.includes(name),
            )
          : [];
      expect(leanOnly).toEqual([]);
    },
  );

  it.each([
    ['quay.io/cilium/tetragon:v1', 'tetragon'],
    ['docker.io/falcosecurity/falco-no-driver:1', 'falco'],
    ['aquasec/tracee@sha256:ab', 'tracee'],
    ['ghcr.io/inspektor-gadget/inspektor-gadget:v1', 'inspektor-gadget'],
    ['docker.io/grafana/beyla:2', 'beyla'],
    ['ghcr.io/x/otelcol-ebpf-profiler:1', 'opentelemetry-ebpf-profiler'],
    ['grafana/alloy:v1', 'alloy'],
    ['ghcr.io/parca-dev/parca-agent:v1', 'parca-agent'],
    ['gcr.io/pixie-oss/pixie-prod/vizier-pem_image:1', 'pixie'],
    ['ghcr.io/coroot/coroot-node-agent:1', 'coroot'],
    ['gcr.io/datadoghq/datadog/agent:7', 'datadog-system-probe'],
    ['newrelic/newrelic-ebpf-agent:1', 'new-relic-ebpf-agent'],
    ['example.org/shop/cart:1', undefined],
  ])('is found by the image %s: %s', (image, id) => {
    expect(collectorsByImage(image).map(one => one.id)).toEqual(
      id === undefined ? [] : [id],
    );
  });

  it('explains no less when a container asks for more', () => {
    const rank = ['lean', 'as-designed', 'could-be-leaner', 'beyond-need'];
    const images = fc.constantFrom(
      'quay.io/cilium/tetragon:1',
      'falcosecurity/falco:1',
      'ghcr.io/inspektor-gadget/inspektor-gadget:1',
      'aquasec/tracee:1',
    );
    const names = fc.subarray(['BPF', 'PERFMON', 'SYS_ADMIN', 'NET_ADMIN']);
    const paths = fc.subarray(['/proc', '/', '/sys/fs/bpf', '/home']);
    fc.assert(
      fc.property(images, names, names, paths, paths, (image, a, b, p, q) => {
        const less = judge(image, add(...a), { paths: p });
        const more = judge(image, add(...new Set([...a, ...b])), {
          paths: [...new Set([...p, ...q])],
        });
        expect(rank.indexOf(more?.verdict ?? '')).toBeGreaterThanOrEqual(
          rank.indexOf(less?.verdict ?? ''),
        );
      }),
    );
  });
});

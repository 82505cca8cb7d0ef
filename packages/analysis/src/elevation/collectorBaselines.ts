import { imageRepository } from './imageRepository';

/** What a known program may ask of the kernel. */
export interface AllowedPrivileges {
  privileged: 'yes' | 'no';
  /** Without the prefix; of a privileged container every one is allowed. */
  capabilities: readonly string[];
  hostPID?: 'yes';
  hostNetwork?: 'yes';
  /** With what lies below them; a path that ends in `:ro` only read-only. */
  hostPaths: readonly string[];
  /** Mechanisms that its makers switch off. */
  unconfined?: readonly ('seccomp' | 'apparmor' | 'selinux')[];
}

/** What the makers of a known collector have it ask for, and the least that they support. */
export interface CollectorBaseline {
  id: string;
  name: string;
  /** On the repository after the registry, from a `/` or the start: mirrors match too. */
  image: RegExp;
  /** Name of the container, where one image serves several. */
  container?: RegExp;
  /** `workload`: whoever runs this image is a collector; `nothing`: it depends on settings that a pod does not show. */
  recognises: 'workload' | 'nothing';
  asDesigned: AllowedPrivileges;
  lean?: { privileges: AllowedPrivileges; how: string };
  source: string;
}

const bpfTracing = ['/sys/fs/bpf', '/sys/kernel/debug', '/sys/kernel/tracing'];

/**
 * Collectors whose manifests were read, each with its source. An image name is a claim: a baseline explains what a
 * container asks for and never excuses it.
 */
export const collectorBaselines: readonly CollectorBaseline[] = [
  {
    id: 'tetragon',
    name: 'Tetragon',
    image: /\/cilium\/tetragon$/,
    recognises: 'workload',
    asDesigned: {
      privileged: 'yes',
      capabilities: [],
      hostNetwork: 'yes',
      hostPaths: [
        '/sys/fs/bpf',
        '/proc',
        '/var/run/cilium',
        '/run/cilium',
        '/var/run/tetragon',
        '/run/tetragon',
        '/var/log',
        '/var/run/containerd',
        '/run/containerd',
        '/var/run/crio',
        '/run/crio',
      ],
    },
    source: 'cilium/tetragon v1.7.0, install/kubernetes/tetragon',
  },
  {
    id: 'falco',
    name: 'Falco',
    image: /\/falcosecurity\/falco(-no-driver)?$/,
    recognises: 'workload',
    asDesigned: {
      privileged: 'yes',
      capabilities: [],
      hostPaths: [
        '/proc',
        '/boot',
        '/lib/modules',
        '/usr',
        '/etc',
        '/dev',
        '/sys/module',
        '/sys/kernel',
        '/sys/fs/bpf',
        '/root/.falco',
        '/var/run',
        '/run',
      ],
      unconfined: ['apparmor'],
    },
    lean: {
      privileges: {
        privileged: 'no',
        capabilities: ['BPF', 'SYS_RESOURCE', 'PERFMON', 'SYS_PTRACE'],
        hostPaths: ['/proc', '/etc', '/sys/kernel', '/var/run', '/run', '/dev'],
        unconfined: ['apparmor'],
      },
      how: 'set `driver.kind: modern_ebpf` and `driver.modernEbpf.leastPrivileged: true` in its chart (kernel 5.8 or newer)',
    },
    source: 'falcosecurity/charts falco 9.1.0, templates/pod-template.tpl',
  },
  {
    id: 'tracee',
    name: 'Tracee',
    image: /\/aquasec\/tracee$/,
    recognises: 'workload',
    asDesigned: {
      privileged: 'yes',
      capabilities: [],
      hostPID: 'yes',
      hostPaths: [
        '/etc/os-release',
        '/var/run',
        '/run',
        '/tmp',
        '/boot',
        '/lib/modules',
        '/usr/src',
      ],
    },
    lean: {
      privileges: {
        privileged: 'no',
        capabilities: [
          'SYS_RESOURCE',
          'BPF',
          'PERFMON',
          'SYS_PTRACE',
          'NET_ADMIN',
          'SYSLOG',
          'SETPCAP',
          'IPC_LOCK',
        ],
        hostPID: 'yes',
        hostPaths: ['/etc/os-release', '/var/run', '/run', '/tmp'],
      },
      how: 'replace `privileged` by the capabilities of its prerequisites page (kernel 5.8 or newer, perf_event_paranoid 2 or lower)',
    },
    source:
      'aquasecurity/tracee, deploy/helm and docs/docs/install/prerequisites.md',
  },
  {
    id: 'inspektor-gadget',
    name: 'Inspektor Gadget',
    image: /\/inspektor-gadget\/inspektor-gadget$/,
    recognises: 'workload',
    asDesigned: {
      privileged: 'no',
      capabilities: [
        'SYS_ADMIN',
        'SYSLOG',
        'SYS_PTRACE',
        'SYS_RESOURCE',
        'IPC_LOCK',
        'NET_RAW',
        'NET_ADMIN',
        'DAC_READ_SEARCH',
      ],
      hostPaths: [
        '/bin',
        '/etc',
        '/opt',
        '/usr',
        '/run',
        '/var',
        '/proc',
        ...bpfTracing,
      ],
      unconfined: ['apparmor', 'selinux'],
    },
    source: 'inspektor-gadget/inspektor-gadget, charts/gadget',
  },
  {
    id: 'beyla',
    name: 'Beyla',
    image: /\/grafana\/beyla$/,
    recognises: 'workload',
    asDesigned: {
      privileged: 'yes',
      capabilities: [],
      hostPID: 'yes',
      hostNetwork: 'yes',
      hostPaths: ['/sys/fs/cgroup', '/sys/kernel/tracing'],
    },
    lean: {
      privileges: {
        privileged: 'no',
        capabilities: [
          'BPF',
          'SYS_PTRACE',
          'NET_RAW',
          'CHECKPOINT_RESTORE',
          'DAC_READ_SEARCH',
          'PERFMON',
          'SYS_ADMIN',
          'NET_ADMIN',
        ],
        hostPID: 'yes',
        hostNetwork: 'yes',
        hostPaths: ['/sys/fs/cgroup', '/sys/kernel/tracing'],
      },
      how: 'set `privileged: false` in its chart',
    },
    source: 'grafana/beyla, charts/beyla and docs/sources/security.md',
  },
  {
    id: 'opentelemetry-ebpf-instrumentation',
    name: 'OpenTelemetry eBPF Instrumentation',
    image: /\/opentelemetry-ebpf-instrumentation\/ebpf-instrument$/,
    recognises: 'workload',
    asDesigned: {
      privileged: 'yes',
      capabilities: [],
      hostPID: 'yes',
      hostNetwork: 'yes',
      hostPaths: ['/sys/fs/cgroup', '/sys/kernel/tracing'],
    },
    lean: {
      privileges: {
        privileged: 'no',
        capabilities: [
          'BPF',
          'SYS_PTRACE',
          'NET_RAW',
          'CHECKPOINT_RESTORE',
          'DAC_READ_SEARCH',
          'PERFMON',
          'NET_ADMIN',
        ],
        hostPID: 'yes',
        hostNetwork: 'yes',
        hostPaths: ['/sys/fs/cgroup', '/sys/kernel/tracing'],
      },
      how: 'set `privileged: false` in its chart',
    },
    source:
      'open-telemetry/opentelemetry-helm-charts, charts/opentelemetry-ebpf-instrumentation',
  },
  {
    id: 'opentelemetry-ebpf-profiler',
    name: 'OpenTelemetry eBPF profiler',
    image: /\/otelcol-ebpf-profiler$/,
    recognises: 'workload',
    asDesigned: {
      privileged: 'no',
      capabilities: [
        'BPF',
        'PERFMON',
        'SYS_PTRACE',
        'SYS_RESOURCE',
        'DAC_READ_SEARCH',
        'SYSLOG',
        'CHECKPOINT_RESTORE',
        'IPC_LOCK',
      ],
      hostPID: 'yes',
      hostPaths: ['/sys/kernel/tracing:ro'],
      unconfined: ['seccomp', 'apparmor', 'selinux'],
    },
    source:
      'open-telemetry/opentelemetry-helm-charts, charts/opentelemetry-collector, presets.profiling',
  },
  {
    id: 'alloy',
    name: 'Alloy with eBPF components',
    image: /\/grafana\/alloy$/,
    container: /^alloy$/,
    recognises: 'nothing',
    asDesigned: {
      privileged: 'yes',
      capabilities: [],
      hostPID: 'yes',
      hostPaths: ['/sys/kernel/tracing', '/sys/kernel/debug', '/var/log'],
    },
    lean: {
      privileges: {
        privileged: 'no',
        capabilities: [
          'BPF',
          'PERFMON',
          'SYS_PTRACE',
          'CHECKPOINT_RESTORE',
          'SYS_RESOURCE',
          'DAC_READ_SEARCH',
          'SYSLOG',
        ],
        hostPID: 'yes',
        hostPaths: ['/sys/kernel/tracing', '/sys/kernel/debug', '/var/log'],
      },
      how: 'replace `privileged` by the capabilities of the reference of pyroscope.ebpf (kernel 5.9 or newer)',
    },
    source: 'Grafana Alloy v1.20, reference of pyroscope.ebpf',
  },
  {
    id: 'parca-agent',
    name: 'Parca Agent',
    image: /\/parca-dev\/parca-agent$/,
    recognises: 'workload',
    asDesigned: {
      privileged: 'yes',
      capabilities: ['SYS_ADMIN'],
      hostPID: 'yes',
      hostPaths: [
        '/boot',
        '/lib/modules',
        '/sys/kernel/debug',
        '/sys/fs/bpf',
        '/sys/fs/cgroup',
        '/run',
        '/var/run/dbus',
      ],
    },
    source: 'parca-dev/parca-agent, deploy/lib',
  },
  {
    id: 'pixie',
    name: 'Pixie',
    image: /\/(pixie-io\/vizier-pem[^/]*|vizier-pem_image)$/,
    recognises: 'workload',
    asDesigned: {
      privileged: 'yes',
      capabilities: ['SYS_PTRACE', 'SYS_ADMIN'],
      hostPID: 'yes',
      hostNetwork: 'yes',
      hostPaths: ['/sys'],
    },
    source: 'pixie-io/pixie, k8s/vizier/pem/base',
  },
  {
    id: 'coroot',
    name: 'Coroot node agent',
    image: /\/coroot\/coroot-node-agent$/,
    recognises: 'workload',
    asDesigned: {
      privileged: 'yes',
      capabilities: [],
      hostPID: 'yes',
      hostPaths: ['/sys/fs/cgroup', '/sys/kernel/tracing', '/sys/kernel/debug'],
    },
    source: 'coroot/helm-charts, charts/node-agent',
  },
  {
    id: 'datadog-system-probe',
    name: 'Datadog system-probe',
    image: /\/datadog\/agent$/,
    container: /^system-probe$/,
    recognises: 'nothing',
    asDesigned: {
      privileged: 'no',
      capabilities: [
        'SYS_ADMIN',
        'SYS_RESOURCE',
        'SYS_PTRACE',
        'NET_ADMIN',
        'NET_BROADCAST',
        'NET_RAW',
        'IPC_LOCK',
        'CHOWN',
        'DAC_READ_SEARCH',
      ],
      hostPID: 'yes',
      hostPaths: [
        '/proc',
        '/sys/fs/cgroup',
        '/sys/kernel/debug',
        '/etc',
        '/lib/modules',
        '/usr/src',
        '/var/run',
        '/run',
        '/var/lib/kubelet',
        '/boot',
      ],
      unconfined: ['apparmor', 'selinux'],
    },
    source:
      'DataDog/helm-charts, charts/datadog, values.yaml and _container-system-probe.yaml',
  },
  {
    id: 'new-relic-ebpf-agent',
    name: 'New Relic eBPF agent',
    image: /\/newrelic\/newrelic-ebpf-agent$/,
    recognises: 'workload',
    asDesigned: {
      privileged: 'yes',
      capabilities: [],
      hostPID: 'yes',
      hostNetwork: 'yes',
      hostPaths: ['/'],
    },
    source: 'newrelic/helm-charts, charts/nr-ebpf-agent',
  },
];

/** Baselines of programs that this image may be, whatever registry it comes from. */
export function collectorsByImage(reference: string): CollectorBaseline[] {
  const repository = `/${imageRepository(reference).toLowerCase()}`;
  return collectorBaselines.filter(({ image }) => image.test(repository));
}

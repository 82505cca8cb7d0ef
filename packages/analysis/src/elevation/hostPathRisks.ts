import type { Risk } from './risk';

/** How a host path is mounted. */
type Access = 'read-only' | 'writable';

interface HostPathRule {
  category: string;
  /** Exact paths. */
  paths: string[];
  /** Whether what lies below counts too. */
  below: 'included' | 'excluded';
  writable: Risk;
  readOnly: Risk;
  because: string;
}

/**
 * First match wins. A socket or the host's root is as dangerous read-only: connecting and reading need no write access.
 * Source: Kubernetes, Pod Security Standards and "Volumes: hostPath"; hier(7), proc(5), sysfs(5).
 */
const rules: HostPathRule[] = [
  {
    category: 'root',
    paths: ['/'],
    below: 'excluded',
    writable: 'critical',
    readOnly: 'critical',
    because: "the host's root holds every secret and socket of the node",
  },
  {
    category: 'runtime-socket',
    paths: [
      '/run',
      '/var/run',
      '/run/docker.sock',
      '/var/run/docker.sock',
      '/run/containerd',
      '/var/run/containerd',
      '/run/containerd/containerd.sock',
      '/var/run/containerd/containerd.sock',
      '/run/crio',
      '/var/run/crio',
      '/run/crio/crio.sock',
      '/var/run/crio/crio.sock',
      '/run/cri-dockerd.sock',
      '/var/run/cri-dockerd.sock',
      '/run/podman',
      '/run/podman/podman.sock',
      '/var/run/podman/podman.sock',
      '/run/k3s',
      '/run/k3s/containerd',
      '/run/k3s/containerd/containerd.sock',
      '/run/dockershim.sock',
      '/var/run/dockershim.sock',
    ],
    below: 'excluded',
    writable: 'critical',
    readOnly: 'critical',
    because:
      "whoever reaches the container runtime's socket can start any container on the node",
  },
  {
    category: 'kernel-memory',
    paths: ['/dev', '/dev/mem', '/dev/kmem', '/dev/port', '/proc/kcore'],
    below: 'excluded',
    writable: 'critical',
    readOnly: 'high',
    because: "it opens the machine's memory",
  },
  {
    category: 'kernel-debug',
    paths: ['/sys/kernel/debug', '/proc/sysrq-trigger'],
    below: 'included',
    writable: 'critical',
    readOnly: 'high',
    because: "it opens the kernel's debug interfaces",
  },
  {
    category: 'kernel-tracing',
    paths: ['/sys/kernel/tracing'],
    below: 'included',
    writable: 'critical',
    readOnly: 'medium',
    because: "it opens the kernel's tracing",
  },
  {
    category: 'kernel-proc',
    paths: ['/proc', '/proc/sys', '/proc/sys/kernel'],
    below: 'excluded',
    writable: 'critical',
    readOnly: 'high',
    because:
      "the host's /proc holds kernel memory (kcore), sysrq and the core handler",
  },
  {
    category: 'kernel-sys',
    paths: ['/sys', '/sys/kernel', '/sys/firmware'],
    below: 'excluded',
    writable: 'critical',
    readOnly: 'medium',
    because: "the host's /sys holds the kernel's debug interfaces",
  },
  {
    category: 'bpf',
    paths: ['/sys/fs/bpf', '/sys/fs'],
    below: 'included',
    writable: 'high',
    readOnly: 'medium',
    because: 'pinned BPF maps and programs of the node are reachable',
  },
  {
    category: 'cgroup',
    paths: ['/sys/fs/cgroup'],
    below: 'included',
    writable: 'high',
    readOnly: 'low',
    because: "the node's control groups are reachable",
  },
  {
    category: 'kernel-modules',
    paths: ['/lib/modules', '/usr/lib/modules', '/boot', '/usr/src'],
    below: 'included',
    writable: 'high',
    readOnly: 'low',
    because: "the node's kernel and its modules lie there",
  },
  {
    category: 'kernel-proc',
    paths: ['/proc'],
    below: 'included',
    writable: 'high',
    readOnly: 'medium',
    because: "it is part of the host's /proc",
  },
  {
    category: 'kernel-sys',
    paths: ['/sys'],
    below: 'included',
    writable: 'high',
    readOnly: 'medium',
    because: "it is part of the host's /sys",
  },
  {
    category: 'device',
    paths: ['/dev'],
    below: 'included',
    writable: 'medium',
    readOnly: 'medium',
    because: 'a device of the node',
  },
  {
    category: 'node-system',
    paths: [
      '/bin',
      '/etc',
      '/home',
      '/lib',
      '/lib64',
      '/opt',
      '/root',
      '/sbin',
      '/usr',
    ],
    below: 'included',
    writable: 'high',
    readOnly: 'medium',
    because: "the node's own programs, settings or keys lie there",
  },
  {
    category: 'node-system',
    paths: [
      '/var',
      '/var/lib',
      '/var/lib/kubelet',
      '/var/lib/etcd',
      '/var/lib/docker',
      '/var/lib/containerd',
      '/var/lib/containers',
      '/var/lib/rancher',
    ],
    below: 'excluded',
    writable: 'high',
    readOnly: 'medium',
    because: 'data of the kubelet and of all containers of the node lie there',
  },
];

/** What a mounted host path gives away; any path outside the table counts as low. */
export function hostPathRisk(
  path: string,
  access: Access,
): { category: string; risk: Risk; because: string } {
  const clean = cleanPath(path);
  // The longest match speaks: /sys/fs/cgroup is a control group before it is a part of /sys.
  let best: { rule: HostPathRule; length: number } | undefined;
  for (const rule of rules) {
    for (const known of rule.paths) {
      const matches =
        clean === known ||
        (rule.below === 'included' && clean.startsWith(`${known}/`));
      if (matches && (!best || known.length > best.length)) {
        best = { rule, length: known.length };
      }
    }
  }
  if (!best) {
    return {
      category: 'other',
      risk: 'low',
      because: 'it is a path of the node',
    };
  }
  const { rule } = best;
  return {
    category: rule.category,
    risk: access === 'writable' ? rule.writable : rule.readOnly,
    because: rule.because,
  };
}

/** A path as the kernel walks it: `//run/./docker.sock` and `/run/x/../docker.sock` are `/run/docker.sock`. */
export function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of String(path).split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return `/${parts.join('/')}`;
}

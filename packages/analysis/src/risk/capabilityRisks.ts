import type { Risk } from './risk';
import { runtimeCapabilities } from './runtimeCapabilities';

/** What one capability gives away. Source: capabilities(7); api levels of this project for `critical`. */
const risks: Record<string, { risk: Risk; because: string }> = {
  ALL: { risk: 'critical', because: 'every capability of the kernel' },
  SYS_ADMIN: {
    risk: 'critical',
    because: 'mounts, namespaces, BPF and many ways out of the container',
  },
  SYS_MODULE: { risk: 'critical', because: 'it can load code into the kernel' },
  SYS_RAWIO: {
    risk: 'critical',
    because: 'raw access to ports and memory of the machine',
  },
  BPF: { risk: 'critical', because: 'it can load programs into the kernel' },
  SYS_PTRACE: {
    risk: 'high',
    because: 'it can read and change other processes that it sees',
  },
  PERFMON: {
    risk: 'high',
    because: 'it can observe the kernel and every process of the node',
  },
  NET_ADMIN: {
    risk: 'high',
    because: 'it can change routes, filters and interfaces of its network',
  },
  DAC_READ_SEARCH: {
    risk: 'high',
    because: 'it can read any file that it can name by handle',
  },
  SYS_BOOT: { risk: 'high', because: 'it can restart the node' },
  MAC_ADMIN: {
    risk: 'high',
    because: 'it can change the mandatory access control of the node',
  },
  MAC_OVERRIDE: {
    risk: 'high',
    because: 'mandatory access control does not hold it',
  },
  SYSLOG: { risk: 'medium', because: 'it can read kernel addresses and logs' },
  SYS_TIME: { risk: 'medium', because: "it can set the node's clock" },
  SYS_RESOURCE: { risk: 'medium', because: 'it can exceed resource limits' },
  CHECKPOINT_RESTORE: {
    risk: 'medium',
    because: 'it can look into and restore processes',
  },
  AUDIT_CONTROL: {
    risk: 'medium',
    because: "it can switch off the node's audit",
  },
  AUDIT_READ: { risk: 'medium', because: "it can read the node's audit log" },
  IPC_OWNER: {
    risk: 'medium',
    because: 'permissions of shared memory do not hold it',
  },
  LINUX_IMMUTABLE: {
    risk: 'low',
    because: 'it can change the immutable flag of files',
  },
  IPC_LOCK: { risk: 'low', because: 'it can lock memory' },
  LEASE: { risk: 'low', because: 'it can take leases on any file' },
  NET_BROADCAST: { risk: 'low', because: 'it can broadcast and multicast' },
  SYS_NICE: {
    risk: 'low',
    because: 'it can raise the priority of its processes',
  },
  SYS_PACCT: { risk: 'low', because: 'it can switch process accounting' },
  SYS_TTY_CONFIG: { risk: 'low', because: 'it can configure terminals' },
  WAKE_ALARM: { risk: 'low', because: 'it can wake the machine' },
  BLOCK_SUSPEND: { risk: 'low', because: 'it can keep the machine awake' },
};

/** Adding again what every container has elevates nothing. */
const ordinary = new Set(runtimeCapabilities);

/**
 * What a capability gives away; undefined for those that every container has. One that is not in the table counts as
 * medium.
 */
export function capabilityRisk(
  name: string,
): { risk: Risk; because: string } | undefined {
  if (ordinary.has(name)) {
    return undefined;
  }
  return Object.hasOwn(risks, name)
    ? risks[name]
    : {
        risk: 'medium',
        because: 'a capability that this version does not know',
      };
}

import { ApprovalTier } from './approvalEvent';
import { approvalTiers } from './approvalRules';

/** One fact that makes something riskier to agree to. @public */
export interface RiskReason {
  tier: ApprovalTier;
  /** In words, as `allows bpf, which RuntimeDefault does not`. */
  text: string;
}

/** What a tier is decided by: facts of the judgement, never what a requester says. @public */
export interface RiskFacts {
  /** Whether the environment makes up the level of services; where it doesn't, less is at stake. */
  counted: 'yes' | 'no';
  /** For content and uses: what the profile is and allows. */
  profile?: {
    kind: string;
    mode: string;
    resolution: string;
    /** Calls that it allows and RuntimeDefault would not. */
    beyond: readonly string[];
    /** Capabilities that an AppArmor profile lets through. */
    capabilities?: readonly string[];
  };
  /** For grants: what the container asks of the kernel. */
  elevations?: readonly { id: string; risk: string; value: string }[];
  /** For grants: settings of the container, as `unconfined`, `foreign`, `profile`. */
  confinement?: { seccomp: string; appArmor: string; seLinux: string };
  /** Classes of the workloads that are touched; a guessed one doesn't count. */
  classes?: readonly string[];
  /** For waivers. */
  severity?: string;
}

/** How much is at stake, with why. @public */
export interface RiskTier {
  tier: ApprovalTier;
  reasons: string[];
}

/** Ways out of a container, or into other processes. */
const grave = new Set([
  'bpf',
  'finit_module',
  'init_module',
  'delete_module',
  'kexec_load',
  'kexec_file_load',
  'open_by_handle_at',
  'iopl',
  'ioperm',
]);

/** More than a service needs, and often a step of an attack. */
const risky = new Set([
  'ptrace',
  'perf_event_open',
  'process_vm_readv',
  'process_vm_writev',
  'userfaultfd',
  'io_uring_setup',
  'io_uring_enter',
  'io_uring_register',
  'keyctl',
  'add_key',
  'request_key',
  'mount',
  'umount2',
  'pivot_root',
  'setns',
  'unshare',
  'chroot',
  'move_mount',
  'open_tree',
  'fsopen',
  'fsconfig',
  'fsmount',
  'kcmp',
  'quotactl',
  'swapon',
  'swapoff',
  'reboot',
  'syslog',
  'acct',
]);

/** What an AppArmor profile lets through. */
const capabilityTiers = new Map<string, ApprovalTier>([
  ['SYS_ADMIN', 'T3'],
  ['SYS_MODULE', 'T3'],
  ['SYS_RAWIO', 'T3'],
  ['BPF', 'T3'],
  ['NET_ADMIN', 'T2'],
  ['SYS_PTRACE', 'T2'],
  ['PERFMON', 'T2'],
  ['DAC_READ_SEARCH', 'T2'],
]);

const raisedClasses = new Map([
  ['ai-agent', 'an AI agent'],
  ['ebpf-collector', 'an eBPF collector'],
]);

/**
 * How much is at stake. The highest reason wins; an AI agent or an eBPF collector turns T2 into T3.
 *
 * @remarks
 * T3: raw SELinux, a file that no profile describes, calls out of the container, every elevation of critical risk, and
 * Unconfined or no enforcement where it counts. T2: other risky calls beyond RuntimeDefault, elevations of high risk, a
 * mode that doesn't enforce, a base whose registry tag can move. T0: nothing beyond RuntimeDefault.
 * @public
 */
export function riskTier(facts: RiskFacts): RiskTier {
  const reasons = [
    ...ofProfile(facts),
    ...ofElevations(facts),
    ...ofConfinement(facts),
    ...ofSeverity(facts),
  ];
  const highest = reasons.reduce<ApprovalTier>(
    (most, { tier }) => (rank(tier) > rank(most) ? tier : most),
    leastOf(facts),
  );
  const raised = (facts.classes ?? []).flatMap(
    name => raisedClasses.get(name) ?? [],
  );
  if (highest === 'T2' && raised.length > 0) {
    return {
      tier: 'T3',
      reasons: [
        ...reasons.map(({ text }) => text),
        `it is for ${[...new Set(raised)].sort().join(' and ')}`,
      ],
    };
  }
  return {
    tier: highest,
    reasons: reasons
      .filter(({ tier }) => tier === highest)
      .map(({ text }) => text),
  };
}

function rank(tier: ApprovalTier): number {
  return approvalTiers.indexOf(tier);
}

/** What is at stake where nothing speaks for more. */
function leastOf({ profile }: RiskFacts): ApprovalTier {
  return profile?.kind === 'SeccompProfile' &&
    profile.resolution !== 'unresolved' &&
    profile.beyond.length === 0
    ? 'T0'
    : 'T1';
}

function ofProfile({ profile, counted }: RiskFacts): RiskReason[] {
  if (!profile) {
    return [];
  }
  const reasons: RiskReason[] = [];
  if (profile.kind === 'RawSelinuxProfile') {
    reasons.push({
      tier: 'T3',
      text: 'it is a raw SELinux policy, which cannot be read call by call',
    });
  }
  for (const [tier, names] of [
    ['T3', grave],
    ['T2', risky],
  ] as const) {
    const found = profile.beyond.filter(name => names.has(name));
    if (found.length > 0) {
      reasons.push({
        tier,
        text: `it allows ${listed(found)}, which RuntimeDefault does not`,
      });
    }
  }
  if (profile.mode !== 'enforcing') {
    // Where it doesn't count, not to enforce is how profiles are tried.
    reasons.push({
      tier: counted === 'yes' ? 'T2' : 'T1',
      text: `its mode is ${profile.mode}, so it does not hold anything back`,
    });
  }
  if (profile.resolution === 'annotation') {
    reasons.push({
      tier: 'T2',
      text: 'its base is in a registry and not pinned to a digest',
    });
  }
  for (const capability of profile.capabilities ?? []) {
    const tier = capabilityTiers.get(capability.toUpperCase());
    if (tier) {
      reasons.push({
        tier,
        text: `it lets CAP_${capability.toUpperCase()} through`,
      });
    }
  }
  return reasons;
}

function ofElevations({ elevations = [] }: RiskFacts): RiskReason[] {
  return elevations.flatMap<RiskReason>(({ id, risk, value }) => {
    if (risk === 'critical' || id === 'host-pid') {
      return [{ tier: 'T3', text: `it asks for ${named(id, value)}` }];
    }
    return risk === 'high' || risk === 'medium'
      ? [{ tier: 'T2', text: `it asks for ${named(id, value)}` }]
      : [];
  });
}

function named(id: string, value: string): string {
  return value === 'true' || value === '' ? id.replaceAll('-', ' ') : value;
}

function ofConfinement({ confinement, counted }: RiskFacts): RiskReason[] {
  if (!confinement) {
    return [];
  }
  const reasons: RiskReason[] = [];
  const { seccomp } = confinement;
  if (seccomp === 'unconfined' || seccomp === 'unset') {
    reasons.push({
      tier: counted === 'yes' ? 'T3' : 'T2',
      text: 'it runs without a seccomp filter',
    });
  }
  if (Object.values(confinement).includes('foreign')) {
    reasons.push({
      tier: 'T3',
      text: 'it runs under a file that no profile describes',
    });
  }
  return reasons;
}

function ofSeverity({ severity }: RiskFacts): RiskReason[] {
  return severity === 'critical' || severity === 'high'
    ? [{ tier: 'T2', text: `the finding is of ${severity} severity` }]
    : [];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5);
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

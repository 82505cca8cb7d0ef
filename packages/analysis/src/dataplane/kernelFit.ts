import { compareVersions } from './ciliumReleases';
import { SettingReader } from './ciliumSettings';
import { isAtLeast, KernelVersion, kernelVersion } from './kernelVersion';
import { compareMinors, minorOf } from './minorOf';

/** What the kernel of one node means for one version of Cilium. @public */
export interface KernelFit {
  state: 'fits' | 'unfit' | 'known-bad' | 'unknown' | 'not-applicable';
  because: string;
}

/** What of a node its kernel is judged by. @public */
export interface KernelNode {
  kernel?: string;
  osImage?: string;
  architecture?: string;
  operatingSystem?: string;
}

/**
 * Least kernel by minor, and from which release of RHEL 8 its kernel 4.18 will do. Source: cilium,
 * Documentation/operations/system_requirements.rst of each branch.
 */
const requirements: Record<string, { base: [number, number]; rhel8: number }> =
  {
    '1.16': { base: [5, 4], rhel8: 10 },
    '1.17': { base: [5, 4], rhel8: 6 },
    '1.18': { base: [5, 10], rhel8: 10 },
    '1.19': { base: [5, 10], rhel8: 10 },
    '1.20': { base: [5, 10], rhel8: 10 },
  };

/** Kernels that are new enough and break nevertheless. */
const knownBadPairs: {
  matches(kernel: KernelVersion, node: KernelNode, version: string): boolean;
  because: string;
}[] = [
  {
    // cilium/cilium#48016; fixed by #48213, #48376 and #48381.
    matches: ({ numbers }, _, version) =>
      numbers[0] === 7 && numbers[1] === 2 && !isFixed(version),
    because:
      'kernel 7.2 fails the start probe of every version before 1.20.2, 1.19.8 and 1.18.14 (cilium/cilium#48016)',
  },
  {
    matches: ({ numbers }, { architecture }, version) =>
      architecture === 'arm64' &&
      numbers[0] === 6 &&
      numbers[1] === 18 &&
      version === '1.20.0',
    because:
      'kernel 6.18 on arm64 has a known problem with 1.20.0 where enable-bpf-masquerade is on (cilium/cilium#47718)',
  },
  {
    matches: (_, { kernel = '' }) => /^6\.18\.5-talos/.test(kernel),
    because:
      'kernel 6.18.5 of Talos has a known problem with Cilium (cilium/cilium#44216)',
  },
  {
    matches: (_, __, version) => version === '1.18.8',
    because: '1.18.8 refuses kernels that are good (cilium/cilium#44967)',
  },
];

function isFixed(version: string): boolean {
  const fixed: Record<string, string> = {
    '1.18': '1.18.14',
    '1.19': '1.19.8',
    '1.20': '1.20.2',
  };
  const minor = minorOf(version);
  const first = minor === undefined ? undefined : fixed[minor];
  return first === undefined
    ? minor !== undefined && compareMinors(minor, '1.20') > 0
    : compareVersions(version, first) >= 0;
}

/**
 * Features that ask for more than the base, by the setting that switches them on. `backported`: kernels of RHEL carry
 * much that their number does not say. Source: cilium, system_requirements.rst and performance/tuning.rst.
 */
const features: {
  name: string;
  base: [number, number];
  isOn(setting: SettingReader): boolean;
}[] = [
  {
    name: 'BIG TCP for IPv6 (enable-ipv6-big-tcp)',
    base: [5, 19],
    isOn: setting => setting('enable-ipv6-big-tcp') === 'true',
  },
  {
    name: 'BIG TCP for IPv4 (enable-ipv4-big-tcp)',
    base: [6, 3],
    isOn: setting => setting('enable-ipv4-big-tcp') === 'true',
  },
  {
    name: 'BBR (enable-bbr)',
    base: [5, 18],
    isOn: setting => setting('enable-bbr') === 'true',
  },
  {
    name: 'netkit (datapath-mode)',
    base: [6, 8],
    isOn: setting => (setting('datapath-mode') ?? '').startsWith('netkit'),
  },
  {
    name: 'WireGuard (enable-wireguard)',
    base: [5, 6],
    isOn: setting => setting('enable-wireguard') === 'true',
  },
];

/**
 * Whether a version of Cilium can run on a node's kernel. Advice, not proof: the agent probes what the kernel can do.
 *
 * @param settings - values of `cilium-config` by key, for features that ask for more
 * @public
 */
export function kernelFit(
  node: KernelNode,
  version: string,
  settings: SettingReader = () => undefined,
): KernelFit {
  if ((node.operatingSystem ?? 'linux') !== 'linux') {
    return {
      state: 'not-applicable',
      because: `agents run on Linux only, not on ${node.operatingSystem}`,
    };
  }
  const kernel = kernelVersion(node.kernel ?? '');
  if (!kernel) {
    return {
      state: 'unknown',
      because: node.kernel
        ? `the kernel's version can't be read: ${node.kernel.slice(0, 100)}`
        : 'the node reports no kernel',
    };
  }
  const bad = knownBadPairs.find(pair => pair.matches(kernel, node, version));
  if (bad) {
    return { state: 'known-bad', because: bad.because };
  }
  const minor = minorOf(version);
  const required = minor === undefined ? undefined : requirements[minor];
  if (!required) {
    return {
      state: 'unknown',
      because: `the kernel that Cilium ${minor ?? version} needs is not known`,
    };
  }
  const base = required.base.join('.');
  if (!isAtLeast(kernel, required.base)) {
    return oldKernel(kernel, `Cilium ${minor}`, required.rhel8, base);
  }
  return (
    featureFit(kernel, settings) ?? {
      state: 'fits',
      because: `Cilium ${minor} needs ${base}`,
    }
  );
}

/** A kernel below the base: RHEL 8 is the exception, where its release is new enough. */
function oldKernel(
  { numbers, rhel }: KernelVersion,
  cilium: string,
  rhel8: number,
  base: string,
): KernelFit {
  const exempt = rhel?.major === 8 && numbers[0] === 4 && numbers[1] === 18;
  if (exempt && rhel.minor === undefined) {
    return {
      state: 'unknown',
      because: `${cilium} runs on RHEL 8.${rhel8}, and the kernel does not say which RHEL 8 it is of`,
    };
  }
  if (exempt && rhel.minor! >= rhel8) {
    return {
      state: 'fits',
      because: `${cilium} needs ${base}, or RHEL 8.${rhel8}, which has the changes that matter`,
    };
  }
  return {
    state: 'unfit',
    because: `${cilium} needs ${base}, or RHEL 8.${rhel8}; this is ${numbers.join(
      '.',
    )}`,
  };
}

function featureFit(
  kernel: KernelVersion,
  settings: SettingReader,
): KernelFit | undefined {
  const missing = features.find(
    feature => feature.isOn(settings) && !isAtLeast(kernel, feature.base),
  );
  if (!missing) {
    return undefined;
  }
  const needs = `${missing.name} needs ${missing.base.join('.')}`;
  return kernel.rhel
    ? {
        state: 'unknown',
        because: `${needs}; kernels of RHEL carry changes of newer ones, so it may work`,
      }
    : {
        state: 'unfit',
        because: `${needs}; this is ${kernel.numbers.join('.')}`,
      };
}

import { capabilityName } from '../confinement/capabilities';
import { DeclaredContainer } from '../confinement/podSecurity';
import { AllowedPrivileges, collectorsByImage } from './collectorBaselines';
import { cleanPath } from './hostPathRisks';
import { Elevation } from './listElevations';

/** A container of a known collector, compared with what its makers have it ask for. @public */
export interface CollectorVerdict {
  /** Name of the program. */
  name: string;
  /**
   * `lean`: the least that its makers support; `as-designed`: their default, and they offer no less; `could-be-leaner`:
   * their default, and they offer less; `beyond-need`: more than their default.
   */
  verdict: 'lean' | 'as-designed' | 'could-be-leaner' | 'beyond-need';
  /** What it asks for beyond their default. */
  extras: Elevation[];
  /** How to run it with less, where its makers say how. */
  how?: string;
  source: string;
}

/** Kernels from which BPF and PERFMON exist; before, SYS_ADMIN is the honest request. Source: capabilities(7). */
const bpfKernel = [5, 8];

/**
 * Compares a container with the baseline of the collector that its image names; undefined where it names none.
 *
 * @remarks
 * It explains and never excuses: an image name is a claim, and a look-alike matches as well.
 * @param options - `elevations`: as from {@link listElevations}; `kernels`: of the nodes that run or can run it
 * @public
 */
export function judgeCollector(
  container: DeclaredContainer,
  options: { elevations: readonly Elevation[]; kernels: readonly string[] },
): CollectorVerdict | undefined {
  const baseline = collectorsByImage(container.image).find(
    one => !one.container || one.container.test(container.name),
  );
  if (!baseline) {
    return undefined;
  }
  const { asDesigned, lean, name, source } = baseline;
  const asked = options.elevations.filter(isCompared);
  const beyond = (allowed: AllowedPrivileges) =>
    asked.filter(one => !covers(allowed, one, container, options.kernels));
  const extras = beyond(asDesigned);
  const verdict = { name, extras, source };
  if (extras.length > 0) {
    return { ...verdict, verdict: 'beyond-need' };
  }
  if (!lean) {
    return { ...verdict, verdict: 'as-designed' };
  }
  return beyond(lean.privileges).length === 0
    ? { ...verdict, verdict: 'lean' }
    : { ...verdict, verdict: 'could-be-leaner', how: lean.how };
}

/** What a baseline says something of: being root or setuid adds nothing to what a collector holds by design. */
function isCompared({ id, risk }: Elevation): boolean {
  return (
    !['root-user', 'privilege-escalation'].includes(id) &&
    !id.startsWith('syscalls-') &&
    (risk !== 'low' || id.startsWith('capability-'))
  );
}

function covers(
  allowed: AllowedPrivileges,
  elevation: Elevation,
  container: DeclaredContainer,
  kernels: readonly string[],
): boolean {
  const { id } = elevation;
  const everything = allowed.privileged === 'yes';
  if (id === 'privileged') {
    return everything;
  }
  if (id.startsWith('capability-')) {
    const name = capabilityName(elevation.value);
    return (
      everything ||
      allowed.capabilities.includes(name) ||
      (name === 'SYS_ADMIN' &&
        allowed.capabilities.includes('BPF') &&
        kernels.some(isBeforeBpf))
    );
  }
  if (id === 'host-pid' || id === 'host-pid-with-ptrace') {
    return allowed.hostPID === 'yes';
  }
  if (id === 'host-network') {
    return allowed.hostNetwork === 'yes';
  }
  if (id.startsWith('host-path-')) {
    return coversPath(allowed, elevation, container);
  }
  if (id.startsWith('unconfined-')) {
    return (
      everything ||
      (allowed.unconfined ?? []).some(one => id === `unconfined-${one}`)
    );
  }
  return id === 'proc-mount-unmasked' && everything;
}

function coversPath(
  allowed: AllowedPrivileges,
  { field, value }: Elevation,
  { pod }: DeclaredContainer,
): boolean {
  const volume = /\.volumes\[(.*)\]\.hostPath\.path$/.exec(field)?.[1];
  const path = cleanPath(
    pod.hostPaths?.find(({ name }) => name === volume)?.path ?? '',
  );
  const writable = value.endsWith(' writable');
  return allowed.hostPaths.some(entry => {
    const [known, access] = entry.split(':');
    return (
      (access !== 'ro' || !writable) &&
      (path === known || (known !== '/' && path.startsWith(`${known}/`)))
    );
  });
}

function isBeforeBpf(kernel: string): boolean {
  const [major, minor] = kernel.split('.').map(Number);
  return (
    major < bpfKernel[0] || (major === bpfKernel[0] && minor < bpfKernel[1])
  );
}

/** Whether a container looks like a collector that no baseline describes. @public */
export function looksLikeCollector(elevations: readonly Elevation[]): boolean {
  const ids = new Set(elevations.map(({ id }) => id));
  return (
    [
      'privileged',
      'capability-all',
      'capability-sys-admin',
      'capability-bpf',
      'capability-perfmon',
    ].some(id => ids.has(id)) &&
    [
      'host-path-bpf',
      'host-path-kernel-debug',
      'host-path-kernel-tracing',
    ].some(id => ids.has(id))
  );
}

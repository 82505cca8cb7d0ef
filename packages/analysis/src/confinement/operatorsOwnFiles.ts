import { cleanPath, Mechanism } from '../profiles/profileIndex';

/** Names that the operator's own pods use and that no object describes, by mechanism. */
const ownFiles: Record<Mechanism, ReadonlySet<string>> = {
  seccomp: new Set(['security-profiles-operator.json', 'bpf-recorder.json']),
  appArmor: new Set(['spo-apparmor', 'bpfrecorder-apparmor']),
  seLinux: new Set(['selinuxd.process']),
};

/**
 * Why a name without an object is no mistake: the operator ships such files for its own pods.
 *
 * @remarks Source: SPO v1.0.0, internal/pkg/manager/spod/bindata/spod.go.
 */
export function operatorsOwnFile(
  mechanism: Mechanism,
  name: string,
): string | undefined {
  const file = mechanism === 'seccomp' ? cleanPath(name) : name;
  return ownFiles[mechanism].has(file)
    ? 'a file that the operator ships for its own pods; no profile object describes it'
    : undefined;
}

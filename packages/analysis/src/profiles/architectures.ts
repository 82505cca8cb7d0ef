import { SeccompContent } from './profileContent';

/** Seccomp's names of node architectures. Source: libseccomp, seccomp.h; Go, GOARCH. */
const names: Record<string, string> = {
  amd64: 'SCMP_ARCH_X86_64',
  '386': 'SCMP_ARCH_X86',
  arm64: 'SCMP_ARCH_AARCH64',
  arm: 'SCMP_ARCH_ARM',
  ppc64le: 'SCMP_ARCH_PPC64LE',
  ppc64: 'SCMP_ARCH_PPC64',
  s390x: 'SCMP_ARCH_S390X',
  riscv64: 'SCMP_ARCH_RISCV64',
  mips64le: 'SCMP_ARCH_MIPSEL64',
  mips64: 'SCMP_ARCH_MIPS64',
  mipsle: 'SCMP_ARCH_MIPSEL',
  mips: 'SCMP_ARCH_MIPS',
};

/** Seccomp's name of a node's architecture, as `SCMP_ARCH_X86_64` of `amd64`; undefined where it has none. */
export function seccompArchitecture(architecture: string): string | undefined {
  return Object.hasOwn(names, architecture) ? names[architecture] : undefined;
}

/**
 * Whether programs of a node's own architecture may run under a profile: one that lists none is for that of the node.
 * libseccomp kills programs of an architecture that isn't listed, so a missing one breaks and opens nothing.
 */
export function coversArchitecture(
  { architectures }: SeccompContent,
  architecture: string,
): boolean {
  return (
    architectures.length === 0 ||
    architectures.includes('SCMP_ARCH_NATIVE') ||
    architectures.includes(seccompArchitecture(architecture) ?? '')
  );
}

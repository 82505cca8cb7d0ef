/** Numbers of a kernel's version and, for a kernel of RHEL and its kin, the release that it belongs to. @public */
export interface KernelVersion {
  numbers: [number, number, number];
  /** `el8_10` gives 8 and 10. */
  rhel?: { major: number; minor?: number };
}

/**
 * Reads `status.nodeInfo.kernelVersion` of a node: the leading numbers, missing ones as 0, the rest ignored; undefined
 * where there are none.
 *
 * @remarks
 * A library for semantic versions would take `-553` of `4.18.0-553.el8_10` for a pre-release. Source: cilium,
 * pkg/version/version.go.
 * @public
 */
export function kernelVersion(text: string): KernelVersion | undefined {
  const match = /^(\d{1,5})(?!\d)(?:\.(\d{1,5}))?(?:\.(\d{1,5}))?/.exec(text);
  if (!match) {
    return undefined;
  }
  const [, major, minor = '0', patch = '0'] = match;
  const rhel = /\.el(\d{1,3})(?:_(\d{1,3}))?/.exec(text);
  return {
    numbers: [Number(major), Number(minor), Number(patch)],
    ...(rhel && {
      rhel: {
        major: Number(rhel[1]),
        ...(rhel[2] !== undefined && { minor: Number(rhel[2]) }),
      },
    }),
  };
}

/** Whether a kernel is at least `5.10` or `5.10.1`. */
export function isAtLeast(
  { numbers }: KernelVersion,
  [major, minor = 0, patch = 0]: readonly number[],
): boolean {
  const [a, b, c] = numbers;
  return (
    a > major || (a === major && (b > minor || (b === minor && c >= patch)))
  );
}

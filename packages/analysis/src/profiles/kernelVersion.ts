/** Whether a kernel is older than another, as `4.4.0-generic` than `4.8`; one that can't be read is not. */
export function isOlderKernel(kernel: string, other: string): boolean {
  const [major, minor] = numbersOf(kernel);
  const [otherMajor, otherMinor] = numbersOf(other);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

function numbersOf(version: string): [number, number] {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  return [Number(major ?? NaN), Number(minor ?? NaN)];
}

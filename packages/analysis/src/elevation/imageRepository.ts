/**
 * The repository of an image reference, without tag and digest: `quay.io/cilium/cilium:v1.20.2@sha256:…` gives
 * `quay.io/cilium/cilium`.
 *
 * @public
 */
export function imageRepository(reference: string): string {
  const [name] = String(reference).split('@');
  return name.replace(/:[^/:]*$/, '');
}

/** Kinds of profiles of the Security Profiles Operator. @public */
export type ProfileKind =
  | 'SeccompProfile'
  | 'SelinuxProfile'
  | 'RawSelinuxProfile'
  | 'AppArmorProfile';

/**
 * One SPO object as collection keeps it.
 *
 * @remarks
 * `spec` is the object's spec as parsed from the wire with integers kept exact: every integer that is not a safe
 * JavaScript number arrives as `bigint`.
 * @public
 */
export interface ProfileObject {
  kind: ProfileKind;
  /** As in the object's apiVersion, such as `v1` or `v1beta1`. */
  version: string;
  /** Only where the kind is namespaced (SPO up to 0.8.4). */
  namespace?: string;
  name: string;
  uid: string;
  spec: unknown;
  /** `status.localhostProfile` or `status.usage`. */
  statusName?: string;
  /** The annotation `syscalls`, as text. */
  syscallsAnnotation?: string;
  labels?: Record<string, string>;
  deleting?: boolean;
}

import { ProfileObject } from './profileObject';

/** A field of SPO up to 0.10 that still stands in an object. @public */
export interface LegacyField {
  /** As `spec.permissive`. */
  field: string;
  /** What to write instead, as `mode`. */
  replacement: string;
  /** As `Permissive`. */
  value: string;
  /**
   * `dropped`: the object is of version v1, where Kubernetes drops the field unread. `until-1.0`: it holds in its old
   * version, and is dropped from the upgrade to 1.0 on, which serves that version with the new fields.
   */
  effect: 'dropped' | 'until-1.0';
}

const replacements: Record<
  string,
  { replacement: string; value: string; kinds: ProfileObject['kind'][] }
> = {
  disabled: {
    replacement: 'state',
    value: 'Disabled',
    kinds: [
      'SeccompProfile',
      'SelinuxProfile',
      'RawSelinuxProfile',
      'AppArmorProfile',
    ],
  },
  permissive: {
    replacement: 'mode',
    value: 'Permissive',
    kinds: ['SelinuxProfile'],
  },
  complainMode: {
    replacement: 'mode',
    value: 'Complain',
    kinds: ['AppArmorProfile'],
  },
};

/**
 * The switches of SPO up to 0.10 that an object still sets. One that is false says what is the default anyway.
 *
 * @remarks
 * A 1.0 cluster never shows them, since Kubernetes drops what the CRD doesn't name; manifests and older clusters do.
 * Source: SPO v1.0.0, deploy/base-crds/crds.
 * @public
 */
export function legacyFields(profile: ProfileObject): LegacyField[] {
  const { spec, kind, version } = profile;
  if (typeof spec !== 'object' || spec === null) {
    return [];
  }
  const set = new Map(Object.entries(spec));
  const fields: LegacyField[] = [];
  for (const [name, one] of Object.entries(replacements)) {
    if (one.kinds.includes(kind) && set.get(name) === true) {
      fields.push({
        field: `spec.${name}`,
        replacement: one.replacement,
        value: one.value,
        effect: version === 'v1' ? 'dropped' : 'until-1.0',
      });
    }
  }
  return fields;
}

import { exampleObject } from './exampleProfiles';
import { legacyFields } from './legacyFields';

describe('the fields of SPO up to 0.10', () => {
  it.each([
    ['SeccompProfile', 'disabled', 'state', 'Disabled'],
    ['SelinuxProfile', 'disabled', 'state', 'Disabled'],
    ['RawSelinuxProfile', 'disabled', 'state', 'Disabled'],
    ['AppArmorProfile', 'disabled', 'state', 'Disabled'],
    ['SelinuxProfile', 'permissive', 'mode', 'Permissive'],
    ['AppArmorProfile', 'complainMode', 'mode', 'Complain'],
  ] as const)(
    'are recognised in a %s: %s stands for %s: %s',
    (kind, name, replacement, value) => {
      const spec = { [name]: true };
      const field = { field: `spec.${name}`, replacement, value };
      expect(legacyFields(exampleObject(spec, { kind }))).toEqual([
        { ...field, effect: 'dropped' },
      ]);
      expect(
        legacyFields(exampleObject(spec, { kind, version: 'v1alpha1' })),
      ).toEqual([{ ...field, effect: 'until-1.0' }]);
    },
  );

  it('are no matter where they say what is the default anyway, or in a kind that never had them', () => {
    expect(legacyFields(exampleObject({ disabled: false }))).toEqual([]);
    expect(legacyFields(exampleObject({ permissive: true }))).toEqual([]);
    expect(legacyFields(exampleObject(null))).toEqual([]);
    expect(legacyFields(exampleObject('disabled'))).toEqual([]);
  });

  it('are all found where an object was migrated by half', () => {
    expect(
      legacyFields(
        exampleObject(
          { mode: 'Enforcing', permissive: true, disabled: true },
          { kind: 'SelinuxProfile' },
        ),
      ).map(({ field }) => field),
    ).toEqual(['spec.disabled', 'spec.permissive']);
  });
});

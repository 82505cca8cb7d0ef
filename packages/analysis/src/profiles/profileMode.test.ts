import { profileMode } from './profileMode';
import { ProfileKind } from './profileObject';

describe('the mode of a profile', () => {
  it.each<[ProfileKind, string, object, string]>([
    ['SeccompProfile', 'v1', { defaultAction: 'SCMP_ACT_ERRNO' }, 'enforcing'],
    ['SeccompProfile', 'v1', { defaultAction: 'SCMP_ACT_KILL' }, 'enforcing'],
    [
      'SeccompProfile',
      'v1',
      { defaultAction: 'SCMP_ACT_ALLOW' },
      'allows-by-default',
    ],
    [
      'SeccompProfile',
      'v1',
      { defaultAction: 'SCMP_ACT_LOG' },
      'logs-by-default',
    ],
    ['SeccompProfile', 'v1', { defaultAction: 'SCMP_ACT_NOTIFY' }, 'unknown'],
    ['SeccompProfile', 'v1', {}, 'unknown'],
    [
      'SeccompProfile',
      'v1',
      { defaultAction: 'SCMP_ACT_ERRNO', state: 'Disabled' },
      'disabled',
    ],
    [
      'SeccompProfile',
      'v1beta1',
      { defaultAction: 'SCMP_ACT_ERRNO', disabled: true },
      'disabled',
    ],
    ['SelinuxProfile', 'v1', {}, 'enforcing'],
    ['SelinuxProfile', 'v1', { mode: 'Permissive' }, 'permissive'],
    ['SelinuxProfile', 'v1alpha2', { permissive: true }, 'permissive'],
    ['RawSelinuxProfile', 'v1', { policy: '(allow a b)' }, 'enforcing'],
    [
      'RawSelinuxProfile',
      'v1alpha2',
      { policy: '(typepermissive process)' },
      'permissive',
    ],
    ['AppArmorProfile', 'v1', {}, 'enforcing'],
    ['AppArmorProfile', 'v1', { mode: 'Complain' }, 'complain'],
    ['AppArmorProfile', 'v1', { state: 'Disabled' }, 'enforcing'],
    [
      'AppArmorProfile',
      'v1alpha1',
      { policy: '# (complain) {\nprofile p flags=(attach_disconnected) {}' },
      'enforcing',
    ],
    [
      'AppArmorProfile',
      'v1alpha1',
      { policy: '#include <tunables/global>\nprofile p flags=(complain) {}' },
      'complain',
    ],
    [
      'AppArmorProfile',
      'v1alpha1',
      { policy: 'profile p (attach_disconnected,complain) {}' },
      'complain',
    ],
  ])('%s %s with %j is %s', (kind, version, spec, mode) => {
    expect(profileMode({ kind, version, name: 'p', uid: 'u', spec })).toBe(
      mode,
    );
  });
});

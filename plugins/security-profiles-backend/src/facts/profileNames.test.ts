import { namedProfile, namedProfiles } from './profileNames';

describe('The profiles that a container names', () => {
  it('are those of the container, of its pod and of its AppArmor annotation', () => {
    expect(
      namedProfiles({
        name: 'main',
        type: 'main',
        image: 'registry.example/app:1',
        securityContext: {
          seccompProfile: {
            type: 'Localhost',
            localhostProfile: './operator//cart.json',
          },
          seLinuxOptions: { type: 'cart.process' },
        },
        pod: {
          securityContext: {
            appArmorProfile: { type: 'Localhost', localhostProfile: 'pod' },
          },
          annotations: {
            'container.apparmor.security.beta.kubernetes.io/main':
              'localhost/annotated',
            'container.apparmor.security.beta.kubernetes.io/other':
              'localhost/not-mine',
          },
        },
      }),
    ).toEqual([
      { mechanism: 'seccomp', value: 'operator/cart.json' },
      { mechanism: 'seLinux', value: 'cart.process' },
      { mechanism: 'appArmor', value: 'pod' },
      { mechanism: 'appArmor', value: 'annotated' },
    ]);
  });

  it('are kept by their hash where they are longer than a column', () => {
    const { value } = namedProfile('appArmor', 'x'.repeat(4096));
    expect(value).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(namedProfile('appArmor', 'x'.repeat(4096)).value).toBe(value);
  });
});

import { allowing, exampleObject, seccompSpec } from './exampleProfiles';
import { profileContent } from './profileContent';
import { indexProfiles, IndexedProfile } from './profileIndex';
import { resolveEffectiveProfile } from './resolveEffectiveProfile';

function content(profile: IndexedProfile) {
  return profileContent(
    profile,
    resolveEffectiveProfile(profile, indexProfiles([profile])),
  );
}

describe('the content of a profile', () => {
  it('is not known when the profile is unresolved', () => {
    expect(
      content(exampleObject(seccompSpec([], { baseProfileName: 'gone' }))),
    ).toBeUndefined();
  });

  it('of seccomp holds everything that is enforced', () => {
    expect(
      content(
        exampleObject(
          seccompSpec([allowing('write', 'read')], {
            architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'],
            flags: ['SECCOMP_FILTER_FLAG_LOG'],
            listenerPath: '/var/run/security-profiles-operator/agent',
          }),
        ),
      ),
    ).toEqual({
      schema: 'sp-content/1',
      kind: 'SeccompProfile',
      state: 'Enabled',
      mode: 'enforcing',
      seccomp: {
        defaultAction: 'SCMP_ACT_ERRNO',
        architectures: ['SCMP_ARCH_AARCH64', 'SCMP_ARCH_X86_64'],
        flags: ['SECCOMP_FILTER_FLAG_LOG'],
        listenerPath: '/var/run/security-profiles-operator/agent',
        rules: [
          { name: 'read', action: 'SCMP_ACT_ALLOW', errnoRet: '0', args: [] },
          { name: 'write', action: 'SCMP_ACT_ALLOW', errnoRet: '0', args: [] },
        ],
      },
    });
  });

  it('of AppArmor holds sorted lists, the mounts that come with sys_rawio, and ptrace rules apart from paths', () => {
    expect(
      content(
        exampleObject(
          {
            abstract: {
              executable: {
                allowedExecutables: ['/bin/b', '/bin/a'],
                allowedLibraries: ['/lib/c.so'],
              },
              filesystem: {
                readOnlyPaths: ['/etc/**', 'ptrace (Read), # why'],
                writeOnlyPaths: ['/dev/log'],
                readWritePaths: ['/tmp/**', '/tmp/**'],
              },
              network: {
                allowRaw: true,
                allowedProtocols: { allowTcp: true, allowUdp: false },
              },
              capability: {
                allowedCapabilities: ['sys_rawio', 'net_bind_service'],
              },
            },
          },
          { kind: 'AppArmorProfile' },
        ),
      )?.appArmor,
    ).toEqual({
      executables: ['/bin/a', '/bin/b'],
      libraries: ['/lib/c.so'],
      readOnlyPaths: ['/etc/**'],
      writeOnlyPaths: ['/dev/log'],
      readWritePaths: ['/tmp/**'],
      network: ['raw', 'tcp'],
      capabilities: ['net_bind_service', 'sys_rawio'],
      mounts: 'granted',
      ptrace: ['ptrace (read)'],
    });
  });

  it('of an AppArmorProfile of SPO 0.8 holds the size and digest of its text', () => {
    expect(
      content(
        exampleObject(
          { policy: 'profile a {\r\n}' },
          { kind: 'AppArmorProfile', version: 'v1alpha1' },
        ),
      )?.appArmor?.policy,
    ).toEqual({
      bytes: 13,
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
  });

  it('of a raw SELinux policy holds its size and digest', () => {
    expect(
      content(exampleObject({ policy: '(é)' }, { kind: 'RawSelinuxProfile' }))
        ?.raw,
    ).toEqual({
      bytes: 4,
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
  });
});

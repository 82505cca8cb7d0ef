import {
  allowing,
  exampleObject,
  ExampleRule,
  seccompSpec,
} from './exampleProfiles';
import { indexProfiles, IndexedProfile } from './profileIndex';
import { resolveEffectiveProfile } from './resolveEffectiveProfile';
import { sourceDigest } from './sourceDigest';

/** The digest of a profile's content in a cluster with these others. */
function effective(profile: IndexedProfile, ...others: IndexedProfile[]) {
  return resolveEffectiveProfile(profile, indexProfiles([profile, ...others]))
    .effectiveDigest;
}

const selinux = (spec: unknown, overrides: Partial<IndexedProfile> = {}) =>
  exampleObject(spec, { kind: 'SelinuxProfile', ...overrides });

const logging: ExampleRule = { names: ['ptrace'], action: 'SCMP_ACT_LOG' };

/*
 * Approvals are bound to these digests, so none of them may ever change. They were computed apart from this code, with
 * Python: SHA-256 over the JSON with sorted keys and without white space of
 * {"digest": "source" | "effective", "kind": …, "schema": "sp-canon/1", "spec": …}.
 */
describe('the canonical form sp-canon/1', () => {
  it('is of version v1, whatever version an object has', () => {
    const digest =
      'sha256:1a099ea9b09f1e95d74c61606dbfa1a77fa8bc067f4b98205c74769bdae4b70a';
    expect(
      sourceDigest(selinux({ permissive: true }, { version: 'v1alpha2' })),
    ).toBe(digest);
    expect(sourceDigest(selinux({ mode: 'Permissive' }))).toBe(digest);
    expect(
      sourceDigest(selinux({ mode: 'permissive' }, { version: 'v1alpha2' })),
    ).toBe(digest);
  });

  const unsorted = exampleObject(
    seccompSpec([allowing('write', 'read', 'write'), allowing('close')], {
      architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'],
      flags: ['SECCOMP_FILTER_FLAG_LOG', 'SECCOMP_FILTER_FLAG_LOG'],
    }),
  );

  it('of the source sorts sets, and keeps the order of rules', () => {
    expect(sourceDigest(unsorted)).toBe(
      'sha256:dc51b3144d329ad2be77cf7f50d233915ca55bd92b9241fac76a99d18ed87e39',
    );
  });

  it('of what is enforced has one rule per call, sorted by bytes', () => {
    expect(effective(unsorted)).toBe(
      'sha256:7c39de14871e5091e676281971197ad1f688773024106bd7c6533c08388ffa21',
    );
  });

  it('keeps both rules of a call with two actions, and flags it', () => {
    for (const rules of [
      [allowing('ptrace'), logging],
      [logging, allowing('ptrace')],
    ]) {
      const profile = exampleObject(seccompSpec(rules));
      const resolved = resolveEffectiveProfile(
        profile,
        indexProfiles([profile]),
      );
      expect(resolved.effectiveDigest).toBe(
        'sha256:d86a334e7a2995cc45fd14292254a27b023e4f400e65b822f1002c40006c3d0a',
      );
      expect(resolved.ambiguous).toEqual(['ptrace']);
    }
    const plain = exampleObject(
      seccompSpec([allowing('ptrace'), allowing('ptrace')]),
    );
    expect(
      resolveEffectiveProfile(plain, indexProfiles([plain])).ambiguous,
    ).toBeUndefined();
  });

  it('has integers as decimal strings, up to the last of int64', () => {
    expect(
      effective(
        exampleObject(
          seccompSpec([
            {
              ...allowing('personality'),
              args: [{ index: 0, op: 'SCMP_CMP_EQ', value: 2n ** 63n - 1n }],
            },
          ]),
        ),
      ),
    ).toBe(
      'sha256:a1209a57d466d0748f0cf3bba29e2543f602daf0791e1b6e135b172f9a72e132',
    );
  });

  it('has the defaults of the CRD filled in, and nothing that is null', () => {
    for (const spec of [
      {},
      { mode: null, inherit: null, allow: null, state: null },
      { mode: 'Enforcing', state: 'Enabled', inherit: [{ name: 'container' }] },
    ]) {
      expect(sourceDigest(selinux(spec))).toBe(
        'sha256:77fef9cdda490739637a11c9d0513f843a0755d7348a4dd578a81d066b6b28ec',
      );
      expect(effective(selinux(spec))).toBe(
        'sha256:631c3c4c0a6327ba813cd30fccb16199e05aee847e2e931d52a4580858b2829a',
      );
    }
  });

  it('counts state and mode as content', () => {
    expect(
      effective(
        exampleObject(
          {
            mode: 'Complain',
            abstract: { filesystem: { readOnlyPaths: ['/b', '/a', '/b'] } },
          },
          { kind: 'AppArmorProfile' },
        ),
      ),
    ).toBe(
      'sha256:97844512f86daa0fcf3ed93f97592dbc35edef9ce8b06775ec81b75c0e1e09e1',
    );
    expect(
      effective(
        exampleObject(seccompSpec([allowing('read')], { state: 'Disabled' })),
      ),
    ).toBe(
      'sha256:b257f92a92171e26f565b261ae32d31ce2938a4bf2184d78ace164b361d222cd',
    );
  });

  it('adds the rules of bases, and nothing else of them, whether they are disabled or not', () => {
    const leaf = exampleObject(
      seccompSpec([logging], { baseProfileName: 'base-shell' }),
    );
    for (const state of ['Enabled', 'Disabled']) {
      const base = exampleObject(
        {
          ...seccompSpec([allowing('read', 'ptrace')]),
          defaultAction: 'SCMP_ACT_ALLOW',
          architectures: ['SCMP_ARCH_X32'],
          flags: ['SECCOMP_FILTER_FLAG_SPEC_ALLOW'],
          state,
        },
        {
          name: 'base-shell',
          labels: { 'spo.x-k8s.io/partial': 'true' },
          deleting: true,
        },
      );
      expect(effective(leaf, base)).toBe(
        'sha256:6f193369c1e23b1a1c3550b8fcd03ad020b111af41c7ed8c81b1bab2138fca93',
      );
    }
  });

  it("takes the operator's word for a base in a registry", () => {
    expect(
      effective(
        exampleObject(
          seccompSpec([allowing('read')], {
            baseProfileName: 'oci://example.org/base:v1',
          }),
          {
            syscallsAnnotation:
              '[{"names":["openat"],"action":"SCMP_ACT_ALLOW"},{"names":["read"],"action":"SCMP_ACT_ALLOW"}]',
          },
        ),
      ),
    ).toBe(
      'sha256:c3b2afd2c6ba597d53c2c4da8ce62cbf0cd8c534367828a97052c6b8b763bca1',
    );
  });

  it('adds SELinux parents that are profiles, and names those of the system', () => {
    expect(
      effective(
        selinux({
          inherit: [
            { kind: 'SelinuxProfile', name: 'logs' },
            { kind: 'System', name: 'net_container' },
          ],
          allow: { var_log_t: { file: ['write'] } },
        }),
        selinux(
          { allow: { var_log_t: { file: ['read'], dir: ['search'] } } },
          { name: 'logs' },
        ),
      ),
    ).toBe(
      'sha256:beec3414ba5ab53e1fdd9bc5805caa94d40d3bc951cdff14dd3beb9e35cc0afd',
    );
  });

  it('takes a raw policy byte by byte, but for the ends of lines', () => {
    expect(
      effective(
        exampleObject(
          { policy: '(allow process var_log_t (file (read)))\r\n' },
          { kind: 'RawSelinuxProfile' },
        ),
      ),
    ).toBe(
      'sha256:54bb6dfa71a8a8ac580a1c8b6ef98a3e9ad0444172f01fa0a786d794c5684bb0',
    );
  });

  it('keeps a rule that only says what the default says anyway', () => {
    expect(
      effective(
        exampleObject(
          seccompSpec([
            allowing('read'),
            { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: 38 },
          ]),
        ),
      ),
    ).toBe(
      'sha256:3afe58bb52b0beeb209f675701b6553db7c0287ce573953277d0942a1234a8c7',
    );
  });
});

import { CiliumAdvisory } from './ciliumAdvisory';
import { CiliumConfig, readSettings } from './ciliumSettings';
import { judgeAdvisory, RunningVersion } from './judgeAdvisory';

const gatewayApi: CiliumAdvisory = {
  id: 'GHSA-w7c2-w76w-5hmj',
  aliases: ['CVE-2026-56742'],
  severity: 'high',
  title: 'Namespaced HTTPRoutes can mirror traffic',
  ranges: [
    { introduced: '0', fixed: '1.17.17' },
    { introduced: '1.18.0', fixed: '1.18.11' },
    { introduced: '1.19.0', fixed: '1.19.5' },
  ],
  documented: 'every-branch',
};
const redirect: CiliumAdvisory = {
  ...gatewayApi,
  id: 'GHSA-q6h5-q3q6-f87x',
  ranges: [
    { introduced: '0', fixed: '1.17.16' },
    { introduced: '1.18.2', fixed: '1.18.10' },
  ],
};
const oneBranch: CiliumAdvisory = {
  ...gatewayApi,
  id: 'GHSA-33qq-jq9c-6gcc',
  ranges: [{ introduced: '1.18.0', fixed: '1.18.12' }],
  documented: 'one-branch',
};
const wireGuard: CiliumAdvisory = {
  ...gatewayApi,
  id: 'GHSA-5vxx-c285-pcq4',
};

function running(version: string, rest = {}): RunningVersion {
  return { version, kind: 'upstream', names: [`node-${version}`], ...rest };
}

function judge(
  advisory: CiliumAdvisory,
  versions: RunningVersion[],
  values?: Record<string, string>,
  settings: 'live' | 'not-live' | 'unread' = values ? 'live' : 'unread',
) {
  const config: CiliumConfig | undefined = values && {
    namespace: 'kube-system',
    values,
  };
  return judgeAdvisory(advisory, versions, {
    setting: readSettings(config, versions[0].version),
    settings,
  });
}

const on = { 'enable-gateway-api': 'true' };

describe('an advisory', () => {
  it.each([
    ['1.17.16', 'applies'],
    ['1.17.17', undefined],
    ['1.18.10', 'applies'],
    ['1.18.11', undefined],
    ['1.16.19', 'applies'],
    ['1.20.2', undefined],
  ])('of ranges per branch says of %s: %s', (version, verdict) => {
    expect(judge(gatewayApi, [running(version)], on)?.verdict).toBe(verdict);
  });

  it('names the fix on the branch, and says where there is none', () => {
    expect(judge(gatewayApi, [running('1.18.9')], on)).toMatchObject({
      fixedIn: '1.18.11',
      because: 'enable-gateway-api = true. Fixed in 1.18.11.',
    });
    const ended = judge(gatewayApi, [running('1.16.19')], on);
    expect(ended?.fixedIn).toBeUndefined();
    expect(ended?.because).toContain('Not fixed on this line');
  });

  it('begins where it was introduced: 1.18.1 is out of reach, 1.18.2 is in', () => {
    const values = { 'enable-local-redirect-policy': 'true' };
    expect(judge(redirect, [running('1.18.1')], values)).toBeUndefined();
    expect(judge(redirect, [running('1.18.2')], values)?.verdict).toBe(
      'applies-if',
    );
  });

  it('takes the worst of the versions, which is not always the lowest', () => {
    expect(
      judge(gatewayApi, [running('1.17.17'), running('1.18.10')], on),
    ).toMatchObject({
      verdict: 'applies',
      versions: ['1.18.10'],
      names: ['node-1.18.10'],
    });
  });

  it.each<[string, RunningVersion, string | undefined]>([
    [
      "a vendor's build that may carry the fix",
      running('1.17.6', { kind: 'vendor' }),
      'unknown',
    ],
    [
      "a vendor's build of a fixed version",
      running('1.19.8', { kind: 'vendor' }),
      undefined,
    ],
    [
      'a pre-release of an affected version',
      running('1.19.0-rc.1', { kind: 'prerelease' }),
      'unknown',
    ],
    [
      'a node without a version',
      running('unknown', { kind: 'unknown' }),
      'unknown',
    ],
    ['an untrusted build', running('unknown', { kind: 'ci' }), 'unknown'],
  ])('never takes for a fact what it says of %s', (_, version, verdict) => {
    expect(judge(gatewayApi, [version], on)?.verdict).toBe(verdict);
  });

  it('that documents one branch says nothing of the others', () => {
    const values = { 'mesh-auth-enabled': 'true' };
    expect(judge(oneBranch, [running('1.19.7')], values)).toMatchObject({
      verdict: 'unknown',
      because: 'only 1.18 is documented, of 1.19 nothing is known.',
    });
    expect(judge(oneBranch, [running('1.18.12')], values)).toBeUndefined();
  });

  it('with ranges in prose is not known to apply', () => {
    expect(
      judge({ ...gatewayApi, ranges: 'unknown' }, [running('1.18.0')], on)
        ?.verdict,
    ).toBe('unknown');
  });

  it('without a condition reaches every affected version', () => {
    expect(
      judge({ ...gatewayApi, id: 'GHSA-new' }, [running('1.18.0')], {}),
    ).toMatchObject({
      verdict: 'applies',
      because: 'The version is affected. Fixed in 1.18.11.',
    });
  });
});

describe("a cluster's own settings", () => {
  it('keep it out of reach, with the setting and its value', () => {
    expect(judge(gatewayApi, [running('1.18.0')], {})).toMatchObject({
      verdict: 'not-affected',
      because: 'enable-gateway-api = false.',
      decidedBy: [{ key: 'enable-gateway-api', value: 'false' }],
    });
  });

  it('that can\u2019t be read decide nothing', () => {
    expect(judge(gatewayApi, [running('1.18.0')])).toMatchObject({
      verdict: 'unknown',
      because: "enable-gateway-api can't be read. Fixed in 1.18.11.",
    });
  });

  it('that are not live yet free nobody, and what they switch on counts', () => {
    expect(judge(wireGuard, [running('1.18.0')], {}, 'not-live')?.verdict).toBe(
      'unknown',
    );
    expect(
      judge(
        wireGuard,
        [running('1.18.0')],
        { 'enable-wireguard': 'true' },
        'not-live',
      )?.verdict,
    ).toBe('applies');
  });

  it('leave what they do not tell as a condition to look at', () => {
    expect(
      judge(redirect, [running('1.16.0')], {
        'enable-local-redirect-policy': 'true',
      }),
    ).toMatchObject({
      verdict: 'applies-if',
      because: expect.stringContaining(
        'Only if tenants may create CiliumLocalRedirectPolicies',
      ),
    });
  });

  it('have defaults that differ by minor', () => {
    expect(judge(oneBranch, [running('1.18.0')], {})?.verdict).toBe(
      'applies-if',
    );
    expect(judge(oneBranch, [running('1.19.0')], {})?.verdict).toBe(
      'not-affected',
    );
  });
});

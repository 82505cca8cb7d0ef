import { kernelFit } from './kernelFit';
import { kernelVersion } from './kernelVersion';
import { kubernetesFit } from './kubernetesFit';

const fit = (kernel: string, version: string, rest = {}) =>
  kernelFit({ kernel, ...rest }, version).state;

describe('a kernel string', () => {
  it.each([
    ['6.8.0-1021-aws', [6, 8, 0], undefined],
    ['5.15.0-1091-azure', [5, 15, 0], undefined],
    ['6.12.85+', [6, 12, 85], undefined],
    ['5.10.68', [5, 10, 68], undefined],
    ['6.12.88-119.157.amzn2023.x86_64', [6, 12, 88], undefined],
    ['5.14.0-503.40.1.el9_5.x86_64', [5, 14, 0], { major: 9, minor: 5 }],
    ['4.18.0-553.el8_10.x86_64', [4, 18, 0], { major: 8, minor: 10 }],
    ['3.10.0-1160.80.1.el7.x86_64', [3, 10, 0], { major: 7 }],
    ['6.12.48+deb13-cloud-arm64', [6, 12, 48], undefined],
    ['7.2.0-1-default', [7, 2, 0], undefined],
    ['6.15.8-200.fc42.x86_64', [6, 15, 8], undefined],
    ['6', [6, 0, 0], undefined],
    ['6.9', [6, 9, 0], undefined],
  ])('%s is %j of RHEL %j', (text, numbers, rhel) => {
    expect(kernelVersion(text)).toEqual({ numbers, ...(rhel && { rhel }) });
  });

  it.each(['', 'nonsense', 'v6.8', '999999999999.1'])(
    'that is none is not read: %s',
    text => {
      expect(kernelVersion(text)).toBeUndefined();
    },
  );
});

describe('the kernel of a node', () => {
  it.each([
    ['6.8.0-1021-aws', '1.18.14', 'fits'],
    ['6.12.85+', '1.20.2', 'fits'],
    ['5.10.220-209.869.amzn2.aarch64', '1.19.8', 'fits'],
    ['5.4.0-200-generic', '1.17.18', 'fits'],
    ['5.4.0-200-generic', '1.18.0', 'unfit'],
    ['4.18.0-553.el8_10.x86_64', '1.20.2', 'fits'],
    ['4.18.0-513.9.1.el8_9.x86_64', '1.20.2', 'unfit'],
    ['4.18.0-513.9.1.el8_9.x86_64', '1.17.0', 'fits'],
    ['4.18.0-513.9.1.el8_9.x86_64', '1.16.19', 'unfit'],
    ['4.18.0-553.el8.x86_64', '1.20.2', 'unknown'],
    ['5.14.0-503.40.1.el9_5.x86_64', '1.20.2', 'fits'],
    ['3.10.0-1160.80.1.el7.x86_64', '1.18.0', 'unfit'],
    ['7.2.0-1-default', '1.20.1', 'known-bad'],
    ['7.2.0-1-default', '1.20.2', 'fits'],
    ['7.2.0-1-default', '1.19.7', 'known-bad'],
    ['7.2.0-1-default', '1.19.8', 'fits'],
    ['7.2.0-1-default', '1.18.13', 'known-bad'],
    ['7.2.0-1-default', '1.18.14', 'fits'],
    ['7.2.0-1-default', '1.16.19', 'known-bad'],
    ['6.18.5-talos', '1.20.2', 'known-bad'],
    ['6.18.13-arch1-1', '1.20.2', 'fits'],
    ['6.8.0-51-generic', '1.18.8', 'known-bad'],
    ['', '1.20.2', 'unknown'],
    ['nonsense', '1.20.2', 'unknown'],
    ['6.8.0', '1.12.10', 'unknown'],
    ['6.8.0', 'unknown', 'unknown'],
  ])('%s and Cilium %s: %s', (kernel, version, state) => {
    expect(fit(kernel, version)).toBe(state);
  });

  it('of Windows is not judged, and arm64 has a bad pair of its own', () => {
    expect(
      fit('10.0.20348.2700', '1.20.2', { operatingSystem: 'windows' }),
    ).toBe('not-applicable');
    expect(fit('6.18.1', '1.20.0', { architecture: 'arm64' })).toBe(
      'known-bad',
    );
    expect(fit('6.18.1', '1.20.0', { architecture: 'amd64' })).toBe('fits');
  });

  it.each([
    ['enable-ipv4-big-tcp', 'true', '6.1.0', 'unfit'],
    ['enable-ipv4-big-tcp', 'true', '6.3.0', 'fits'],
    ['enable-ipv6-big-tcp', 'true', '5.14.0-503.el9_5.x86_64', 'unknown'],
    ['datapath-mode', 'netkit-l2', '6.6.0', 'unfit'],
    ['datapath-mode', 'veth', '6.6.0', 'fits'],
    ['enable-bbr', 'true', '5.15.0', 'unfit'],
  ])('is asked for more by %s=%s: %s is %s', (key, value, kernel, state) => {
    expect(
      kernelFit({ kernel }, '1.20.2', asked =>
        asked === key ? value : undefined,
      ).state,
    ).toBe(state);
  });
});

describe('the version of Kubernetes', () => {
  it.each([
    ['v1.33.1-eks-b9364f6', '1.19.7', 'tested'],
    ['v1.35.6-gke.1127000', '1.19.7', 'untested'],
    ['v1.32.7+rke2r1', '1.18.0', 'tested'],
    ['v1.30.14', '1.16.19', 'tested'],
    ['v1.30.14', '1.20.2', 'untested'],
    ['v1.9.0', '1.20.2', 'untested'],
    [undefined, '1.20.2', 'unknown'],
    ['nonsense', '1.20.2', 'unknown'],
    ['v1.33.1', '1.12.10', 'unknown'],
  ])('%s and Cilium %s: %s', (kubernetes, version, state) => {
    expect(kubernetesFit(kubernetes, version).state).toBe(state);
  });
});

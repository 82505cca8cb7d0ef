import { parseCiliumImage } from './parseCiliumImage';

const pre = `sha256:86081047ee204fd4a720fdd8a6620efa0e13929f6c5376fb7ac73aea08de0f48`;
const rc = `sha256:d552b4daced018e2e7226676a49cc559875a0700fb5615487ae42a1ef144d7c1`;
const digests = new Map([
  [
    'sha256:383968cd5e8873f7976fa76aa6196045643558f4cc9518a207b9335cb24a0e93',
    'v1.20.0',
  ],
  [pre, 'v1.21.0-pre.0'],
  [rc, 'v1.20.0-rc.1'],
]);

/** Reference, kind with vendor or component, version or nothing. */
const references: [string, string, string?][] = [
  [
    'quay.io/cilium/cilium:v1.20.0@sha256:383968cd5e8873f7976fa76aa6196045643558f4cc9518a207b9335cb24a0e93',
    'upstream',
    '1.20.0',
  ],
  ['quay.io/cilium/cilium:1.20.0', 'upstream', '1.20.0'],
  [
    'docker.io/cilium/cilium:v1.11.20@sha256:60df3cb7155886e0b62060c7a4a31e457933c6e35af79febad5fd6e43bab2a99',
    'upstream',
    '1.11.20',
  ],
  ['cilium/cilium:latest', 'unknown'],
  [`quay.io/cilium/cilium@${pre}`, 'prerelease', '1.21.0-pre.0'],
  ['cilium/cilium@sha256:7bc7e0abcdef0123456789', 'unknown'],
  ['local-image-registry:5000/cilium/cilium:v1.19.5', 'upstream', '1.19.5'],
  ['localhost:5000/cilium/cilium:latest', 'unknown'],
  ['registry.internal:5000/cilium/cilium', 'unknown'],
  [
    'harbor.vates.local/mirror/quay.io/cilium/cilium:v1.20.1@sha256:ae9ea21f7427fe24bc6ea7247eb552157a1b0a431744045d3f641545ca71d11b',
    'upstream',
    '1.20.1',
  ],
  ['rancher/mirrored-cilium-cilium:v1.14.5', 'upstream', '1.14.5'],
  ['docker.io/rancher/mirrored-cilium-cilium:v1.19.6', 'upstream', '1.19.6'],
  [
    'rancher/mirrored-cilium-operator-generic:v1.20.2',
    'other-component operator',
    '1.20.2',
  ],
  [
    'docker.io/rancher/mirrored-cilium-cilium-envoy:v1.36.9-1782267392-edeb3f2af56c37c407efa1f63f0b32f595399bbc',
    'other-component envoy',
  ],
  [
    'quay.io/cilium/cilium-envoy:v1.37.6-1789133542-cbec91f666af0bf742da986d43832932dbb26b82',
    'other-component envoy',
  ],
  ['quay.io/isovalent/cilium:v1.13.4-cee.1', 'vendor:isovalent', '1.13.4'],
  [
    'quay.io/isovalent/cilium:v1.17.6-cee.1@sha256:2d01daf4f25f7d644889b49ca856e1a4269981fc963e50bd3962665b41b6adb3',
    'vendor:isovalent',
    '1.17.6',
  ],
  ['quay.io/isovalent/cilium:v1.18.6', 'vendor:isovalent', '1.18.6'],
  [
    'public.ecr.aws/isovalent/cilium:v1.11.15-eksa.1',
    'vendor:eks-anywhere',
    '1.11.15',
  ],
  ['public.ecr.aws/eks/cilium/cilium:v1.17.6-0', 'vendor:eks-hybrid', '1.17.6'],
  [
    'mcr.microsoft.com/containernetworking/cilium/cilium:v1.17.4-250610',
    'vendor:aks',
    '1.17.4',
  ],
  [
    'mcr.microsoft.com/containernetworking/cilium/cilium-distroless:v1.19.8-260923',
    'vendor:aks',
    '1.19.8',
  ],
  [
    'mcr.microsoft.com/containernetworking/cilium/operator-generic:v1.18.12-260901',
    'other-component operator',
    '1.18.12',
  ],
  ['mcr.microsoft.com/oss/cilium/cilium:1.16.6', 'vendor:aks', '1.16.6'],
  ['gke.gcr.io/cilium/cilium:v1.12.10-gke.25', 'vendor:gke', '1.12.10'],
  ['gke.gcr.io/cilium/cilium:v1.11.1-gke3.3', 'vendor:gke', '1.11.1'],
  [
    'docker.io/digitalocean/cilium:v1.15.8-conformance-fix',
    'vendor:digitalocean',
    '1.15.8',
  ],
  [
    'quay.io/cilium/cilium-ci:93f68432e8da3adf8b74972b3aa6a53fc2c36517@sha256:f2b7707b0b5130ccc2d3fa493a9262d5989ee2eacd712b1c5136391a8361a830',
    'ci',
  ],
  ['quay.io/cilium/cilium-ci:latest', 'ci'],
  ['registry.internal/vendor/service-mesh-agent:v1.23.4', 'unknown'],
  [pre, 'prerelease', '1.21.0-pre.0'],
  [`sha256:${'0'.repeat(64)}`, 'unknown'],
  ['', 'unknown'],
  ['registry.internal/net/cilium:v1.19.5', 'vendor:other', '1.19.5'],
  [
    'quay.io/cilium/hubble-relay:v1.20.2',
    'other-component hubble-relay',
    '1.20.2',
  ],
];

const rows = references.map(([reference, kind, version = 'no version']) => [
  reference,
  kind,
  version,
]);

describe('a Cilium image reference', () => {
  it.each(rows)('%s is %s %s', (reference, kind, version) => {
    const image = parseCiliumImage(reference, undefined, digests);
    const shown = [
      image.kind,
      image.kind === 'vendor' ? `:${image.vendor}` : '',
      image.component ? ` ${image.component}` : '',
    ].join('');
    expect([shown, image.version ?? 'no version']).toEqual([kind, version]);
  });

  it.each([null, undefined, 7, {}])('never throws for %p', reference => {
    expect(parseCiliumImage(reference as unknown as string).kind).toBe(
      'unknown',
    );
  });

  it('is read by the digest of what runs when its tag says something else', () => {
    expect(
      parseCiliumImage(
        'quay.io/cilium/cilium:v1.20.0',
        `docker-pullable://quay.io/cilium/cilium@${rc}`,
        digests,
      ),
    ).toEqual({
      kind: 'prerelease',
      version: '1.20.0-rc.1',
      source: 'digest',
      tagVersion: '1.20.0',
    });
  });

  it('falls back to the tag when its digest is not known', () => {
    expect(
      parseCiliumImage(
        'quay.io/cilium/cilium:v1.19.7',
        `sha256:${'1'.repeat(64)}`,
        digests,
      ),
    ).toMatchObject({ version: '1.19.7', source: 'tag' });
  });
});

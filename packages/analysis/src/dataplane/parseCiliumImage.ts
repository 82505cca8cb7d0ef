/** What an image reference says of Cilium. @public */
export interface CiliumImage {
  /**
   * `upstream`: a release of the project; `prerelease`: `-pre.N` or `-rc.N`; `vendor`: built or numbered by somebody
   * else; `ci`: an untrusted build; `other-component`: not the agent; `unknown`: nothing can be said.
   */
  kind:
    | 'upstream'
    | 'vendor'
    | 'prerelease'
    | 'ci'
    | 'other-component'
    | 'unknown';
  /** As `isovalent`, `aks`, `gke`; `other` where only the numbering shows that it is not upstream's. */
  vendor?: string;
  /** For `other-component`, as `envoy`, `operator`. */
  component?: string;
  /** Version of Cilium without `v`, as `1.20.0` or `1.21.0-pre.0`; without a vendor's suffix. */
  version?: string;
  /** What the version comes from. */
  source: 'digest' | 'tag' | 'none';
  /** Present when the tag names another version than the digest; the digest decides. */
  tagVersion?: string;
}

interface Reference {
  path: string[];
  host: string;
  tag?: string;
  digest?: string;
}

const digestPattern = /sha256:[0-9a-f]{64}$/;

/**
 * Reads the version of Cilium from an image reference and, better, from its digest. Never throws.
 *
 * @remarks
 * A known digest decides, also behind mirrors and for floating tags; then the tag. Repositories are matched by their last
 * path segments. A vendor's build has the vendor's support, so its version is never compared with upstream's lines.
 * Source: distribution reference grammar; charts and published images of the vendors.
 * @param image - `spec.containers[cilium-agent].image` or `status.containerStatuses[].image`
 * @param imageId - `status.containerStatuses[].imageID`, which decides over a digest in `image`
 * @param digests - release by digest of its agent image, as `sha256:…` → `v1.20.0`
 * @public
 */
export function parseCiliumImage(
  image: string,
  imageId?: string,
  digests?: ReadonlyMap<string, string>,
): CiliumImage {
  const reference = splitReference(image);
  const named = reference && readReference(reference);
  if (named?.kind === 'other-component') {
    return named;
  }
  const release =
    releaseOf(imageId, digests) ??
    releaseOf(reference?.digest ?? image, digests);
  if (release === undefined) {
    return named ?? { kind: 'unknown', source: 'none' };
  }
  const disagrees =
    named?.version !== undefined && named.version !== release
      ? { tagVersion: named.version }
      : {};
  return {
    kind: release.includes('-') ? 'prerelease' : 'upstream',
    version: release,
    source: 'digest',
    ...disagrees,
  };
}

function releaseOf(
  reference: string | undefined,
  digests: ReadonlyMap<string, string> | undefined,
): string | undefined {
  const digest =
    typeof reference === 'string'
      ? digestPattern.exec(reference)?.[0]
      : undefined;
  const release = digest && digests?.get(digest);
  return release ? release.replace(/^v/, '') : undefined;
}

/** Cuts a reference like the distribution grammar does; undefined for an empty one and for a bare digest. */
function splitReference(image: unknown): Reference | undefined {
  if (typeof image !== 'string' || image === '' || /^sha256:/.test(image)) {
    return undefined;
  }
  const [beforeDigest, digest] = image.split('@');
  const [, name, tag] = /^(.*?)(?::([^/:]*))?$/.exec(beforeDigest) ?? [
    '',
    beforeDigest,
  ];
  const segments = name.toLowerCase().split('/');
  const first = segments[0];
  const hasHost =
    segments.length > 1 &&
    (first.includes('.') || first.includes(':') || first === 'localhost');
  return {
    host: hasHost ? first : '',
    path: hasHost ? segments.slice(1) : segments,
    ...(tag && { tag }),
    ...(digest && { digest }),
  };
}

function readReference(reference: Reference): CiliumImage | undefined {
  const { path, host } = reference;
  const last = path.at(-1) ?? '';
  const parent = path.at(-2) ?? '';
  const vendor = vendorOf(host, path);
  const component = otherComponent(last, path.slice(0, -1));
  if (component) {
    const { version } = readTag(reference.tag);
    return {
      kind: 'other-component',
      component,
      ...(vendor && { vendor }),
      ...(component !== 'envoy' && version && { version }),
      source: component !== 'envoy' && version ? 'tag' : 'none',
    };
  }
  if (last === 'cilium-ci') {
    return { kind: 'ci', source: 'none' };
  }
  const agents = [
    'cilium',
    'cilium-distroless',
    'cilium-ubi',
    'mirrored-cilium-cilium',
  ];
  if (!agents.includes(last)) {
    return undefined;
  }
  const { version, suffix } = readTag(reference.tag);
  if (!version) {
    return undefined;
  }
  if (suffix && /^(pre|rc)\.\d+$/.test(suffix)) {
    return {
      kind: 'prerelease',
      version: `${version}-${suffix}`,
      source: 'tag',
    };
  }
  const builder = suffix ? vendorOfSuffix(suffix) ?? vendor ?? 'other' : vendor;
  const upstreams = parent === 'cilium' || last === 'mirrored-cilium-cilium';
  if (builder || !upstreams) {
    return {
      kind: 'vendor',
      vendor: builder ?? 'other',
      version,
      source: 'tag',
    };
  }
  return { kind: 'upstream', version, source: 'tag' };
}

function readTag(tag: string | undefined): {
  version?: string;
  suffix?: string;
} {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(?:-(.+))?$/.exec(tag ?? '');
  if (!match) {
    return {};
  }
  const [, major, minor, patch, suffix] = match;
  return {
    version: [major, minor, patch].map(part => String(Number(part))).join('.'),
    ...(suffix && { suffix }),
  };
}

function otherComponent(last: string, before: string[]): string | undefined {
  const ciliums = before.some(
    segment => segment === 'cilium' || segment === 'isovalent',
  );
  const name = last.replace(/^mirrored-cilium-/, '').replace(/^cilium-/, '');
  if (!ciliums && name === last) {
    return undefined;
  }
  if (name === 'envoy') {
    return 'envoy';
  }
  if (/^operator(-|$)/.test(name)) {
    return 'operator';
  }
  const others = [
    'hubble-relay',
    'hubble-ui',
    'hubble-ui-backend',
    'clustermesh-apiserver',
    'certgen',
    'startup-script',
    'init',
    'docker-plugin',
    'ztunnel',
    'standalone-dns-proxy',
    'tetragon',
    'tetragon-operator',
    'tetragon-rthooks',
  ];
  return others.includes(name) ? name : undefined;
}

function vendorOf(host: string, path: string[]): string | undefined {
  const joined = path.join('/');
  if (
    host === 'mcr.microsoft.com' ||
    joined.includes('containernetworking/cilium')
  ) {
    return 'aks';
  }
  if (joined.includes('eks/cilium/')) {
    return 'eks-hybrid';
  }
  if (path.includes('isovalent')) {
    return 'isovalent';
  }
  if (host === 'gke.gcr.io' || path.includes('gke.gcr.io')) {
    return 'gke';
  }
  return path.includes('digitalocean') ? 'digitalocean' : undefined;
}

function vendorOfSuffix(suffix: string): string | undefined {
  if (/^cee(\.|$)/.test(suffix)) {
    return 'isovalent';
  }
  if (/^eksa(\.|$)/.test(suffix)) {
    return 'eks-anywhere';
  }
  return /^gke/.test(suffix) ? 'gke' : undefined;
}

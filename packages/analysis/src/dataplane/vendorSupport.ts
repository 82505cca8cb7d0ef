import { compareVersions } from './ciliumReleases';
import { minorOf } from './minorOf';

/** Who supports a build that is not upstream's, in words that follow "supported by". */
const vendors: Record<string, string> = {
  isovalent: 'Isovalent, which keeps lines of its own and backports fixes',
  gke: 'Google: GKE upgrades it with the cluster',
  aks: 'Microsoft: AKS upgrades it with the cluster',
  'eks-anywhere': 'Amazon: EKS Anywhere upgrades it with the cluster',
  'eks-hybrid': 'Amazon, for EKS Hybrid Nodes',
  digitalocean: 'DigitalOcean, which upgrades it with the cluster',
};

/** Least version of AKS by minor of Kubernetes. Source: Azure's documentation of Azure CNI powered by Cilium. */
const aksMinimum: Record<string, string> = {
  '1.31': '1.16.6',
  '1.32': '1.17.0',
  '1.33': '1.17.0',
};

/**
 * Who supports a vendor's build, as a sentence without its end. A vendor's build is never measured by upstream's lines.
 */
export function vendorSupport(
  vendor: string,
  version: string,
  kubernetes: string | undefined,
): string {
  const who = Object.hasOwn(vendors, vendor)
    ? vendors[vendor]
    : 'whoever built it; the build is not upstream\u2019s';
  const minimum =
    vendor === 'aks' ? aksMinimum[minorOf(kubernetes ?? '') ?? ''] : undefined;
  return minimum !== undefined && compareVersions(version, minimum) < 0
    ? `supported by ${who}; below the least version of AKS for this Kubernetes, ${minimum}`
    : `supported by ${who}`;
}

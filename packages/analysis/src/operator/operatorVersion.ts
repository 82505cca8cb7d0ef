import { OperatorFacts } from './operatorFacts';

/** Where a version of the operator was read. @public */
export type OperatorVersionSource = 'image' | 'csv' | 'label' | 'api';

/** The operator's version, as exactly as one of its objects says it. @public */
export interface OperatorVersion {
  /** As `1.0.0`; from the API alone only a range, as `1.0 or later`. */
  value: string;
  from: OperatorVersionSource;
}

/** A version at the end of an image, of a ClusterServiceVersion's name, or alone. */
const version = /(?:^|[:.])v?(\d+\.\d+\.\d+[\w.+-]{0,100})$/;

/**
 * The version of the operator: the image tag of its manager, then the ClusterServiceVersion, then Helm's label, then what
 * the API serves.
 *
 * @remarks
 * A tag such as `latest`, the default of the released Helm chart, says nothing. `v1` is served from 1.0 on, profiles are
 * cluster-scoped since 0.9. Source: SPO v1.0.0, deploy/helm/values.yaml, deploy/base-crds.
 * @param api - version and scope of the profiles that are served; undefined where none is known
 * @public
 */
export function operatorVersion(
  facts: OperatorFacts | undefined,
  api?: { version: string; namespaced: 'yes' | 'no' },
): OperatorVersion | undefined {
  const { image, clusterServiceVersion, versionLabel } = facts?.manager ?? {};
  const said: [OperatorVersionSource, string | undefined][] = [
    ['image', image?.split('@')[0]],
    ['csv', clusterServiceVersion],
    ['label', versionLabel],
  ];
  for (const [from, text] of said) {
    const value = text?.match(version)?.[1];
    if (value !== undefined) {
      return { value, from };
    }
  }
  if (!api) {
    return undefined;
  }
  if (api.namespaced === 'yes') {
    return { value: '0.8 or earlier', from: 'api' };
  }
  return {
    value: api.version === 'v1' ? '1.0 or later' : '0.9 or 0.10',
    from: 'api',
  };
}

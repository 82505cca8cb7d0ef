import type { AuthService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ClusterAdapter, ClusterEntry } from '../ClusterAdapter';
import type { ClusterLocator } from './ClusterLocator';
import { KubernetesClusters } from './KubernetesClusters';
import { type KubernetesBackend, KubernetesLogins } from './KubernetesLogins';
import type { KubernetesRegistrations } from './KubernetesRegistrations';
import { readOptionalTexts } from './readLocatorField';
import { LOCATOR_METHODS, readLocatorMethods } from './readLocatorMethods';
import { accountOfPod, type InClusterAccount } from './ServiceAccountLogin';
import { SupplierLocator } from './SupplierLocator';

/** Options of {@link createKubernetesAdapter}. */
export interface KubernetesAdapterOptions {
  /** With the Kubernetes plugin's own part, `kubernetes`. */
  rootConfig: Config;
  catalog: CatalogService;
  auth: AuthService;
  /** What modules have added. */
  registrations: KubernetesRegistrations;
  /** The account of this backend's own pod; found in its environment when left out. */
  account?: InClusterAccount;
  /** Loads `@backstage/plugin-kubernetes-backend`; for tests. */
  loadKubernetesBackend?: () => Promise<KubernetesBackend>;
}

/**
 * The adapter of entries `{ type: kubernetes, include?, exclude? }`: the clusters that the Kubernetes plugin is configured
 * with (`kubernetes.clusterLocatorMethods`), and those of suppliers that modules have added.
 *
 * Throws an `InputError` that names the key when the Kubernetes plugin's configuration can't be understood.
 */
export function createKubernetesAdapter(
  options: KubernetesAdapterOptions,
): ClusterAdapter {
  return async (entry, context) => {
    const { registrations, auth } = options;
    const locators: ClusterLocator[] = [
      ...readLocatorMethods(options),
      ...registrations.suppliers.map(
        (supplier, index) =>
          new SupplierLocator({
            key: `cluster supplier ${index + 1} of a module`,
            supplier,
            auth,
          }),
      ),
    ];
    if (locators.length === 0) {
      throw new InputError(
        `${entry.key}: found no clusters to take over: ${LOCATOR_METHODS} is empty, and no module adds a supplier; set it as the Kubernetes plugin describes, or use { type: kubeconfig }`,
      );
    }
    const include = readOptionalTexts(entry, 'include');
    await checkIncluded(entry, locators, include);
    return new KubernetesClusters({
      locators,
      logins: new KubernetesLogins({
        rootConfig: options.rootConfig,
        account: options.account ?? accountOfPod(process.env),
        strategies: registrations.strategies,
        loadKubernetesBackend:
          options.loadKubernetesBackend ??
          (() => import('@backstage/plugin-kubernetes-backend')),
      }),
      include,
      exclude: readOptionalTexts(entry, 'exclude'),
      logger: context.logger,
      now: context.now,
      random: context.random,
    });
  };
}

/**
 * The entries that stand for a missing `securityProfiles.clusters`: the clusters of the Kubernetes plugin, if it has any.
 */
export function defaultClusterEntries(
  options: Pick<KubernetesAdapterOptions, 'rootConfig' | 'registrations'>,
): { type: string }[] {
  const methods = options.rootConfig.getOptional(LOCATOR_METHODS) ?? [];
  const isEmpty = Array.isArray(methods) && methods.length === 0;
  return isEmpty && options.registrations.suppliers.length === 0
    ? []
    : [{ type: 'kubernetes' }];
}

/** A name that is written wrong would leave a cluster out without a word; only clusters that change can't be known yet. */
async function checkIncluded(
  entry: ClusterEntry,
  locators: ClusterLocator[],
  include: string[] = [],
): Promise<void> {
  if (locators.some(({ changes }) => changes === 'changing')) {
    return;
  }
  const clusters = await Promise.all(locators.map(each => each.locate()));
  const names = clusters.flat().map(({ details }) => details);
  for (const wanted of include) {
    if (!names.some(({ name, title }) => [name, title].includes(wanted))) {
      throw new InputError(
        `${entry.key}.include: no cluster ${JSON.stringify(
          wanted,
        )} in ${LOCATOR_METHODS}; available: ${names
          .map(({ name }) => name)
          .join(', ')}`,
      );
    }
  }
}

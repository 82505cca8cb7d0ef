import { DeclaredContainer } from '../confinement/podSecurity';

/** Whether a container holds a token for the Kubernetes API. @public */
export interface ApiToken {
  state: 'mounted' | 'not-mounted' | 'unknown';
  /** Ends "… in the pod". */
  because: string;
  /** Name of the pod's field that decides, or that would. */
  field: 'automountServiceAccountToken' | 'volumes' | 'serviceAccountName';
}

/**
 * Whether a container holds a token for the Kubernetes API.
 *
 * @remarks
 * A token that is seen mounted decides, as live pods show it. Else the pod's own word stands above its ServiceAccount's,
 * and without either a token is mounted. Source: Kubernetes, "Configure Service Accounts for Pods".
 * @param options - `accountsWithoutToken`: ServiceAccounts that say `automountServiceAccountToken: false`, as
 *   `namespace/name`; absent where they were not read
 * @public
 */
export function apiTokenOf(
  container: DeclaredContainer,
  options: { namespace: string; accountsWithoutToken?: ReadonlySet<string> },
): ApiToken {
  const { pod } = container;
  if (container.apiToken === 'mounted') {
    return {
      state: 'mounted',
      because: 'a token of its ServiceAccount is mounted',
      field: 'volumes',
    };
  }
  const field = 'automountServiceAccountToken';
  if (pod.automountServiceAccountToken !== undefined) {
    return pod.automountServiceAccountToken
      ? { state: 'mounted', because: 'the pod asks for it', field }
      : { state: 'not-mounted', because: 'the pod refuses it', field };
  }
  const account = pod.serviceAccountName ?? 'default';
  if (!options.accountsWithoutToken) {
    return {
      state: 'unknown',
      because: `the pod does not say, and its ServiceAccount ${account} was not read`,
      field,
    };
  }
  return options.accountsWithoutToken.has(`${options.namespace}/${account}`)
    ? {
        state: 'not-mounted',
        because: `its ServiceAccount ${account} refuses it`,
        field: 'serviceAccountName',
      }
    : {
        state: 'mounted',
        because: `neither the pod nor its ServiceAccount ${account} refuses it`,
        field,
      };
}

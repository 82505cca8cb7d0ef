import { listContainers } from '../confinement/listContainers';
import { PodLevelSpec } from '../confinement/podSecurity';
import { apiTokenOf } from './apiToken';

function stateOf(
  pod: PodLevelSpec,
  options: { accountsWithoutToken?: string[]; apiToken?: 'mounted' } = {},
) {
  const [container] = listContainers({
    ...pod,
    containers: [
      {
        name: 'a',
        image: 'a',
        ...(options.apiToken && { apiToken: options.apiToken }),
      },
    ],
  });
  return apiTokenOf(container, {
    namespace: 'agents',
    ...(options.accountsWithoutToken && {
      accountsWithoutToken: new Set(options.accountsWithoutToken),
    }),
  }).state;
}

const refused = ['agents/default', 'agents/helper'];

describe('a token for the Kubernetes API', () => {
  it.each<[string, PodLevelSpec, Parameters<typeof stateOf>[1], string]>([
    [
      'seen in a live pod',
      { automountServiceAccountToken: false },
      { apiToken: 'mounted' },
      'mounted',
    ],
    [
      'refused by the pod',
      { automountServiceAccountToken: false },
      {},
      'not-mounted',
    ],
    [
      'asked for by the pod, against its account',
      { automountServiceAccountToken: true },
      { accountsWithoutToken: refused },
      'mounted',
    ],
    [
      'refused by the account that it names',
      { serviceAccountName: 'helper' },
      { accountsWithoutToken: refused },
      'not-mounted',
    ],
    [
      'refused by the default account',
      {},
      { accountsWithoutToken: refused },
      'not-mounted',
    ],
    [
      'refused by nobody',
      { serviceAccountName: 'other' },
      { accountsWithoutToken: refused },
      'mounted',
    ],
    ['of which nothing could be read', {}, {}, 'unknown'],
  ])('%s', (_, pod, options, state) => {
    expect(stateOf(pod, options)).toBe(state);
  });
});

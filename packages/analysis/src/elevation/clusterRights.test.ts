import fc from 'fast-check';
import {
  accountSubject,
  groupSubject,
  resolveClusterRights,
  rightInWords,
  rightsOfAccount,
  RoleBindingFacts,
  RoleFacts,
} from './clusterRights';
import { RoleRule, rightsOfRule } from './rightsOfRule';

const rule = (
  resources: string[],
  verbs: string[],
  more: Partial<RoleRule> = {},
): RoleRule => ({ apiGroups: [''], resources, verbs, ...more });

const role = (
  name: string,
  rules: RoleRule[],
  more: Partial<RoleFacts> = {},
): RoleFacts => ({ name, labels: {}, rules, ...more });

const agent = { namespace: 'agents', name: 'helper' };
const bind = (
  name: string,
  roleName: string,
  more: Partial<RoleBindingFacts> = {},
): RoleBindingFacts => ({
  name,
  role: { kind: 'ClusterRole', name: roleName },
  subjects: [accountSubject(agent.namespace, agent.name)],
  ...more,
});

function rights(roles: RoleFacts[], bindings: RoleBindingFacts[]) {
  return rightsOfAccount(resolveClusterRights({ roles, bindings }), agent);
}

const secrets = rule(['secrets'], ['get', 'list']);

describe('a rule of a role', () => {
  it.each<[RoleRule, string[]]>([
    [
      rule(['*'], ['*'], { apiGroups: ['*'] }),
      ['everything critical: do everything'],
    ],
    [secrets, ['reads-secrets critical: read secrets']],
    [rule(['secrets'], ['watch']), ['reads-secrets critical: read secrets']],
    [
      rule(['secrets'], ['get'], { resourceNames: ['tls'] }),
      ['reads-secrets medium: read named secrets'],
    ],
    [rule(['secrets'], ['get'], { apiGroups: ['apps'] }), []],
    [
      rule(['deployments'], ['patch'], { apiGroups: ['apps'] }),
      ['changes-workloads high: change workloads, and so what their pods run'],
    ],
    [
      rule(['jobs'], ['create'], { apiGroups: ['batch'] }),
      ['creates-pods critical: create pods, and so run as any account there'],
    ],
    [rule(['pods/exec'], ['create']), ['executes high: run commands in pods']],
    [rule(['*/exec'], ['create']), ['executes high: run commands in pods']],
    [rule(['pods'], ['get', 'list', 'watch']), []],
    [rule(['pods/log'], ['get']), []],
    [
      rule(['clusterroles'], ['bind'], {
        apiGroups: ['rbac.authorization.k8s.io'],
      }),
      ['escalates critical: give itself any right (escalate or bind roles)'],
    ],
    [
      rule(['serviceaccounts'], ['impersonate']),
      ['impersonates critical: act as other accounts (impersonate)'],
    ],
    [
      rule(['serviceaccounts/token'], ['create']),
      ['creates-tokens critical: make tokens of service accounts'],
    ],
    [
      rule(['nodes/proxy'], ['get']),
      ['reaches-nodes critical: reach the kubelets of nodes (nodes/proxy)'],
    ],
    [
      rule(['seccompprofiles'], ['update'], {
        apiGroups: ['security-profiles-operator.x-k8s.io'],
      }),
      [
        'changes-profiles high: change security profiles, and so what holds its own containers',
      ],
    ],
    [
      rule(['mutatingwebhookconfigurations'], ['*'], { apiGroups: ['*'] }),
      [
        'changes-admission critical: change admission, and so every object that is written',
      ],
    ],
  ])('%j lets an account do %j', (one, expected) => {
    expect(
      rightsOfRule(one)
        .filter(({ risk }) => risk !== 'low')
        .map(({ id, risk, text }) => `${id} ${risk}: ${text}`),
    ).toEqual(expected);
  });

  it('about oneself gives nothing', () => {
    expect(
      rightsOfRule(
        rule(['selfsubjectaccessreviews'], ['create'], {
          apiGroups: ['authorization.k8s.io'],
        }),
      ),
    ).toEqual([]);
  });

  it('about anything else is of low risk', () => {
    expect(
      rightsOfRule(rule(['configmaps'], ['get', 'update'])).map(
        ({ id, risk }) => `${id} ${risk}`,
      ),
    ).toEqual(['changes low', 'reads low']);
  });
});

describe('a ServiceAccount', () => {
  it('has a ClusterRole everywhere by a ClusterRoleBinding, and says by which', () => {
    const [right] = rights([role('reader', [secrets])], [bind('b', 'reader')]);
    expect(right.via).toBe('ClusterRoleBinding b → ClusterRole reader');
    expect(rightInWords(right)).toBe('read secrets in all namespaces');
  });

  it('has a ClusterRole in one namespace by a RoleBinding', () => {
    const [right] = rights(
      [role('reader', [secrets])],
      [bind('b', 'reader', { namespace: 'shop' })],
    );
    expect(right.via).toBe('RoleBinding b → ClusterRole reader');
    expect(rightInWords(right)).toBe('read secrets in namespace shop');
  });

  it('has nothing of objects without a namespace by a RoleBinding', () => {
    const roles = [role('nodes', [rule(['nodes/proxy'], ['get'])])];
    const ids = (binding: RoleBindingFacts) =>
      rights(roles, [binding]).map(({ id }) => id);
    expect(ids(bind('b', 'nodes'))).toContain('reaches-nodes');
    expect(ids(bind('b', 'nodes', { namespace: 'shop' }))).not.toContain(
      'reaches-nodes',
    );
  });

  it('has a Role of the namespace of its binding, and none of another', () => {
    const roles = [
      role('reader', [secrets], { namespace: 'shop' }),
      role('reader', [rule(['pods'], ['create'])], { namespace: 'other' }),
    ];
    const binding = bind('b', 'reader', {
      namespace: 'shop',
      role: { kind: 'Role', name: 'reader' },
    });
    expect(rights(roles, [binding])[0].id).toBe('reads-secrets');
    expect(rights(roles, [{ ...binding, namespace: 'none' }])).toEqual([]);
  });

  it.each([
    'system:serviceaccounts',
    'system:serviceaccounts:agents',
    'system:authenticated',
  ])('has what the group %s has', name => {
    expect(
      rights(
        [role('reader', [secrets])],
        [bind('b', 'reader', { subjects: [groupSubject(name)!] })],
      )[0].id,
    ).toBe('reads-secrets');
  });

  it.each([
    groupSubject('system:serviceaccounts:shop')!,
    accountSubject('shop', 'helper'),
    accountSubject('agents', 'other'),
  ])('has nothing of %s', subject => {
    expect(
      rights(
        [role('reader', [secrets])],
        [bind('b', 'reader', { subjects: [subject] })],
      ),
    ).toEqual([]);
  });

  it('has nothing by a role that does not exist', () => {
    expect(rights([], [bind('b', 'gone')])).toEqual([]);
  });

  it('has the rules of what an aggregated ClusterRole selects, in chains and circles too', () => {
    const select = (value: string) => [{ matchLabels: { to: value } }];
    const roles = [
      role('top', [], { aggregates: select('top'), labels: { to: 'bottom' } }),
      role('middle', [], {
        labels: { to: 'top' },
        aggregates: select('middle'),
      }),
      role('bottom', [secrets], {
        labels: { to: 'middle' },
        aggregates: select('bottom'),
      }),
    ];
    expect(rights(roles, [bind('b', 'top')]).map(({ id }) => id)).toContain(
      'reads-secrets',
    );
  });

  it('is told once of what holds in all namespaces and in one', () => {
    expect(
      rights(
        [role('reader', [secrets])],
        [bind('a', 'reader', { namespace: 'shop' }), bind('b', 'reader')],
      )
        .filter(({ id }) => id === 'reads-secrets')
        .map(rightInWords),
    ).toEqual(['read secrets in all namespaces']);
  });

  it('is told of the riskiest first', () => {
    expect(
      rights(
        [
          role('mixed', [
            rule(['configmaps'], ['get']),
            rule(['pods/exec'], ['create']),
            secrets,
          ]),
        ],
        [bind('b', 'mixed')],
      ).map(({ risk }) => risk),
    ).toEqual(['critical', 'high', 'low', 'low']);
  });

  it('never loses a right by another role or binding, whatever their order', () => {
    const rules = fc.record({
      apiGroups: fc.subarray(['', 'apps', '*'], { minLength: 1 }),
      resources: fc.subarray(['secrets', 'pods', 'pods/exec', '*'], {
        minLength: 1,
      }),
      verbs: fc.subarray(['get', 'create', 'patch', '*'], { minLength: 1 }),
    });
    const roles = fc.array(fc.array(rules, { maxLength: 3 }), {
      minLength: 1,
      maxLength: 4,
    });
    const ids = (found: ReturnType<typeof rights>) =>
      found.map(right => `${right.id} ${rightInWords(right)}`);
    fc.assert(
      fc.property(roles, one => {
        const facts = one.map((each, index) => role(`r${index}`, each));
        const bindings = one.map((_, index) => bind(`b${index}`, `r${index}`));
        const all = ids(rights(facts, bindings));
        expect(
          ids(rights([...facts].reverse(), [...bindings].reverse())),
        ).toEqual(all);
        for (const part of ids(rights(facts, bindings.slice(1)))) {
          expect(all).toContain(part);
        }
      }),
    );
  });
});

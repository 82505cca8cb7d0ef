import fc from 'fast-check';
import {
  indexProfiles,
  IndexedProfile,
  Mechanism,
} from '../profiles/profileIndex';
import { ProfileKind } from '../profiles/profileObject';
import { listContainers } from './listContainers';
import {
  ContainerSecurityContext,
  LocalhostProfileSource,
  PodLevelSpec,
} from './podSecurity';
import { ConfinementContext, resolveConfinement } from './resolveConfinement';

function profile(
  name: string,
  overrides: Partial<IndexedProfile> = {},
): IndexedProfile {
  return {
    id: `id-${name}`,
    kind: 'SeccompProfile',
    version: 'v1',
    name,
    uid: `uid-${name}`,
    spec: { defaultAction: 'SCMP_ACT_ERRNO' },
    ...overrides,
  };
}

interface Situation {
  securityContext?: ContainerSecurityContext;
  pod?: PodLevelSpec;
  profiles?: IndexedProfile[];
  context?: Partial<ConfinementContext>;
}

function resolve({
  securityContext,
  pod = {},
  profiles = [],
  context = {},
}: Situation) {
  const [container] = listContainers({
    ...pod,
    containers: [{ name: 'api', image: 'example.org/api:1', securityContext }],
  });
  return resolveConfinement(container, {
    pathPrefix: 'spec.template.spec',
    index: indexProfiles(profiles),
    nodeStates: new Map(
      profiles.map(({ id }) => [id, { a: 'Installed', b: 'Installed' }]),
    ),
    operatorNodes: ['a', 'b'],
    nodes: [{ name: 'a' }, { name: 'b' }],
    runsOn: ['a'],
    seccompDefault: 'not-declared',
    ...context,
  });
}

const localhost = (localhostProfile: string): LocalhostProfileSource => ({
  type: 'Localhost',
  localhostProfile,
});

const annotation = 'container.apparmor.security.beta.kubernetes.io/api';

describe('the seccomp setting of a container', () => {
  it.each<[string, Situation, object]>([
    [
      'nothing is unset and not in force',
      {},
      { state: 'unset', setBy: 'none', value: '', inForce: 'no' },
    ],
    [
      'nothing on a cluster with seccompDefault is RuntimeDefault',
      { context: { seccompDefault: 'declared' } },
      { state: 'runtime-default', setBy: 'none', inForce: 'yes' },
    ],
    [
      'RuntimeDefault of the pod',
      {
        pod: {
          securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
        },
      },
      {
        state: 'runtime-default',
        setBy: 'pod',
        field: 'spec.template.spec.securityContext.seccompProfile',
        inForce: 'yes',
      },
    ],
    [
      'Unconfined of the container',
      { securityContext: { seccompProfile: { type: 'Unconfined' } } },
      {
        state: 'unconfined',
        setBy: 'container',
        field:
          'spec.template.spec.containers[api].securityContext.seccompProfile',
        inForce: 'no',
      },
    ],
    [
      'a profile by its file',
      {
        securityContext: { seccompProfile: localhost('operator/pay.json') },
        profiles: [profile('pay')],
      },
      {
        state: 'profile',
        value: 'Localhost operator/pay.json',
        profileId: 'id-pay',
        profileName: 'pay',
        inForce: 'yes',
      },
    ],
    [
      'a profile whose name ends in .json',
      {
        securityContext: { seccompProfile: localhost('operator/pay.json') },
        profiles: [profile('pay.json')],
      },
      { state: 'profile', profileName: 'pay.json' },
    ],
    [
      'a path with a double slash',
      {
        securityContext: { seccompProfile: localhost('operator//./pay.json') },
        profiles: [profile('pay')],
      },
      { state: 'profile' },
    ],
    [
      'the status of the object decides over its name',
      {
        securityContext: { seccompProfile: localhost('operator/old.json') },
        profiles: [profile('pay', { statusName: 'operator/old.json' })],
      },
      { state: 'profile', profileName: 'pay' },
    ],
    [
      'a namespaced profile of old operators',
      {
        securityContext: {
          seccompProfile: localhost('operator/shop/pay.json'),
        },
        profiles: [profile('pay', { namespace: 'shop' })],
      },
      { state: 'profile' },
    ],
    [
      'a three-part path on a new operator dangles',
      {
        securityContext: {
          seccompProfile: localhost('operator/shop/pay.json'),
        },
        profiles: [profile('pay')],
      },
      { state: 'dangling', inForce: 'will-not-start' },
    ],
    [
      'a file of the operator without an object dangles',
      { securityContext: { seccompProfile: localhost('operator/pay.json') } },
      { state: 'dangling', inForce: 'will-not-start' },
    ],
    [
      'another file is foreign',
      { securityContext: { seccompProfile: localhost('system-probe') } },
      { state: 'foreign', inForce: 'unknown' },
    ],
    [
      'two profiles of one file are ambiguous',
      {
        securityContext: { seccompProfile: localhost('operator/pay.json') },
        profiles: [profile('pay'), profile('pay.json')],
      },
      { state: 'ambiguous', inForce: 'unknown' },
    ],
    [
      'a name is unknown, never dangling, when profiles were never read',
      {
        securityContext: { seccompProfile: localhost('operator/pay.json') },
        context: {
          unreadKinds: new Map<ProfileKind, string>([
            ['SeccompProfile', 'seccompprofiles could not be read'],
          ]),
        },
      },
      {
        state: 'unknown',
        inForce: 'unknown',
        because: 'seccompprofiles could not be read',
      },
    ],
    [
      'a privileged container keeps what it says and has nothing in force',
      {
        securityContext: {
          privileged: true,
          seccompProfile: { type: 'RuntimeDefault' },
        },
      },
      { state: 'runtime-default', inForce: 'no', because: 'void: privileged' },
    ],
    [
      'Windows has none',
      { pod: { os: 'windows' } },
      { state: 'not-applicable' },
    ],
    [
      'a sandbox by the handler of its RuntimeClass',
      {
        pod: { runtimeClassName: 'safe' },
        context: { runtimeHandlers: { safe: 'runsc' } },
      },
      { state: 'sandboxed', inForce: 'unknown' },
    ],
    [
      'a sandbox by the name of its class when the handler is not known',
      { pod: { runtimeClassName: 'kata-qemu' } },
      { state: 'sandboxed' },
    ],
    [
      'no sandbox when the handler says runc',
      {
        pod: { runtimeClassName: 'gvisor' },
        context: { runtimeHandlers: { gvisor: 'runc' } },
      },
      { state: 'unset' },
    ],
    [
      'a type that is not known',
      { securityContext: { seccompProfile: { type: 'Magic' } } },
      { state: 'unknown', inForce: 'unknown' },
    ],
  ])('%s', (_, situation, expected) => {
    expect(resolve(situation).seccomp).toMatchObject(expected);
  });

  it('of the container always beats that of the pod', () => {
    const source = fc.oneof(
      fc.record({
        type: fc.constantFrom('RuntimeDefault', 'Unconfined', 'Magic'),
      }),
      fc.record({
        type: fc.constant('Localhost'),
        localhostProfile: fc.constantFrom(
          'operator/pay.json',
          'x',
          'operator/y',
        ),
      }),
    );
    fc.assert(
      fc.property(source, fc.option(source), (own, pods) => {
        const context = (seccompProfile: LocalhostProfileSource) => ({
          seccompProfile,
          appArmorProfile: seccompProfile,
        });
        const situation = {
          securityContext: context(own),
          profiles: [profile('pay')],
        };
        const alone = resolve(situation);
        const together = resolve({
          ...situation,
          pod: {
            annotations: { [annotation]: 'unconfined' },
            ...(pods && { securityContext: context(pods) }),
          },
        });
        expect(together.seccomp).toEqual(alone.seccomp);
        expect(together.appArmor).toEqual(alone.appArmor);
        expect(together.seccomp.setBy).toBe('container');
      }),
    );
  });
});

describe('where a profile is missing', () => {
  const named = {
    securityContext: { seccompProfile: localhost('operator/pay.json') },
    profiles: [profile('pay')],
  };
  const states = (value: Record<string, string>) =>
    new Map([['id-pay', value]]);

  it.each<[string, Partial<ConfinementContext>, object]>([
    [
      'on the node that runs it, new pods do not start',
      { nodeStates: states({ b: 'Installed' }) },
      { inForce: 'will-not-start', missingOn: ['a'] },
    ],
    [
      'on a node that could run it, it is in force where it runs',
      { nodeStates: states({ a: 'Installed' }) },
      { inForce: 'yes', missingOn: ['b'] },
    ],
    [
      'on every node, it does not start',
      { nodeStates: states({}), runsOn: [] },
      { inForce: 'will-not-start', missingOn: ['a', 'b'] },
    ],
    [
      'on a node with a taint that the pod does not tolerate, nothing is missing',
      {
        nodeStates: states({ a: 'Installed' }),
        nodes: [
          { name: 'a' },
          { name: 'b', taints: [{ key: 'gpu', effect: 'NoSchedule' }] },
        ],
      },
      { inForce: 'yes' },
    ],
    [
      'is not known when node states were never read',
      { nodeStates: new Map(), nodeStatesUnread: 'forbidden' },
      { inForce: 'unknown', because: 'forbidden' },
    ],
    [
      'is not known when the nodes were not read',
      { nodes: [], operatorNodes: ['a'] },
      { inForce: 'unknown' },
    ],
  ])('%s', (_, context, expected) => {
    const { seccomp } = resolve({ ...named, context });
    expect({ missingOn: undefined, ...seccomp }).toMatchObject({
      missingOn: undefined,
      ...expected,
    });
  });

  it('a profile that was disabled at birth starts nowhere', () => {
    const spec = { defaultAction: 'SCMP_ACT_ERRNO', state: 'Disabled' };
    const disabled = { ...named, profiles: [profile('pay', { spec })] };
    expect(
      resolve({
        ...disabled,
        context: { nodeStates: states({ a: 'Disabled' }) },
      }).seccomp.inForce,
    ).toBe('will-not-start');
    expect(resolve(disabled).seccomp.inForce).toBe('yes');
  });
});

describe('a profile at the edge of its life', () => {
  const named = (
    kind: ProfileKind,
    overrides: Partial<IndexedProfile> = {},
  ): Situation => ({
    securityContext: {
      ...(kind === 'SeccompProfile' && {
        seccompProfile: localhost('operator/web.json'),
      }),
      ...(kind === 'AppArmorProfile' && { appArmorProfile: localhost('web') }),
      ...(kind.endsWith('linuxProfile') && {
        seLinuxOptions: { type: 'web.process' },
      }),
    },
    profiles: [
      profile('web', {
        kind,
        spec:
          kind === 'SeccompProfile'
            ? { defaultAction: 'SCMP_ACT_ERRNO' }
            : { policy: '' },
        ...overrides,
      }),
    ],
  });
  const states = (a: Record<string, string>) => new Map([['id-web', a]]);
  const of = (kind: ProfileKind, situation: Situation) => {
    const all = resolve(situation);
    if (kind === 'SeccompProfile') {
      return all.seccomp;
    }
    return kind === 'AppArmorProfile' ? all.appArmor : all.seLinux;
  };

  it.each<[string, ProfileKind, Partial<IndexedProfile>, object, object]>([
    [
      'seccomp, disabled at birth: its pods fail to start',
      'SeccompProfile',
      { spec: { defaultAction: 'SCMP_ACT_ERRNO', state: 'Disabled' } },
      { a: 'Disabled', b: 'Disabled' },
      { inForce: 'will-not-start' },
    ],
    [
      'SELinux, disabled at birth: its pods fail to start',
      'SelinuxProfile',
      { spec: { state: 'Disabled' } },
      { a: 'Disabled', b: 'Disabled' },
      { inForce: 'will-not-start' },
    ],
    [
      'disabled later: the file stays where it was',
      'SeccompProfile',
      { spec: { defaultAction: 'SCMP_ACT_ERRNO', state: 'Disabled' } },
      { a: 'Installed', b: 'Installed' },
      { inForce: 'yes' },
    ],
    [
      'disabled later: nodes that were added since lack the file',
      'SeccompProfile',
      { spec: { defaultAction: 'SCMP_ACT_ERRNO', state: 'Disabled' } },
      { a: 'Installed', b: 'Disabled' },
      { inForce: 'yes', missingOn: ['b'] },
    ],
    [
      'AppArmor, disabled: enforced all the same',
      'AppArmorProfile',
      { spec: { state: 'Disabled' } },
      { a: 'Installed', b: 'Installed' },
      { inForce: 'yes' },
    ],
    [
      'seccomp, partial: on no node',
      'SeccompProfile',
      { labels: { 'spo.x-k8s.io/partial': 'true' } },
      {},
      {
        inForce: 'will-not-start',
        because: expect.stringContaining('part of a recording'),
      },
    ],
    [
      'AppArmor, partial: installed all the same',
      'AppArmorProfile',
      { labels: { 'spo.x-k8s.io/partial': 'true' } },
      { a: 'Installed', b: 'Installed' },
      { inForce: 'yes' },
    ],
    [
      'seccomp, deleted while pods use it: the file stays',
      'SeccompProfile',
      { deleting: true },
      { a: 'Terminating', b: 'Terminating' },
      { inForce: 'yes', because: expect.stringContaining('being deleted') },
    ],
    [
      'SELinux, deleted while pods use it: the policy is gone at once',
      'SelinuxProfile',
      { deleting: true },
      { a: 'Installed', b: 'Terminating' },
      { inForce: 'no', because: expect.stringContaining('at once') },
    ],
    [
      'AppArmor, deleted while pods use it: nothing protects it',
      'AppArmorProfile',
      { deleting: true },
      { a: 'Terminating', b: 'Terminating' },
      { inForce: 'unknown' },
    ],
    [
      'raw SELinux, deleted while pods use it: nothing protects it',
      'RawSelinuxProfile',
      { deleting: true },
      { a: 'Terminating', b: 'Terminating' },
      { inForce: 'unknown' },
    ],
    [
      'edited: SELinux is in progress on a node, new pods fail there',
      'SelinuxProfile',
      {},
      { a: 'Installed', b: 'InProgress' },
      { inForce: 'yes', missingOn: ['b'] },
    ],
    [
      'missing on the node of its pod',
      'SeccompProfile',
      {},
      { b: 'Installed' },
      { inForce: 'will-not-start', missingOn: ['a'] },
    ],
    [
      'with states in the spelling of another release',
      'SeccompProfile',
      {},
      { a: 'INSTALLED', b: 'installed' },
      { inForce: 'yes' },
    ],
  ])('%s', (_, kind, overrides, held, expected) => {
    const result = of(kind, {
      ...named(kind, overrides),
      context: { nodeStates: states(held as Record<string, string>) },
    });
    expect({ missingOn: undefined, ...result }).toMatchObject({
      missingOn: undefined,
      ...expected,
    });
  });

  it('is not certain on its nodes while a profile of another kind has its name', () => {
    const situation = named('SeccompProfile');
    const namesake = profile('web', { id: 'other', kind: 'AppArmorProfile' });
    const { seccomp } = resolve({
      ...situation,
      profiles: [...(situation.profiles ?? []), namesake],
      context: { nodeStates: states({ b: 'Installed' }) },
    });
    expect(seccomp).toMatchObject({
      state: 'profile',
      inForce: 'unknown',
      because: expect.stringContaining('share their node status'),
    });
    expect(seccomp).not.toHaveProperty('missingOn');
  });
});

describe('names in the three eras of the operator', () => {
  const old = (kind: ProfileKind) =>
    profile('web', { kind, namespace: 'shop', spec: {} });

  it.each<[string, Situation, Mechanism, string]>([
    [
      'a seccomp file with a namespace, up to 0.8.4',
      {
        securityContext: {
          seccompProfile: localhost('operator/shop/web.json'),
        },
        profiles: [old('SeccompProfile')],
      },
      'seccomp',
      'profile',
    ],
    [
      'the same without its namespace is no profile of 0.8.4',
      {
        securityContext: { seccompProfile: localhost('operator/web.json') },
        profiles: [old('SeccompProfile')],
      },
      'seccomp',
      'dangling',
    ],
    [
      'an SELinux type with a namespace, up to 0.8.4',
      {
        securityContext: { seLinuxOptions: { type: 'web_shop.process' } },
        profiles: [old('SelinuxProfile')],
      },
      'seLinux',
      'profile',
    ],
    [
      'a raw SELinux type with a namespace, up to 0.8.4',
      {
        securityContext: { seLinuxOptions: { type: 'web_shop.process' } },
        profiles: [old('RawSelinuxProfile')],
      },
      'seLinux',
      'profile',
    ],
    [
      'the SELinux type of 0.9.0',
      {
        securityContext: { seLinuxOptions: { type: 'web_.process' } },
        profiles: [profile('web', { kind: 'SelinuxProfile', spec: {} })],
      },
      'seLinux',
      'profile',
    ],
    [
      'both types of a raw profile, as its status and its policy say',
      {
        securityContext: { seLinuxOptions: { type: 'web_.process' } },
        profiles: [
          profile('web', {
            kind: 'RawSelinuxProfile',
            spec: { policy: '' },
            statusName: 'web.process',
          }),
        ],
      },
      'seLinux',
      'profile',
    ],
    [
      'an AppArmor name is the same in all of them',
      {
        securityContext: { appArmorProfile: localhost('web') },
        profiles: [old('AppArmorProfile')],
      },
      'appArmor',
      'profile',
    ],
    [
      'names a and a.json share one file',
      {
        securityContext: { seccompProfile: localhost('operator/a.json') },
        profiles: [profile('a'), profile('a.json')],
      },
      'seccomp',
      'ambiguous',
    ],
  ])('%s', (_, situation, mechanism, state) => {
    expect(resolve(situation)[mechanism].state).toBe(state);
  });

  it('a name with a namespace is dangling since 0.9, and the profile of today is named', () => {
    const { seccomp } = resolve({
      securityContext: { seccompProfile: localhost('operator/shop/web.json') },
      profiles: [profile('web')],
    });
    expect(seccomp).toMatchObject({
      state: 'dangling',
      inForce: 'will-not-start',
      because: expect.stringContaining('operator/web.json exists'),
    });
  });

  it.each<[string, ContainerSecurityContext, Mechanism, string]>([
    [
      "the operator's own seccomp file",
      { seccompProfile: localhost('security-profiles-operator.json') },
      'seccomp',
      'foreign',
    ],
    [
      "the operator's own AppArmor profile",
      { appArmorProfile: localhost('spo-apparmor') },
      'appArmor',
      'foreign',
    ],
    [
      "the operator's own SELinux type",
      { seLinuxOptions: { type: 'selinuxd.process' } },
      'seLinux',
      'foreign',
    ],
    [
      "the recorder's permissive SELinux type",
      { seLinuxOptions: { type: 'selinuxrecording.process' } },
      'seLinux',
      'unconfined',
    ],
  ])('%s has no object and is no mistake', (_, context, mechanism, state) => {
    const confinement = resolve({ securityContext: context })[mechanism];
    expect(confinement.state).toBe(state);
    expect(confinement.because ?? '').not.toMatch(/no profile of that name/);
  });
});

describe('a pod with a runtime class', () => {
  const pod = {
    runtimeClassName: 'box',
    securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
  };

  it.each<[string, Record<string, string> | undefined, object]>([
    [
      'is sandboxed where the handler is gVisor',
      { box: 'runsc' },
      { state: 'sandboxed' },
    ],
    [
      'is sandboxed where the handler is Kata',
      { box: 'kata-qemu' },
      { state: 'sandboxed' },
    ],
    [
      'runs like any other under runc',
      { box: 'runc' },
      { state: 'runtime-default', inForce: 'yes' },
    ],
    [
      'may ignore its profiles where runtime classes were not read',
      undefined,
      { state: 'runtime-default', inForce: 'unknown' },
    ],
  ])('%s', (_, runtimeHandlers, expected) => {
    const { seccomp } = resolve({
      pod,
      context: runtimeHandlers ? { runtimeHandlers } : {},
    });
    expect(seccomp).toMatchObject(expected);
  });
});

describe('the AppArmor setting of a container', () => {
  const armor = profile('web', { kind: 'AppArmorProfile', spec: {} });

  it.each<[string, Situation, object]>([
    ['nothing', {}, { state: 'unset', inForce: 'unknown' }],
    [
      'an annotation beats the pod',
      {
        pod: {
          annotations: { [annotation]: 'localhost/web' },
          securityContext: { appArmorProfile: { type: 'Unconfined' } },
        },
        profiles: [armor],
      },
      {
        state: 'profile',
        setBy: 'annotation',
        field: `spec.template.metadata.annotations[${annotation}]`,
        profileName: 'web',
      },
    ],
    [
      'an annotation for another container has no effect',
      { pod: { annotations: { [`${annotation}x`]: 'unconfined' } } },
      { state: 'unset' },
    ],
    [
      'runtime/default',
      { pod: { annotations: { [annotation]: 'runtime/default' } } },
      { state: 'runtime-default' },
    ],
    [
      'a name without an object is foreign: the node may have it',
      { securityContext: { appArmorProfile: localhost('cri-web') } },
      { state: 'foreign' },
    ],
    [
      'a profile that is being deleted may be gone',
      {
        securityContext: { appArmorProfile: localhost('web') },
        profiles: [{ ...armor, deleting: true }],
      },
      { state: 'profile', inForce: 'unknown' },
    ],
    [
      'a disabled profile is installed all the same',
      {
        securityContext: { appArmorProfile: localhost('web') },
        profiles: [{ ...armor, spec: { state: 'Disabled' } }],
      },
      { state: 'profile', inForce: 'yes' },
    ],
  ])('%s', (_, situation, expected) => {
    expect(resolve(situation).appArmor).toMatchObject(expected);
  });
});

describe('the SELinux setting of a container', () => {
  const selinux = profile('web', { kind: 'SelinuxProfile', spec: {} });

  it.each<[string, Situation, object]>([
    [
      'a type of a profile',
      {
        pod: { securityContext: { seLinuxOptions: { type: 'web.process' } } },
        profiles: [selinux],
      },
      { state: 'profile', setBy: 'pod', value: 'web.process' },
    ],
    [
      'the spelling of 0.9.0 and of raw profiles',
      {
        securityContext: { seLinuxOptions: { type: 'web_.process' } },
        profiles: [{ ...selinux, kind: 'RawSelinuxProfile' }],
      },
      { state: 'profile' },
    ],
    [
      'two kinds that write one file',
      {
        securityContext: { seLinuxOptions: { type: 'web.process' } },
        profiles: [
          selinux,
          { ...selinux, id: 'raw', kind: 'RawSelinuxProfile' },
        ],
      },
      { state: 'ambiguous' },
    ],
    [
      "a container with only a level loses the pod's type",
      {
        securityContext: { seLinuxOptions: { level: 's0:c1' } },
        pod: { securityContext: { seLinuxOptions: { type: 'web.process' } } },
        profiles: [selinux],
      },
      { state: 'unset' },
    ],
    [
      'spc_t',
      { securityContext: { seLinuxOptions: { type: 'spc_t' } } },
      { state: 'unconfined', inForce: 'no', value: 'spc_t' },
    ],
    [
      'container_t',
      { securityContext: { seLinuxOptions: { type: 'container_t' } } },
      { state: 'runtime-default' },
    ],
    [
      'a type of the operator without an object',
      { securityContext: { seLinuxOptions: { type: 'gone.process' } } },
      { state: 'dangling' },
    ],
    [
      "a type of the node's own policy",
      { securityContext: { seLinuxOptions: { type: 'mysql_t' } } },
      { state: 'foreign' },
    ],
  ])('%s', (_, situation, expected) => {
    expect(resolve(situation).seLinux).toMatchObject(expected);
  });
});

describe('paths to settings', () => {
  it.each([
    ['spec', 'spec.initContainers[api].securityContext.seccompProfile'],
    [
      'spec.jobTemplate.spec.template.spec',
      'spec.jobTemplate.spec.template.spec.initContainers[api].securityContext.seccompProfile',
    ],
  ])('below %s are real', (pathPrefix, field) => {
    const [container] = listContainers({
      initContainers: [
        {
          name: 'api',
          image: 'x',
          restartPolicy: 'Always',
          securityContext: { seccompProfile: { type: 'Unconfined' } },
        },
      ],
      containers: [],
    });
    expect(container.type).toBe('sidecar');
    const { seccomp } = resolveConfinement(container, {
      pathPrefix,
      index: indexProfiles([]),
      nodeStates: new Map(),
      operatorNodes: [],
      nodes: [],
      runsOn: [],
      seccompDefault: 'not-declared',
    });
    expect(seccomp.field).toBe(field);
  });
});

describe('the containers of a pod', () => {
  it('are init, sidecar, main and running ephemeral ones', () => {
    const image = 'x';
    const containers = listContainers({
      initContainers: [
        { name: 'migrate', image },
        { name: 'proxy', image, restartPolicy: 'Always' },
      ],
      containers: [{ name: 'api', image }],
      ephemeralContainers: [
        { name: 'debug', image },
        { name: 'done', image, ended: true },
      ],
      hostPID: true,
    });
    expect(containers.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'migrate init',
      'proxy sidecar',
      'api main',
      'debug ephemeral',
    ]);
    expect(containers.every(({ pod }) => pod.hostPID)).toBe(true);
  });
});

import { BindingFacts } from '../confinement/bindings';
import { OperatorWebhook } from '../confinement/operatorWebhook';
import {
  ContainerSecurityContext,
  TemplateSettings,
} from '../confinement/podSecurity';
import { IndexedProfile } from '../profiles/profileIndex';
import { ClusterFacts, ContainerFacts } from './entityFacts';
import {
  exampleCluster,
  exampleContainer,
  exampleFacts,
  exampleProfile,
  exampleSources,
  exampleWorkload,
  underProfile,
} from './exampleFacts';
import { judgeEntity } from './judgeEntity';
import { defaultRuleset } from './ruleset';

const image = 'example.org/cart:1';
const now = '2026-11-23T10:00:00Z';
const enabled = { shop: { 'spo.x-k8s.io/enable-binding': '' } };
const runtimeDefault: ContainerSecurityContext = {
  seccompProfile: { type: 'RuntimeDefault' },
};

function binding(overrides: Partial<BindingFacts> = {}): BindingFacts {
  return {
    namespace: 'shop',
    name: 'cart',
    profileKind: 'SeccompProfile',
    profileName: 'pay',
    image,
    ...overrides,
  };
}

/** A profile that the operator has installed, so that it has a status. */
function installed(
  name: string,
  overrides: Partial<IndexedProfile> = {},
): IndexedProfile {
  return exampleProfile(name, {
    statusName: `operator/${name}.json`,
    ...overrides,
  });
}

/** A live container with what its template says of profiles. */
function live(
  securityContext: ContainerSecurityContext,
  declared: TemplateSettings | undefined,
  facts: Partial<ContainerFacts> = {},
): ContainerFacts {
  return exampleContainer({
    securityContext: { seccompProfile: undefined, ...securityContext },
    facts: { ...(declared && { declared }), ...facts },
  });
}

function template(
  securityContext: ContainerSecurityContext = {},
): TemplateSettings {
  return { securityContext, pod: {} };
}

function judge(options: {
  containers: ContainerFacts[];
  bindings: BindingFacts[];
  cluster?: Partial<ClusterFacts>;
  profiles?: IndexedProfile[];
}) {
  const profiles = options.profiles ?? [installed('pay')];
  const posture = judgeEntity(
    exampleFacts({
      clusters: [
        exampleCluster({
          bindings: options.bindings,
          namespaceLabels: enabled,
          profiles: profiles.map(profile => ({
            profile,
            nodeStates: { a: 'Installed', b: 'Installed' },
          })),
          ...options.cluster,
        }),
      ],
      workloads: [exampleWorkload({ containers: options.containers })],
    }),
    defaultRuleset,
    now,
  );
  const finding = (id: string) => posture.findings.find(one => one.id === id)!;
  return {
    confinement: posture.workloads[0].containers[0].confinement,
    idle: finding('binding-without-effect'),
    overrules: finding('binding-overrules'),
  };
}

describe('a profile binding', () => {
  it('is named behind what it set, as deduced, where the template says nothing', () => {
    const { confinement, idle, overrules } = judge({
      containers: [live(underProfile('pay'), template())],
      bindings: [binding()],
    });
    expect(confinement.seccomp).toMatchObject({
      state: 'profile',
      setBy: 'container',
      binding: {
        namespace: 'shop',
        name: 'cart',
        because: expect.stringMatching(/^deduced: .*the template says nothing/),
      },
    });
    expect(confinement.seccomp.binding).not.toHaveProperty('over');
    expect([idle.status, overrules.status]).toEqual(['pass', 'pass']);
  });

  it('of all images is named behind what it set for the pod', () => {
    const { confinement } = judge({
      containers: [
        exampleContainer({
          securityContext: { seccompProfile: undefined },
          pod: { securityContext: underProfile('pay') },
          facts: { declared: template() },
        }),
      ],
      bindings: [binding({ image: '*' })],
    });
    expect(confinement.seccomp).toMatchObject({
      setBy: 'pod',
      binding: { name: 'cart' },
    });
  });

  it('sets SELinux and AppArmor profiles as well', () => {
    const { confinement } = judge({
      containers: [
        live(
          {
            ...runtimeDefault,
            seLinuxOptions: { type: 'web.process' },
            appArmorProfile: { type: 'Localhost', localhostProfile: 'web' },
          },
          template(runtimeDefault),
        ),
      ],
      bindings: [
        binding({
          name: 'se',
          profileKind: 'SelinuxProfile',
          profileName: 'web',
        }),
        binding({
          name: 'aa',
          profileKind: 'AppArmorProfile',
          profileName: 'web',
        }),
      ],
      profiles: [
        installed('web', {
          id: 'se',
          kind: 'SelinuxProfile',
          statusName: 'web.process',
          spec: {},
        }),
        installed('web', { id: 'aa', kind: 'AppArmorProfile', spec: {} }),
      ],
    });
    expect(confinement.seLinux.binding?.name).toBe('se');
    expect(confinement.appArmor.binding?.name).toBe('aa');
    expect(confinement.seccomp.binding).toBeUndefined();
  });

  it('is not named behind a setting that the template has itself', () => {
    const { confinement, overrules } = judge({
      containers: [live(underProfile('pay'), template(underProfile('pay')))],
      bindings: [binding()],
    });
    expect(confinement.seccomp.binding).toBeUndefined();
    expect(overrules.status).toBe('not-applicable');
  });

  it('is not named behind pods of an older template, whose setting it would not write', () => {
    const { confinement } = judge({
      containers: [live(underProfile('old'), template(underProfile('new')))],
      bindings: [binding()],
      profiles: [installed('pay'), installed('old'), installed('new')],
    });
    expect(confinement.seccomp.binding).toBeUndefined();
  });

  it('is likely behind the setting of a pod without a template, where its namespace is labelled', () => {
    const on = judge({
      containers: [live(underProfile('pay'), undefined)],
      bindings: [binding()],
    });
    expect(on.confinement.seccomp.binding?.because).toMatch(/no template/);
    const off = judge({
      containers: [live(underProfile('pay'), undefined)],
      bindings: [binding()],
      cluster: { namespaceLabels: { shop: {} } },
    });
    expect(off.confinement.seccomp.binding).toBeUndefined();
  });
});

describe('the finding binding-overrules', () => {
  it('warns where a binding of an image replaced a stricter setting of the template', () => {
    const { confinement, overrules } = judge({
      containers: [live(underProfile('pay'), template(runtimeDefault))],
      bindings: [binding()],
    });
    expect(confinement.seccomp.binding?.over).toBe('RuntimeDefault');
    expect(overrules).toMatchObject({
      status: 'warn',
      evidence: [
        {
          field:
            'spec.template.spec.containers[api].securityContext.seccompProfile',
          value:
            'Localhost operator/pay.json by binding shop/cart, in place of RuntimeDefault',
        },
      ],
    });
    expect(overrules.fixes[0].text).toBe(
      'Set pay in Deployment cart itself, or remove binding cart of namespace shop in eu: it overwrites RuntimeDefault.',
    );
  });

  it('warns where the SELinux options of the template were replaced as a whole', () => {
    const { overrules } = judge({
      containers: [
        live(
          { ...runtimeDefault, seLinuxOptions: { type: 'web.process' } },
          template({
            ...runtimeDefault,
            seLinuxOptions: { type: 'container_t', level: 's0:c1,c2' },
          }),
        ),
      ],
      bindings: [
        binding({ profileKind: 'SelinuxProfile', profileName: 'web' }),
      ],
      profiles: [
        installed('web', {
          kind: 'SelinuxProfile',
          statusName: 'web.process',
          spec: {},
        }),
      ],
    });
    expect(overrules).toMatchObject({
      status: 'warn',
      evidence: [{ value: expect.stringContaining('in place of container_t') }],
    });
  });
});

describe('the finding binding-without-effect', () => {
  const bare = live(runtimeDefault, template(runtimeDefault));

  it('warns with a patch where the namespace lacks the label, whatever its value would be', () => {
    const { idle } = judge({
      containers: [bare],
      bindings: [binding()],
      cluster: { namespaceLabels: { shop: { team: 'a' } } },
    });
    expect(idle.status).toBe('warn');
    expect(idle.fixes).toEqual([
      {
        text: 'Label namespace shop so that binding cart works, or set the profile in Deployment cart.',
        patch: {
          format: 'yaml',
          body: "# Namespace shop in eu\nmetadata:\n  labels:\n    spo.x-k8s.io/enable-binding: ''\n",
        },
      },
    ]);
    expect(
      judge({
        containers: [bare],
        bindings: [binding()],
        cluster: {
          namespaceLabels: { shop: { 'spo.x-k8s.io/enable-binding': 'false' } },
        },
      }).idle.evidence[0].value,
    ).not.toMatch(/label/);
  });

  it("follows the webhook's own selector where that was read", () => {
    const webhooks: OperatorWebhook[] = [
      {
        name: 'binding.spo.io',
        namespaceSelector: { matchLabels: { profiles: 'on' } },
      },
    ];
    const { idle } = judge({
      containers: [bare],
      bindings: [binding()],
      cluster: { webhooks },
    });
    expect(idle.evidence[0].value).toBe(
      'namespace shop does not have the label profiles=on',
    );
    expect(idle.fixes[0].patch?.body).toContain("profiles: 'on'");
  });

  it.each([
    'example.org/cart:2',
    'example.org/cart',
    'example.org/cart@sha256:0000',
  ])(
    'warns where the image is another text for the same repository: %s',
    text => {
      const { idle } = judge({
        containers: [bare],
        bindings: [binding({ image: text })],
      });
      expect(idle).toMatchObject({
        status: 'warn',
        evidence: [
          {
            value: `it names ${text}, the container runs ${image}; texts are compared, not images`,
          },
        ],
      });
    },
  );

  it('knows the short names of Docker Hub as the same repository', () => {
    const container = exampleContainer({
      image: 'docker.io/library/nginx:1.27',
      facts: { declared: template(runtimeDefault) },
    });
    const { idle } = judge({
      containers: [container],
      bindings: [binding({ image: 'nginx:1.27' })],
    });
    expect(idle.status).toBe('warn');
  });

  it('has nothing to say of bindings for other images, other namespaces and ephemeral containers', () => {
    const other = judge({
      containers: [bare],
      bindings: [
        binding({ image: 'example.org/other:1' }),
        binding({ namespace: 'elsewhere' }),
      ],
    });
    expect(other.idle.status).toBe('not-applicable');
    const ephemeral = {
      ...bare,
      container: { ...bare.container, type: 'ephemeral' as const },
    };
    expect(
      judge({ containers: [ephemeral], bindings: [binding()] }).idle.status,
    ).toBe('not-applicable');
  });

  it('warns where a binding for all images meets a setting of the pod or of the container', () => {
    const ofContainer = judge({
      containers: [bare],
      bindings: [binding({ image: '*' })],
    });
    expect(ofContainer.idle.evidence[0].value).toBe(
      'spec.template.spec.containers[api].securityContext.seccompProfile says RuntimeDefault, and a binding for all images only fills what is empty',
    );
    const ofPod = judge({
      containers: [
        exampleContainer({
          securityContext: { seccompProfile: undefined },
          pod: { securityContext: runtimeDefault },
          facts: { declared: { pod: { securityContext: runtimeDefault } } },
        }),
      ],
      bindings: [binding({ image: '*' })],
    });
    expect(ofPod.idle.status).toBe('warn');
  });

  it('warns where the profile does not exist, and cannot tell where profiles were not read', () => {
    const { idle } = judge({
      containers: [bare],
      bindings: [binding({ profileName: 'gone' })],
    });
    expect(idle).toMatchObject({
      status: 'warn',
      evidence: [
        {
          value: 'SeccompProfile gone does not exist, so pods start without it',
        },
      ],
    });
    const unread = judge({
      containers: [bare],
      bindings: [binding()],
      profiles: [],
      cluster: {
        sources: exampleSources('eu', {
          seccompprofiles: { state: 'forbidden', lastFresh: undefined },
        }),
      },
    });
    expect(unread.idle.status).toBe('unknown');
  });

  it('fails where the profile has no status yet: such a binding refuses new pods', () => {
    const { idle } = judge({
      containers: [bare],
      bindings: [binding()],
      profiles: [exampleProfile('pay')],
    });
    expect(idle).toMatchObject({
      status: 'fail',
      fixes: [{ text: expect.stringMatching(/refuses new pods\.$/) }],
    });
  });

  it('warns for a binding of all images beside one of an image of the same pod', () => {
    const { idle } = judge({
      containers: [live(underProfile('pay'), template())],
      bindings: [binding(), binding({ name: 'all', image: '*' })],
    });
    expect(idle.evidence).toEqual([
      expect.objectContaining({
        field: 'ProfileBinding shop/all',
        value:
          'binding cart names an image of the same pod, and a binding for all images then does nothing',
      }),
    ]);
  });

  it('warns for all but one of several bindings of all images, of whatever kind', () => {
    const { idle } = judge({
      containers: [live({}, template())],
      bindings: [
        binding({ name: 'one', image: '*' }),
        binding({
          name: 'two',
          image: '*',
          profileKind: 'AppArmorProfile',
          profileName: 'web',
        }),
      ],
      profiles: [
        installed('pay'),
        installed('web', { kind: 'AppArmorProfile', spec: {} }),
      ],
    });
    expect(idle).toMatchObject({
      status: 'warn',
      evidence: [{ value: expect.stringMatching(/only one of such/) }],
    });
  });

  it('warns for two bindings of one image and kind: which of both wins is not defined', () => {
    const { idle } = judge({
      containers: [live(underProfile('pay'), template())],
      bindings: [binding(), binding({ name: 'twin', profileName: 'other' })],
      profiles: [installed('pay'), installed('other')],
    });
    expect(idle).toMatchObject({
      status: 'warn',
      evidence: [{ value: expect.stringMatching(/not defined$/) }],
    });
  });

  it('asks for a restart where nothing else explains that running pods lack the profile', () => {
    const { idle } = judge({
      containers: [bare],
      bindings: [binding()],
    });
    expect(idle.fixes).toEqual([
      {
        text: 'Restart Deployment cart so that its pods get what binding cart of namespace shop in eu sets.',
      },
    ]);
  });

  it('expects nothing of a workload without pods where the binding can work', () => {
    const { idle } = judge({
      containers: [{ ...bare, basis: 'template', pods: 0, nodes: {} }],
      bindings: [binding()],
    });
    expect(idle.status).toBe('not-applicable');
  });

  it('cannot tell without the labels of the namespace, or without the bindings', () => {
    expect(
      judge({
        containers: [bare],
        bindings: [binding()],
        cluster: { namespaceLabels: undefined },
      }).idle,
    ).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('labels of namespace shop'),
    });
    const group = 'security-profiles-operator.x-k8s.io';
    expect(
      judge({
        containers: [bare],
        bindings: [],
        cluster: {
          sources: [
            ...exampleSources('eu'),
            {
              cluster: 'eu',
              resource: `profilebindings.${group}`,
              state: 'forbidden',
              since: now,
            },
          ],
        },
      }).idle.status,
    ).toBe('unknown');
  });
});

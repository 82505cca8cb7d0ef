import { collectorsByImage } from './collectorBaselines';
import { imageRepository } from './imageRepository';

/** What a workload is for, as far as targets and expected elevations depend on it. @public */
export type WorkloadClassName =
  | 'ordinary'
  | 'ai-agent'
  | 'ebpf-collector'
  | 'dataplane'
  | 'mesh'
  | 'operator';

/** Class of a workload and what it was recognised by. @public */
export interface WorkloadClass {
  value: WorkloadClassName;
  /** A `guess` never changes a level or a target: it only asks the owner a question. */
  confidence: 'certain' | 'likely' | 'guess';
  because: string;
  /** `entity`: its own catalog file says so, which its owner writes. */
  saidBy: 'entity' | 'cluster' | 'config';
}

/** What classification looks at. @public */
export interface WorkloadTraits {
  kind: string;
  apiGroup?: string;
  /** Of the workload and its pods. */
  labels: Record<string, string>;
  images: string[];
  /** `spec.type` of the catalog entity. */
  entityType?: string;
  entityTags?: string[];
  /** Annotation `security-profiles.io/class` of the catalog entity. */
  entityClass?: string;
  /** Where it stands, for rules of config. */
  place?: {
    entityRef: string;
    cluster: string;
    namespace: string;
    name: string;
  };
}

/**
 * What config says of the class of some workloads: every condition that is given must hold. `*` in a condition stands for
 * any text. @public
 */
export interface ClassRule {
  class: WorkloadClassName;
  entity?: string;
  cluster?: string;
  namespace?: string;
  kind?: string;
  name?: string;
  /** Repository of the image of one of its containers. */
  image?: string;
}

interface Row {
  value: WorkloadClassName;
  confidence: WorkloadClass['confidence'];
  because(traits: WorkloadTraits): string | undefined;
}

/** By what is asked of a class: a claim of the entity may raise it and never lower it. */
const demand: Record<WorkloadClassName, number> = {
  ordinary: 0,
  mesh: 1,
  operator: 1,
  dataplane: 1,
  'ebpf-collector': 2,
  'ai-agent': 3,
};

/** Images match on whole path segments after the registry, so that mirrors match too. */
function byImage(pattern: RegExp): Row['because'] {
  return ({ images }) => {
    const image = images.find(reference =>
      pattern.test(`/${imageRepository(reference).toLowerCase()}`),
    );
    return image && `its image is ${imageRepository(image).toLowerCase()}`;
  };
}

function byLabel(key: string, value?: string): Row['because'] {
  return ({ labels }) => {
    const found = Object.hasOwn(labels, key) ? labels[key] : undefined;
    const matches =
      found !== undefined && (value === undefined || found === value);
    return matches ? `it has the label ${key}=${found}` : undefined;
  };
}

function byKind(apiGroup: string, kinds: string[]): Row['because'] {
  return traits =>
    traits.apiGroup === apiGroup && kinds.includes(traits.kind)
      ? `its kind is ${traits.kind} of ${apiGroup}`
      : undefined;
}

function byAnyLabel(keys: string[]): Row['because'] {
  return traits =>
    keys
      .map(key => byLabel(key)(traits))
      .find(because => because !== undefined);
}

/** A proxy and its Wasm filters are one process: nothing in a pod tells which filters it loads. */
function byMeshLabel(key: string, value?: string): Row['because'] {
  return traits => {
    const because = byLabel(key, value)(traits);
    return (
      because &&
      `${because}; filters that a proxy loads, Wasm too, are not visible in its pods`
    );
  };
}

/**
 * Best first within a confidence. Sources: kubernetes-sigs/agent-sandbox (api/v1beta1, extensions/api), kagent-dev/kagent
 * and kagent-dev/kmcp (labels of their controllers), kserve/kserve, ray-project/kuberay, istio/istio (manifests/charts),
 * linkerd/linkerd2 (labels of the control plane), and the charts of the collectors in collectorBaselines.ts. Names and
 * values of environment variables and arguments are dropped on arrival, so nothing is recognised by them.
 */
const rows: Row[] = [
  {
    value: 'ai-agent',
    confidence: 'certain',
    because: byKind('agents.x-k8s.io', ['Sandbox']),
  },
  {
    value: 'ai-agent',
    confidence: 'certain',
    because: byKind('extensions.agents.x-k8s.io', [
      'SandboxClaim',
      'SandboxTemplate',
      'SandboxWarmPool',
    ]),
  },
  {
    value: 'ai-agent',
    confidence: 'certain',
    because: byAnyLabel([
      'agents.x-k8s.io/sandbox-name-hash',
      'agents.x-k8s.io/claim-uid',
      'agents.x-k8s.io/warm-pool-sandbox',
      'agents.x-k8s.io/launch-type',
      'agents.x-k8s.io/sandbox-template-hash',
    ]),
  },
  {
    value: 'ai-agent',
    confidence: 'certain',
    because: byKind('kagent.dev', [
      'Agent',
      'SandboxAgent',
      'Harness',
      'AgentTemplate',
    ]),
  },
  {
    value: 'ai-agent',
    confidence: 'certain',
    because: traits =>
      traits.labels.app === 'kagent' ? byLabel('kagent')(traits) : undefined,
  },
  {
    value: 'ai-agent',
    confidence: 'certain',
    because: traits =>
      traits.labels['app.kubernetes.io/managed-by'] === 'kagent'
        ? byAnyLabel([
            'kagent.dev/agent-template',
            'kagent.dev/harness',
            'kagent.dev/revision',
          ])(traits)
        : undefined,
  },
  {
    value: 'ai-agent',
    confidence: 'certain',
    because: traits => {
      const because = byKind('ate.dev', ['WorkerPool', 'ActorTemplate'])(
        traits,
      );
      return because && `${because}, whose pods many agents share`;
    },
  },
  {
    value: 'dataplane',
    confidence: 'certain',
    because: byLabel('k8s-app', 'cilium'),
  },
  {
    value: 'dataplane',
    confidence: 'certain',
    because: byLabel('app.kubernetes.io/part-of', 'cilium'),
  },
  {
    value: 'dataplane',
    confidence: 'likely',
    because: byLabel('k8s-app', 'kube-proxy'),
  },
  {
    value: 'dataplane',
    confidence: 'likely',
    because: byLabel('k8s-app', 'calico-node'),
  },
  {
    value: 'mesh',
    confidence: 'likely',
    because: byMeshLabel('app', 'ztunnel'),
  },
  {
    value: 'mesh',
    confidence: 'likely',
    because: byMeshLabel('k8s-app', 'istio-cni-node'),
  },
  {
    value: 'mesh',
    confidence: 'likely',
    because: byMeshLabel('app', 'istiod'),
  },
  {
    value: 'mesh',
    confidence: 'likely',
    because: byMeshLabel('gateway.networking.k8s.io/gateway-class-name'),
  },
  {
    value: 'mesh',
    confidence: 'likely',
    because: byMeshLabel('gateway.networking.k8s.io/gateway-name'),
  },
  {
    value: 'mesh',
    confidence: 'likely',
    because: byMeshLabel('linkerd.io/control-plane-component'),
  },
  {
    value: 'dataplane',
    confidence: 'likely',
    because: byImage(
      /\/(cilium\/(cilium|cilium-envoy|operator[^/]*)|mirrored-cilium-[^/]+|calico\/node)$/,
    ),
  },
  {
    value: 'ebpf-collector',
    confidence: 'likely',
    because: byLabel('app.kubernetes.io/name', 'tetragon'),
  },
  {
    value: 'ebpf-collector',
    confidence: 'likely',
    because: byLabel('app.kubernetes.io/part-of', 'inspektor-gadget'),
  },
  {
    value: 'ebpf-collector',
    confidence: 'likely',
    because: traits => {
      for (const image of traits.images) {
        const baseline = collectorsByImage(image).find(
          ({ recognises }) => recognises === 'workload',
        );
        if (baseline) {
          return `its image is ${imageRepository(image).toLowerCase()}: ${
            baseline.name
          }`;
        }
      }
      return undefined;
    },
  },
  {
    value: 'operator',
    confidence: 'likely',
    because: byLabel('app', 'security-profiles-operator'),
  },
  {
    value: 'operator',
    confidence: 'likely',
    because: byLabel('app.kubernetes.io/component', 'operator'),
  },
  {
    value: 'operator',
    confidence: 'likely',
    because: byLabel('control-plane', 'controller-manager'),
  },
  {
    value: 'ordinary',
    confidence: 'likely',
    because: traits => {
      const because = byLabel('serving.kserve.io/inferenceservice')(traits);
      return because && `${because}: a model server, which is no agent`;
    },
  },
  {
    value: 'ordinary',
    confidence: 'likely',
    because: traits => {
      const because =
        byKind('kagent.dev', ['MCPServer', 'ToolServer', 'RemoteMCPServer'])(
          traits,
        ) ?? byLabel('app.kubernetes.io/component', 'mcp-server')(traits);
      return because && `${because}: tools for agents, and no agent itself`;
    },
  },
  {
    value: 'ai-agent',
    confidence: 'guess',
    because: byImage(
      /(openhands|claude-code|codex|code-interpreter|jupyter-kernel|e2b|browser-use|langgraph|crewai|autogen|holmesgpt|k8sgpt)[^/]*$/,
    ),
  },
  {
    value: 'ai-agent',
    confidence: 'guess',
    because: byLabel('ray.io/cluster'),
  },
];

const order: WorkloadClass['confidence'][] = ['certain', 'likely', 'guess'];

/**
 * The class of a workload: what config says, else the most trustworthy sign in the cluster (kinds and labels of known
 * systems, then names of images), else what its catalog entity says.
 *
 * @remarks
 * Type, tags and annotation of an entity are written by its owner: they raise the class and never lower it. A `guess`
 * never changes a level, a target or a finding; it is only shown.
 * @param rules - of config; the first that fits decides
 * @public
 */
export function classifyWorkload(
  traits: WorkloadTraits,
  rules: readonly ClassRule[] = [],
): WorkloadClass {
  const rule = rules.find(one => fits(one, traits));
  if (rule) {
    return {
      value: rule.class,
      confidence: 'certain',
      because: 'config says so',
      saidBy: 'config',
    };
  }
  const recognised = recognise(traits);
  const claimed = claimOf(traits);
  if (!claimed) {
    return recognised;
  }
  const known =
    recognised.confidence === 'guess' ? 0 : demand[recognised.value];
  if (demand[claimed.value] > known || known === 0) {
    return { ...claimed, confidence: 'certain', saidBy: 'entity' };
  }
  return claimed.value === recognised.value
    ? recognised
    : {
        ...recognised,
        because: `${recognised.because}; the catalog says ${claimed.value}, which lowers nothing`,
      };
}

function recognise(traits: WorkloadTraits): WorkloadClass {
  for (const confidence of order) {
    for (const row of rows) {
      const because =
        row.confidence === confidence ? row.because(traits) : undefined;
      if (because) {
        return { value: row.value, confidence, because, saidBy: 'cluster' };
      }
    }
  }
  return {
    value: 'ordinary',
    confidence: 'likely',
    because: 'nothing marks it as anything else',
    saidBy: 'cluster',
  };
}

/** The most demanding class that the entity's own file gives it; of `ordinary` only the annotation can speak. */
function claimOf(
  traits: WorkloadTraits,
): Pick<WorkloadClass, 'value' | 'because'> | undefined {
  const claims = [
    ...asClass(
      traits.entityClass,
      'the annotation security-profiles.io/class of its catalog entity says so',
    ),
    ...asClass(traits.entityType, `the catalog gives it the type`, 'named'),
    ...(traits.entityTags ?? []).flatMap(tag =>
      asClass(tag, 'the catalog gives it the tag', 'named'),
    ),
  ];
  return claims.sort((a, b) => demand[b.value] - demand[a.value]).at(0);
}

function asClass(
  text: string | undefined,
  because: string,
  how: 'named' | 'plain' = 'plain',
): Pick<WorkloadClass, 'value' | 'because'>[] {
  const value = (Object.keys(demand) as WorkloadClassName[]).find(
    name => name === text?.toLowerCase(),
  );
  // A type or tag "ordinary" has another meaning.
  if (!value || (how === 'named' && value === 'ordinary')) {
    return [];
  }
  return [
    { value, because: how === 'named' ? `${because} ${value}` : because },
  ];
}

function fits(rule: ClassRule, traits: WorkloadTraits): boolean {
  const { place } = traits;
  const conditions: [wanted: string | undefined, found: string[]][] = [
    [rule.entity, place ? [place.entityRef] : []],
    [rule.cluster, place ? [place.cluster] : []],
    [rule.namespace, place ? [place.namespace] : []],
    [rule.name, place ? [place.name] : []],
    [rule.kind, [traits.kind]],
    [rule.image, traits.images.map(imageRepository)],
  ];
  const given = conditions.filter(([wanted]) => wanted !== undefined);
  return (
    given.length > 0 &&
    given.every(([wanted, found]) =>
      found.some(text => matchesPattern(text, wanted ?? '')),
    )
  );
}

/** `*` stands for any text, also none; all else for itself, whatever its case. */
function matchesPattern(text: string, pattern: string): boolean {
  const parts = pattern
    .toLowerCase()
    .split('*')
    .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text.toLowerCase());
}

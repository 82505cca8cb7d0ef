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
}

interface Row {
  value: WorkloadClassName;
  saidBy?: 'entity';
  confidence: WorkloadClass['confidence'];
  because(traits: WorkloadTraits): string | undefined;
}

const classNames: WorkloadClassName[] = [
  'ai-agent',
  'ebpf-collector',
  'dataplane',
  'mesh',
  'operator',
];

/** Images match on whole path segments after the registry, so that mirrors match too. */
function byImage(pattern: RegExp): Row['because'] {
  return ({ images }) => {
    const image = images.find(reference =>
      pattern.test(`/${withoutTag(reference)}`),
    );
    return image && `its image is ${withoutTag(image)}`;
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

/**
 * Best first within a confidence. Sources: kubernetes-sigs/agent-sandbox, kagent-dev/kagent, istio/istio and the charts
 * of the collectors named.
 */
const rows: Row[] = [
  ...classNames.flatMap<Row>(value => [
    {
      value,
      saidBy: 'entity',
      confidence: 'certain',
      because: ({ entityType }) =>
        entityType?.toLowerCase() === value
          ? `the catalog gives it the type ${value}`
          : undefined,
    },
    {
      value,
      saidBy: 'entity',
      confidence: 'certain',
      because: ({ entityTags }) =>
        entityTags?.some(tag => tag.toLowerCase() === value)
          ? `the catalog gives it the tag ${value}`
          : undefined,
    },
  ]),
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
    because: byLabel('agents.x-k8s.io/sandbox-name-hash'),
  },
  {
    value: 'ai-agent',
    confidence: 'certain',
    because: byLabel('agents.x-k8s.io/claim-uid'),
  },
  {
    value: 'ai-agent',
    confidence: 'certain',
    because: byLabel('agents.x-k8s.io/warm-pool-sandbox'),
  },
  {
    value: 'ai-agent',
    confidence: 'certain',
    because: byLabel('agents.x-k8s.io/sandbox-template-hash'),
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
    because: byLabel('app.kubernetes.io/managed-by', 'kagent'),
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
  { value: 'mesh', confidence: 'likely', because: byLabel('app', 'ztunnel') },
  {
    value: 'mesh',
    confidence: 'likely',
    because: byLabel('k8s-app', 'istio-cni-node'),
  },
  { value: 'mesh', confidence: 'likely', because: byLabel('app', 'istiod') },
  {
    value: 'mesh',
    confidence: 'likely',
    because: byLabel('gateway.networking.k8s.io/gateway-class-name'),
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
    because: byImage(
      /\/(cilium\/tetragon|falcosecurity\/falco|aquasec\/tracee|inspektor-gadget\/inspektor-gadget|grafana\/beyla|opentelemetry-ebpf-instrumentation\/ebpf-instrument|otelcol-ebpf-profiler|parca-dev\/parca-agent|pixie-io\/vizier-pem[^/]*|vizier-pem_image|coroot\/coroot-node-agent|newrelic\/newrelic-ebpf-agent)$/,
    ),
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
    value: 'ai-agent',
    confidence: 'guess',
    because: byImage(
      /(openhands|claude-code|codex|code-interpreter|jupyter-kernel|e2b|browser-use|langgraph|crewai|autogen|holmesgpt|k8sgpt)[^/]*$/,
    ),
  },
];

const order: WorkloadClass['confidence'][] = ['certain', 'likely', 'guess'];

/**
 * The class of a workload, from the most trustworthy sign: what the catalog says, then kinds and labels of known
 * systems, then names of images.
 *
 * @remarks
 * A `guess` never changes a level or a target; `judgeEntity` treats a guessed class as ordinary and only shows it.
 * @public
 */
export function classifyWorkload(traits: WorkloadTraits): WorkloadClass {
  for (const confidence of order) {
    for (const row of rows) {
      const because =
        row.confidence === confidence ? row.because(traits) : undefined;
      if (because) {
        return {
          value: row.value,
          confidence,
          because,
          saidBy: row.saidBy ?? 'cluster',
        };
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

function withoutTag(reference: string): string {
  const [name] = String(reference).split('@');
  return name.replace(/:[^/:]*$/, '').toLowerCase();
}

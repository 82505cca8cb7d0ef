import { OperatorWebhook } from '../confinement/operatorWebhook';
import { OperatorFacts, OperatorSettings } from './operatorFacts';

/** Whether the operator does its work. @public */
export type OperatorState =
  | 'healthy'
  | 'unhealthy'
  | 'not-installed'
  | 'unknown';

/** One switch of the operator that hardens or weakens it. @public */
export interface HardeningSwitch {
  id: string;
  /** `open`: as it is by default, and could be harder. `weakened`: somebody switched protection off or a risk on. */
  state: 'hardened' | 'open' | 'weakened' | 'unknown';
  /** Path in the object SecurityProfilesOperatorDaemon, in the spelling of 1.0. */
  field: string;
  value: string;
  because: string;
  /** What to set, where it is not hardened. */
  fix?: string;
}

/** What is to be said of the operator in one cluster. @public */
export interface OperatorJudgement {
  state: OperatorState;
  /** What is wrong, or why nothing can be said; empty where it is healthy. */
  because: string[];
  hardening: HardeningSwitch[];
}

/** A switch: its place, and what its value makes of the operator. */
interface Rule {
  id: string;
  field: string;
  read(settings: OperatorSettings): SwitchReading;
  because: string;
  fix: string;
}

interface SwitchReading {
  value: string;
  state: 'hardened' | 'open' | 'weakened';
}

const anyone = '.*';

/**
 * Switches in the order in which they matter. Defaults are those of 1.0: an absent field has its default.
 *
 * Source: SPO v1.0.0, api/spod/v1/spod_types.go, internal/pkg/artifact/artifact.go, internal/pkg/daemon/seccompprofile.
 */
const rules: readonly Rule[] = [
  {
    id: 'signature-verification',
    field: 'spec.security.disableOciArtifactSignatureVerification',
    read: ({ disableOciArtifactSignatureVerification: off }) => weakWhenOn(off),
    because:
      'profiles from a registry are installed without a look at their signature',
    fix: 'Set it to false',
  },
  {
    id: 'signature-identity',
    field: 'spec.security.allowedIdentityRegexp',
    read: ({ allowedIdentityRegexp: pattern }) => identity(pattern),
    because: 'a profile from a registry may be signed by anybody',
    fix: 'Set it to the identities that may sign your profiles',
  },
  {
    id: 'signature-issuer',
    field: 'spec.security.allowedOidcIssuerRegexp',
    read: ({ allowedOidcIssuerRegexp: pattern }) => identity(pattern),
    because: 'the identity of a signer may come from any issuer',
    fix: 'Set it to the issuer of the identities that may sign your profiles',
  },
  {
    id: 'log-enricher',
    field: 'spec.enricher.enableLogEnricher',
    read: ({ enableLogEnricher: on }) => weakWhenOn(on),
    because:
      'it lets recordings with Logs leave containers unconfined, and the daemon sees all processes of its node',
    fix: 'Switch it off where nothing is being recorded',
  },
  {
    id: 'bpf-recorder',
    field: 'spec.enricher.enableBpfRecorder',
    read: ({ enableBpfRecorder: on }) => weakWhenOn(on),
    because:
      'a recorder with far more rights than the daemon runs on each node',
    fix: 'Switch it off where nothing is being recorded',
  },
  {
    id: 'app-armor',
    field: 'spec.enableAppArmor',
    read: ({ enableAppArmor: on }) => ({
      value: on ? 'true' : 'false',
      state: on ? 'open' : 'hardened',
    }),
    because: 'the daemon then runs privileged and as root',
    fix: 'Switch it off where no AppArmor profile is used',
  },
  {
    id: 'allow-list',
    field: 'spec.security.allowedSyscalls',
    read: ({ allowedSyscalls: count }) => ({
      value: count === undefined ? 'not set' : `${count} system calls`,
      state: count === undefined ? 'open' : 'hardened',
    }),
    because: 'no upper bound is set on what a profile may allow',
    fix: 'List the system calls that profiles may allow',
  },
  {
    id: 'insecure-metrics',
    field: 'spec.enableInsecureMetricsAccess',
    read: ({ enableInsecureMetricsAccess: on }) => weakWhenOn(on),
    because: 'metrics, which name pods and their calls, are served to anybody',
    fix: 'Switch it off',
  },
  {
    id: 'profiling',
    field: 'spec.enableProfiling',
    read: ({ enableProfiling: on }) => weakWhenOn(on),
    because: 'a profiling endpoint of the daemon is open',
    fix: 'Switch it off',
  },
];

/**
 * Whether the operator does its work, and which of its switches weaken it.
 *
 * @remarks
 * Without numbers, so that a roll-out changes the verdict once and not with every pod. Healthy: every wanted pod of its daemon is ready, at least one, and its manager and webhook are available. Its own
 * `status.state` is not asked: it does not fall back when pods fail. Source: SPO v1.0.0, internal/pkg/manager/spod.
 * @param facts - undefined where nothing of it was read
 * @public
 */
export function judgeOperator(
  facts: OperatorFacts | undefined,
  context: {
    installed?: 'yes' | 'no' | 'unknown';
    webhooks?: OperatorWebhook[];
  } = {},
): OperatorJudgement {
  if (context.installed === 'no') {
    return { state: 'not-installed', because: [], hardening: [] };
  }
  return {
    ...healthOf(facts),
    hardening: [
      ...hardeningOf(facts?.settings),
      ...webhookSwitch(facts?.settings, context.webhooks),
    ],
  };
}

function healthOf(
  facts: OperatorFacts | undefined,
): Pick<OperatorJudgement, 'state' | 'because'> {
  if (!facts) {
    return {
      state: 'unknown',
      because: ['none of its objects was found'],
    };
  }
  const wrong: string[] = [];
  const missing: string[] = [];
  for (const [name, deployment] of [
    ['manager', facts.manager],
    ['webhook', facts.webhook],
  ] as const) {
    if (!deployment) {
      missing.push(`its ${name} was not found in ${facts.namespace}`);
    } else if (deployment.desired === 0 || deployment.available === 0) {
      wrong.push(`no pod of its ${name} is available`);
    }
  }
  const { daemon } = facts;
  if (!daemon) {
    missing.push(`its daemon was not found in ${facts.namespace}`);
  } else if (daemon.desired === 0) {
    wrong.push('its daemon is wanted on no node');
  } else if (daemon.ready < daemon.desired) {
    wrong.push('its daemon is not ready on all nodes that it is to serve');
  }
  if (wrong.length > 0) {
    return { state: 'unhealthy', because: wrong };
  }
  return missing.length > 0
    ? { state: 'unknown', because: missing }
    : { state: 'healthy', because: [] };
}

function hardeningOf(
  settings: OperatorSettings | undefined,
): HardeningSwitch[] {
  return rules.map(({ id, field, read, because, fix }) => {
    if (!settings) {
      return {
        id,
        state: 'unknown',
        field,
        value: '',
        because: "the operator's settings were not read",
      };
    }
    const { value, state } = read(settings);
    return state === 'hardened'
      ? { id, state, field, value, because: '' }
      : { id, state, field, value, because, fix };
  });
}

/** What happens to pods of labelled namespaces while the webhook is down: refused is safe, and stops them. */
function webhookSwitch(
  settings: OperatorSettings | undefined,
  webhooks: OperatorWebhook[] | undefined,
): HardeningSwitch[] {
  const name = 'binding.spo.io';
  const own = webhooks?.find(one => one.name === name);
  const wanted = settings?.webhookOptions?.find(one => one.name === name);
  const policy = own?.failurePolicy ?? wanted?.failurePolicy;
  const place = {
    id: 'webhook-failure-policy',
    field: `webhooks[${name}].failurePolicy`,
  };
  if (policy === undefined) {
    return [
      {
        ...place,
        state: 'unknown',
        value: '',
        because: "the operator's webhook configuration was not read",
      },
    ];
  }
  return [
    policy === 'Ignore'
      ? {
          ...place,
          state: 'weakened',
          value: policy,
          because:
            'while the webhook is down, pods start without the profiles that bindings give them',
          fix: 'Set it to Fail in spec.webhook.options',
        }
      : { ...place, state: 'hardened', value: policy, because: '' },
  ];
}

function weakWhenOn(value: boolean | undefined): SwitchReading {
  return {
    value: value ? 'true' : 'false',
    state: value ? 'weakened' : 'hardened',
  };
}

function identity(pattern: string | undefined): SwitchReading {
  const value = pattern ?? anyone;
  return { value, state: matchesAnything(value) ? 'open' : 'hardened' };
}

/** Patterns that let every identity through, in the ways that people write them. */
function matchesAnything(pattern: string): boolean {
  return /^\^?\(?(\.\*|\.\+|)\)?\$?$/.test(pattern.trim());
}

import { canonicalDigest } from '../profiles/canonicalJson';
import { ApprovalTier, RequestedEvent, VoterSlot } from './approvalEvent';
import { durationInMilliseconds } from './lifetime';

/** How many people a slot asks for. @public */
export interface QuorumSlot {
  slot: VoterSlot;
  count: number;
}

/** Who has to agree in a tier, and for how long that lasts. @public */
export interface TierRules {
  /**
   * Each slot once. Never filled by the requester, and by one person in one slot only. Empty, in T0 only: the rules decide.
   * Where no one from security is asked, security may stand in for an owner.
   */
  quorum: readonly QuorumSlot[];
  /** How long an approval lasts: ISO 8601 duration in weeks, days, hours, minutes or seconds, as `P365D`. */
  grantLife: string;
  /** Shorter lives by class of the workloads that are touched, as `ai-agent`. */
  lifeOfClass?: Readonly<Record<string, string>>;
}

/** That an approval in one environment holds in another too. @public */
export interface InheritanceRule {
  to: string;
  from: string;
  tiers: readonly ApprovalTier[];
}

/** Rules that votes are added up by. @public */
export interface ApprovalRules {
  /** `sha256:…` over everything else here; part of every decision. */
  digest: string;
  /** What the adopter calls this state of the rules. */
  version: string;
  tiers: Readonly<Record<ApprovalTier, TierRules>>;
  /** How long a request waits for an answer: same form as `grantLife`. */
  requestLife: string;
  /** Who has to agree to content that allows less than what was approved before: it can break a service, not weaken it. */
  narrower: readonly QuorumSlot[];
  /** Most time that breaking the glass gives; at most a day. */
  emergencyLife: string;
  /** Time after breaking the glass by which others should have decided. */
  reviewDue: string;
  /** Most time that a finding is waived for. */
  waiverLife: string;
  /** Percent of an approval's life after which a renewal may be asked for. */
  renewAt: number;
  /** Without a rule no environment inherits. */
  inherits: readonly InheritanceRule[];
}

/** Every tier, least first. @public */
export const approvalTiers: readonly ApprovalTier[] = ['T0', 'T1', 'T2', 'T3'];

/** The tier of a request about which nothing was recorded. */
export const unrecordedTier: ApprovalTier = 'T1';

const day = 24 * 3600 * 1000;

const defaults: Omit<ApprovalRules, 'digest'> = {
  version: 'default-1',
  tiers: {
    T0: { quorum: [{ slot: 'owner', count: 1 }], grantLife: 'P365D' },
    T1: { quorum: [{ slot: 'owner', count: 1 }], grantLife: 'P365D' },
    T2: {
      quorum: [
        { slot: 'owner', count: 1 },
        { slot: 'security', count: 1 },
      ],
      grantLife: 'P180D',
    },
    T3: {
      quorum: [
        { slot: 'owner', count: 1 },
        { slot: 'security', count: 2 },
      ],
      grantLife: 'P90D',
      lifeOfClass: { 'ai-agent': 'P30D' },
    },
  },
  requestLife: 'P14D',
  narrower: [{ slot: 'owner', count: 1 }],
  emergencyLife: 'PT24H',
  reviewDue: 'PT72H',
  waiverLife: 'P90D',
  renewAt: 80,
  inherits: [],
};

/**
 * Rules with their digest; what is left out is as in {@link defaultApprovalRules}.
 *
 * @throws TypeError with the field, where a duration can't be read or is zero, where breaking the glass would last longer
 * than a day, or where a quorum asks a slot for less than one person, names a slot twice or is empty above T0.
 * @public
 */
export function approvalRules(
  options: Partial<Omit<ApprovalRules, 'digest'>>,
): ApprovalRules {
  const rules = { ...defaults, ...options };
  checkDurations(rules);
  for (const tier of approvalTiers) {
    checkQuorum(`tiers.${tier}.quorum`, rules.tiers[tier].quorum);
    if (rules.tiers[tier].quorum.length === 0 && tier !== 'T0') {
      throw new TypeError(
        `tiers.${tier}.quorum is empty; expected at least one slot: only T0 can be left to the rules`,
      );
    }
  }
  checkQuorum('narrower', rules.narrower);
  if (rules.narrower.length === 0) {
    throw new TypeError('narrower is empty; expected at least one slot');
  }
  if (!(rules.renewAt > 0 && rules.renewAt < 100)) {
    throw new TypeError(
      `renewAt is ${rules.renewAt}; expected a percentage between 0 and 100`,
    );
  }
  for (const { to, from } of rules.inherits) {
    if (to === from) {
      throw new TypeError(
        `inherits from ${from} to itself; expected two environments`,
      );
    }
  }
  return { digest: digestOf(rules), ...pick(rules) };
}

/**
 * One owner below, an owner and security where there is risk, two of security at the top; nothing inherits.
 *
 * @remarks
 * T0 asks for one owner as well: an approval that nobody gave is not explicit. Config can leave it to the rules.
 * @public
 */
export const defaultApprovalRules: ApprovalRules = approvalRules({});

/** What holds for one request. @public */
export interface RequestTerms {
  tier: ApprovalTier;
  quorum: readonly QuorumSlot[];
  grantLife: string;
}

/** Who has to agree to a request, and for how long that lasts. */
export function termsOf(
  request: Pick<RequestedEvent, 'kind' | 'tier' | 'changeClass' | 'classes'>,
  rules: ApprovalRules,
): RequestTerms {
  const tier = knownTier(request.tier);
  const { quorum, grantLife, lifeOfClass } = rules.tiers[tier];
  const lives = [
    grantLife,
    ...(request.kind === 'waiver' ? [rules.waiverLife] : []),
    ...(request.classes ?? []).flatMap(name =>
      lifeOfClass && Object.hasOwn(lifeOfClass, name)
        ? [lifeOfClass[name]]
        : [],
    ),
  ];
  const eased = request.changeClass === 'narrower' && quorum.length > 0;
  return {
    tier,
    quorum: eased ? rules.narrower : quorum,
    grantLife: lives.reduce((shortest, life) =>
      (durationInMilliseconds(life) ?? 0) <
      (durationInMilliseconds(shortest) ?? 0)
        ? life
        : shortest,
    ),
  };
}

/** A tier as it was recorded; what can't be read asks for the most. */
export function knownTier(tier: string | undefined): ApprovalTier {
  if (tier === undefined) {
    return unrecordedTier;
  }
  return approvalTiers.find(one => one === tier) ?? 'T3';
}

/** Whether a tier asks for more than another. */
export function isHigherTier(tier: ApprovalTier, other: ApprovalTier): boolean {
  return approvalTiers.indexOf(tier) > approvalTiers.indexOf(other);
}

function checkDurations(rules: Omit<ApprovalRules, 'digest'>): void {
  const { requestLife, emergencyLife, reviewDue, waiverLife } = rules;
  const durations: [string, string][] = Object.entries({
    requestLife,
    emergencyLife,
    reviewDue,
    waiverLife,
  });
  for (const tier of approvalTiers) {
    const { grantLife, lifeOfClass } = rules.tiers[tier];
    durations.push([`tiers.${tier}.grantLife`, grantLife]);
    for (const [name, life] of Object.entries(lifeOfClass ?? {})) {
      durations.push([`tiers.${tier}.lifeOfClass.${name}`, life]);
    }
  }
  for (const [field, value] of durations) {
    if (!durationInMilliseconds(value)) {
      throw new TypeError(
        `${field} is ${JSON.stringify(
          value,
        )}; expected an ISO 8601 duration such as P365D or PT24H, without years and months`,
      );
    }
  }
  if ((durationInMilliseconds(emergencyLife) ?? 0) > day) {
    throw new TypeError(
      `emergencyLife is ${JSON.stringify(
        emergencyLife,
      )}; expected at most PT24H`,
    );
  }
}

function checkQuorum(field: string, quorum: readonly QuorumSlot[]): void {
  for (const { slot, count } of quorum) {
    if (!Number.isSafeInteger(count) || count < 1) {
      throw new TypeError(
        `${field} asks for ${count} from ${slot}; expected a whole number of 1 or more`,
      );
    }
  }
  if (new Set(quorum.map(({ slot }) => slot)).size < quorum.length) {
    throw new TypeError(`${field} names a slot twice; expected each slot once`);
  }
}

/** Only what is part of the rules, so that nothing beside them changes how they are read. */
function pick(rules: Omit<ApprovalRules, 'digest'>): typeof rules {
  const {
    version,
    tiers,
    requestLife,
    narrower,
    emergencyLife,
    reviewDue,
    waiverLife,
    renewAt,
    inherits,
  } = rules;
  return {
    version,
    tiers,
    requestLife,
    narrower,
    emergencyLife,
    reviewDue,
    waiverLife,
    renewAt,
    inherits,
  };
}

function digestOf(rules: Omit<ApprovalRules, 'digest'>): string {
  const slots = (quorum: readonly QuorumSlot[]) =>
    quorum.map(({ slot, count }) => ({ slot, count: `${count}` }));
  return canonicalDigest({
    schema: 'sp-approval-rules/2',
    version: rules.version,
    tiers: Object.fromEntries(
      approvalTiers.map(tier => {
        const { quorum, grantLife, lifeOfClass } = rules.tiers[tier];
        return [
          tier,
          {
            quorum: slots(quorum),
            grantLife,
            ...(lifeOfClass && { lifeOfClass: { ...lifeOfClass } }),
          },
        ];
      }),
    ),
    requestLife: rules.requestLife,
    narrower: slots(rules.narrower),
    emergencyLife: rules.emergencyLife,
    reviewDue: rules.reviewDue,
    waiverLife: rules.waiverLife,
    renewAt: `${rules.renewAt}`,
    inherits: rules.inherits.map(({ to, from, tiers }) => ({
      to,
      from,
      tiers: [...tiers],
    })),
  });
}

/**
 * Actions from the strictest to the most permissive, in the order in which the kernel prefers the results of filters;
 * KILL is the old name of KILL_THREAD. Source: seccomp(2), "Return value" of a filter.
 */
const order = [
  'SCMP_ACT_KILL_PROCESS',
  'SCMP_ACT_KILL',
  'SCMP_ACT_TRAP',
  'SCMP_ACT_ERRNO',
  'SCMP_ACT_NOTIFY',
  'SCMP_ACT_TRACE',
  'SCMP_ACT_LOG',
  'SCMP_ACT_ALLOW',
];

const ranks = new Map(order.map((action, rank) => [action, rank]));
ranks.set('SCMP_ACT_KILL_THREAD', order.indexOf('SCMP_ACT_KILL'));

const outcomes: Record<string, ActionOutcome> = {
  SCMP_ACT_KILL_PROCESS: 'denied',
  SCMP_ACT_KILL: 'denied',
  SCMP_ACT_KILL_THREAD: 'denied',
  SCMP_ACT_TRAP: 'denied',
  SCMP_ACT_ERRNO: 'denied',
  SCMP_ACT_NOTIFY: 'decided-elsewhere',
  SCMP_ACT_TRACE: 'decided-elsewhere',
  SCMP_ACT_LOG: 'allowed',
  SCMP_ACT_ALLOW: 'allowed',
};

/** What becomes of a call; `unknown` for an action that this version doesn't know. @public */
export type ActionOutcome =
  | 'allowed'
  | 'decided-elsewhere'
  | 'denied'
  | 'unknown';

/** What becomes of a call under an action. TRACE and NOTIFY leave it to a tracer or an agent. @public */
export function outcomeOf(action: string): ActionOutcome {
  return Object.hasOwn(outcomes, action) ? outcomes[action] : 'unknown';
}

/** How permissive an action is, 0 the least; undefined when it is not known. */
export function permissiveness(action: string): number | undefined {
  return ranks.get(action);
}

/**
 * The most permissive of some actions: what SPO 1.0 comes to where a call stands in several rules, since it neither
 * merges nor drops any. An action that is not known counts as the most permissive.
 */
export function mostPermissive(actions: readonly string[]): string | undefined {
  let most: string | undefined;
  for (const action of actions) {
    if (most === undefined || rankOrMost(action) > rankOrMost(most)) {
      most = action;
    }
  }
  return most;
}

function rankOrMost(action: string): number {
  return permissiveness(action) ?? order.length;
}

/** An action in words, as "allowed, logged". */
export function actionInWords(action: string): string {
  switch (action) {
    case 'SCMP_ACT_ALLOW':
      return 'allowed';
    case 'SCMP_ACT_LOG':
      return 'allowed, logged';
    case 'SCMP_ACT_ERRNO':
      return 'denied';
    case 'SCMP_ACT_TRAP':
      return 'denied with a signal';
    case 'SCMP_ACT_KILL_PROCESS':
      return 'kills the process';
    case 'SCMP_ACT_KILL':
    case 'SCMP_ACT_KILL_THREAD':
      return 'kills the thread';
    case 'SCMP_ACT_TRACE':
      return 'a tracer decides';
    case 'SCMP_ACT_NOTIFY':
      return 'an agent on the node decides';
    case '':
      return 'nothing is said';
    default:
      return `${action}, which this version does not know`;
  }
}

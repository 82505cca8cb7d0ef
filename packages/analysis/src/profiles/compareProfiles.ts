import type { Risk } from '../risk/risk';
import { compareCodeUnits } from './canonicalJson';
import { compareAppArmor } from './compareAppArmor';
import { compareSeccomp } from './compareSeccomp';
import { compareSelinux } from './compareSelinux';
import { ChangeClass, ClassifiedLine, ComparisonLine } from './comparison';
import { ProfileContent } from './profileContent';
import { syscallGroups } from './syscallGroups';

/** The difference between two revisions: one word, and the lines that prove it. @public */
export interface ProfileComparison {
  class: ChangeClass;
  /**
   * What no longer enforces first, then widenings, those beyond RuntimeDefault and the riskiest first, then what can't be
   * compared, then narrowings.
   */
  lines: ComparisonLine[];
}

/**
 * Compares what two revisions of a profile enforce.
 *
 * @remarks
 * Over calls with their arguments and actions, paths with wildcards, permissions and fields: one that says less of
 * everything is `narrower`. What is only certain in one direction, such as raw text, is `incomparable`. Nothing is called
 * narrower that lets anything more through.
 * @param options - `sourceDigests`: of what the authors wrote, before and after: two revisions that enforce the same are
 * `cosmetic` when these differ
 * @public
 */
export function compareProfiles(
  before: ProfileContent,
  after: ProfileContent,
  options: { sourceDigests?: readonly [string, string] } = {},
): ProfileComparison {
  const lines = [...ofMode(before, after), ...ofContent(before, after)].sort(
    inReviewOrder,
  );
  return {
    class: classOf(lines, options.sourceDigests),
    lines: lines.map(({ about: _about, ...line }) => line),
  };
}

function ofContent(
  before: ProfileContent,
  after: ProfileContent,
): ClassifiedLine[] {
  if (before.seccomp && after.seccomp) {
    return compareSeccomp(before.seccomp, after.seccomp);
  }
  if (before.appArmor && after.appArmor) {
    return compareAppArmor(before.appArmor, after.appArmor);
  }
  if (before.seLinux && after.seLinux) {
    return compareSelinux(before.seLinux, after.seLinux);
  }
  if (before.raw && after.raw) {
    return before.raw.digest === after.raw.digest
      ? []
      : [
          {
            subject: 'policy',
            before: `${before.raw.bytes} bytes, ${before.raw.digest}`,
            after: `${after.raw.bytes} bytes, ${after.raw.digest}`,
            because: "raw text can't be judged: read it",
            direction: 'changed',
            risk: 'high',
            about: 'content',
          },
        ];
  }
  return [
    {
      subject: 'kind',
      before: before.kind,
      after: after.kind,
      because: "two kinds of profiles can't be compared",
      direction: 'changed',
      risk: 'high',
      about: 'content',
    },
  ];
}

/** Modes that only log. */
const logging = new Set(['permissive', 'complain']);

function ofMode(
  before: ProfileContent,
  after: ProfileContent,
): ClassifiedLine[] {
  const lines: ClassifiedLine[] = [];
  if (before.state !== after.state) {
    lines.push({
      subject: 'state',
      before: before.state,
      after: after.state,
      because: disabledBecause(after),
      about: 'mode',
      ...(after.state === 'Disabled'
        ? { direction: 'wider' as const, risk: 'high' as const }
        : { direction: 'narrower' as const, risk: 'none' as const }),
    });
  }
  if (logging.has(before.mode) !== logging.has(after.mode)) {
    lines.push({
      subject: 'mode',
      before: before.mode,
      after: after.mode,
      because: 'what it does not allow is only logged, and happens',
      about: 'mode',
      ...(logging.has(after.mode)
        ? { direction: 'wider' as const, risk: 'critical' as const }
        : { direction: 'narrower' as const, risk: 'none' as const }),
    });
  }
  return lines;
}

function disabledBecause({ kind }: ProfileContent): string {
  return kind === 'AppArmorProfile'
    ? 'SPO up to 1.0 ignores it for AppArmor; a later release may not'
    : 'the operator leaves what lies on the nodes as it is, and gives it to no further node';
}

/** The word for all lines together. */
function classOf(
  lines: readonly ClassifiedLine[],
  sourceDigests: readonly [string, string] | undefined,
): ChangeClass {
  if (
    lines.some(
      ({ about, direction }) => about === 'mode' && direction !== 'narrower',
    )
  ) {
    return 'mode-relaxed';
  }
  const directions = new Set(lines.map(({ direction }) => direction));
  if (directions.size === 0) {
    return sourceDigests && sourceDigests[0] !== sourceDigests[1]
      ? 'cosmetic'
      : 'identical';
  }
  const [only] = directions;
  return directions.size > 1 || only === 'changed' ? 'incomparable' : only;
}

const risks: (Risk | 'none')[] = ['critical', 'high', 'medium', 'low', 'none'];

const groupOrder = new Map(syscallGroups.map(({ id }, at) => [id, at]));

function inReviewOrder(a: ClassifiedLine, b: ClassifiedLine): number {
  return (
    part(a) - part(b) ||
    risks.indexOf(a.risk) - risks.indexOf(b.risk) ||
    (groupOrder.get(a.group ?? '') ?? 0) -
      (groupOrder.get(b.group ?? '') ?? 0) ||
    compareCodeUnits(a.subject, b.subject)
  );
}

/** Relaxed, wider beyond RuntimeDefault, wider within it, not to be compared, narrower. */
function part(line: ClassifiedLine): number {
  if (line.direction === 'narrower') {
    return 4;
  }
  if (line.about === 'mode') {
    return 0;
  }
  if (line.direction === 'changed') {
    return 3;
  }
  return line.runtimeDefault === 'within' ? 2 : 1;
}

import { capabilityRisk } from '../risk/capabilityRisks';
import type { Risk } from '../risk/risk';
import { AppArmorContent } from './appArmorContent';
import { ClassifiedLine } from './comparison';
import { patternCovers, patternsMayMeet } from './pathPattern';

type Access = 'run' | 'map' | 'read' | 'write';

const accesses: Access[] = ['run', 'map', 'read', 'write'];

/** Patterns that allow an access, and patterns that refuse it whatever allows it. */
interface AccessRules {
  allowed: string[];
  refused: string[];
}

/** Places whose change reaches further than the container's own files. First match wins; see hier(7), proc(5). */
const places: { covers: RegExp; write: Risk; read: Risk; because: string }[] = [
  {
    covers: /^\/\*\*?$/,
    write: 'high',
    read: 'medium',
    because: 'every file that the container can reach',
  },
  {
    covers: /^(\/proc|\/sys|@\{PROC\}|@\{sys\})(\/|$)/,
    write: 'high',
    read: 'low',
    because: 'settings and state of the kernel',
  },
  {
    covers: /^\/dev\/(?!null$|zero$|full$|u?random$|tty$|pts\/|shm\/|mqueue\/)/,
    write: 'high',
    read: 'medium',
    because: 'devices of the node that the container is given',
  },
  {
    covers: /^\/(var\/)?run\/.*(sock|containerd|crio|docker)/,
    write: 'high',
    read: 'medium',
    because: 'sockets of services, among them the container runtime',
  },
  {
    covers: /^\/etc\/(shadow|gshadow|sudoers)/,
    write: 'medium',
    read: 'medium',
    because: 'passwords and rights of users',
  },
  {
    covers: /^\/(bin|sbin|lib|lib64|usr|etc|opt)(\/|$)/,
    write: 'medium',
    read: 'low',
    because: 'programs, libraries and their settings',
  },
];

/**
 * Every difference between what two AppArmor profiles allow.
 *
 * @remarks
 * A path that is only readable is refused for writing whatever else allows it, and the other way round, so a path taken
 * out of these lists may widen. A pattern is not new where an old one covers it. Source: SPO v1.0.0,
 * internal/pkg/daemon/apparmorprofile/crd2armor/crd2armor.go.
 */
export function compareAppArmor(
  before: AppArmorContent,
  after: AppArmorContent,
): ClassifiedLine[] {
  if (before.policy || after.policy) {
    return before.policy?.digest === after.policy?.digest
      ? []
      : [
          {
            subject: 'policy',
            before: sizeInWords(before),
            after: sizeInWords(after),
            because: "raw text can't be judged: read it",
            direction: 'changed',
            risk: 'high',
            about: 'content',
          },
        ];
  }
  return [
    ...ofCapabilities(before, after),
    ...ofMounts(before, after),
    ...ofMembers(before.ptrace, after.ptrace, {
      group: 'tracing',
      risk: 'high',
      because: 'traces other processes, or lets itself be traced',
    }),
    ...ofMembers(before.network, after.network, {
      group: 'network',
      risk: 'low',
      because: 'opens sockets of this kind',
      risks: { raw: 'medium' },
    }),
    ...accesses.flatMap(access => ofPaths(access, before, after)),
  ];
}

function sizeInWords({ policy }: AppArmorContent): string {
  return policy
    ? `raw text of ${policy.bytes} bytes, ${policy.digest}`
    : 'no raw text';
}

function ofCapabilities(
  before: AppArmorContent,
  after: AppArmorContent,
): ClassifiedLine[] {
  return diff(before.capabilities, after.capabilities).map(
    ({ name, change }) => {
      const known = capabilityRisk(name.toUpperCase());
      return {
        subject: `CAP_${name.toUpperCase()}`,
        ...mayOrMayNot(change, 'use it'),
        group: 'capabilities',
        because:
          known?.because ?? 'one that container runtimes grant without asking',
        ...widening(change, known?.risk ?? 'low'),
        about: 'content',
      };
    },
  );
}

function ofMounts(
  before: AppArmorContent,
  after: AppArmorContent,
): ClassifiedLine[] {
  if (before.mounts === after.mounts) {
    return [];
  }
  const change = after.mounts === 'granted' ? 'added' : 'removed';
  return [
    {
      subject: 'mount',
      ...mayOrMayNot(change, 'mount, remount and unmount anything'),
      group: 'mounts',
      because: 'comes with sys_rawio, whether meant or not',
      ...widening(change, 'critical'),
      about: 'content',
    },
  ];
}

function ofMembers(
  before: string[],
  after: string[],
  what: {
    group: string;
    risk: Risk;
    because: string;
    risks?: Record<string, Risk>;
  },
): ClassifiedLine[] {
  return diff(before, after).map(({ name, change }) => ({
    subject: name,
    before: change === 'added' ? 'not allowed' : 'allowed',
    after: change === 'added' ? 'allowed' : 'not allowed',
    group: what.group,
    because: what.because,
    ...widening(change, what.risks?.[name] ?? what.risk),
    about: 'content',
  }));
}

function ofPaths(
  access: Access,
  before: AppArmorContent,
  after: AppArmorContent,
): ClassifiedLine[] {
  const was = rulesFor(access, before);
  const is = rulesFor(access, after);
  const lines: ClassifiedLine[] = [];
  for (const path of notCovered(is.allowed, was.allowed)) {
    lines.push(pathLine(access, path, 'added'));
  }
  for (const path of notCovered(was.refused, is.refused)) {
    if (is.allowed.some(allowed => patternsMayMeet(allowed, path))) {
      lines.push(pathLine(access, path, 'added'));
    }
  }
  for (const path of notCovered(was.allowed, is.allowed)) {
    lines.push(pathLine(access, path, 'removed'));
  }
  for (const path of notCovered(is.refused, was.refused)) {
    if (was.allowed.some(allowed => patternsMayMeet(allowed, path))) {
      lines.push(pathLine(access, path, 'removed'));
    }
  }
  const said = new Set<string>();
  return lines.filter(({ direction, subject }) => {
    const key = `${direction} ${subject}`;
    const first = !said.has(key);
    said.add(key);
    return first;
  });
}

/** What allows an access, without what is refused all the same. */
function rulesFor(access: Access, content: AppArmorContent): AccessRules {
  const {
    executables,
    libraries,
    readOnlyPaths,
    writeOnlyPaths,
    readWritePaths,
  } = content;
  const rules: Record<Access, AccessRules> = {
    run: { allowed: executables, refused: [] },
    map: { allowed: libraries, refused: [] },
    read: {
      allowed: [
        ...readOnlyPaths,
        ...readWritePaths,
        ...executables,
        ...libraries,
      ],
      refused: writeOnlyPaths,
    },
    write: {
      allowed: [...writeOnlyPaths, ...readWritePaths],
      refused: readOnlyPaths,
    },
  };
  const { allowed, refused } = rules[access];
  return { allowed: notCovered(allowed, refused), refused };
}

function notCovered(paths: string[], by: string[]): string[] {
  const exact = new Set(by);
  const patterns = by.filter(pattern => /[*?]/.test(pattern));
  return paths.filter(
    path =>
      !exact.has(path) &&
      !patterns.some(pattern => patternCovers(pattern, path)),
  );
}

const accessInWords: Record<Access, string> = {
  run: 'run it',
  map: 'load it as a library',
  read: 'read it',
  write: 'write it',
};

function pathLine(
  access: Access,
  path: string,
  change: 'added' | 'removed',
): ClassifiedLine {
  const place = places.find(({ covers }) => covers.test(path));
  const risk =
    access === 'write' ? place?.write ?? 'low' : place?.read ?? 'low';
  return {
    subject: path,
    ...mayOrMayNot(change, accessInWords[access]),
    group: access === 'run' || access === 'map' ? 'executables' : 'files',
    ...(place && { because: place.because }),
    ...widening(change, risk),
    about: 'content',
  };
}

function mayOrMayNot(
  change: 'added' | 'removed',
  what: string,
): { before: string; after: string } {
  return change === 'added'
    ? { before: `may not ${what}`, after: `may ${what}` }
    : { before: `may ${what}`, after: `may not ${what}` };
}

function widening(
  change: 'added' | 'removed',
  risk: Risk,
): Pick<ClassifiedLine, 'direction' | 'risk'> {
  return change === 'added'
    ? { direction: 'wider', risk }
    : { direction: 'narrower', risk: 'none' };
}

function diff(
  before: string[],
  after: string[],
): { name: string; change: 'added' | 'removed' }[] {
  const was = new Set(before);
  const is = new Set(after);
  return [
    ...after
      .filter(name => !was.has(name))
      .map(name => ({ name, change: 'added' as const })),
    ...before
      .filter(name => !is.has(name))
      .map(name => ({ name, change: 'removed' as const })),
  ];
}

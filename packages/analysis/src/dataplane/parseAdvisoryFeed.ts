import { AffectedRange, CiliumAdvisory } from './ciliumAdvisory';
import { compareVersions, versionNumbers } from './ciliumReleases';
import {
  asObject,
  asObjects,
  asPastDate,
  asShortText,
  FeedContent,
  Skipped,
  UnusableFeedError,
} from './readFeedFields';
import { ParseFeedOptions } from './parseReleaseFeed';

const goPackage = 'github.com/cilium/cilium';

/**
 * Reads a feed of advisories: our shape, GitHub's list of a repository or of its database, or OSV. Withdrawn ones are
 * left out; those that mean the same, by their ids, are one.
 *
 * @throws UnusableFeedError where it is none of these or holds no advisory
 * @public
 */
export function parseAdvisoryFeed(
  value: unknown,
  options: ParseFeedOptions,
): FeedContent<CiliumAdvisory> {
  const skipped = new Skipped();
  const { entries, asOf } = listOf(value, options.now);
  const advisories = mergeAliases(
    entries.flatMap(entry => readEntry(entry, options.now, skipped)),
  );
  if (advisories.length === 0) {
    throw new UnusableFeedError(
      skipped.reasons.length > 0
        ? `no advisory in it can be used; first: ${skipped.reasons[0]}`
        : 'there is no advisory in it',
    );
  }
  const newest = advisories
    .flatMap(({ published }) => published ?? [])
    .sort()
    .at(-1);
  const known = asOf ?? options.receivedAt ?? newest;
  if (known === undefined) {
    throw new UnusableFeedError('it does not say of which day it is');
  }
  return { asOf: known, items: advisories, skipped: skipped.reasons };
}

function listOf(
  value: unknown,
  now: string,
): { entries: Record<string, unknown>[]; asOf?: string } {
  if (Array.isArray(value)) {
    if (value.length === 0) {
      throw new UnusableFeedError('the list is empty');
    }
    return { entries: asObjects(value) };
  }
  const object = asObject(value);
  if (!object) {
    throw new UnusableFeedError('it is neither a list nor an object');
  }
  if (Array.isArray(object.vulns)) {
    return { entries: asObjects(object.vulns) };
  }
  if (Array.isArray(object.advisories)) {
    return {
      entries: asObjects(object.advisories),
      asOf: asPastDate(object.asOf ?? object.as_of, now),
    };
  }
  if (Array.isArray(object.affected)) {
    return { entries: [object] };
  }
  throw new UnusableFeedError('it has no list of advisories');
}

function readEntry(
  entry: Record<string, unknown>,
  now: string,
  skipped: Skipped,
): CiliumAdvisory[] {
  if (asShortText(entry.withdrawn ?? entry.withdrawn_at)) {
    return [];
  }
  if (Array.isArray(entry.affected)) {
    return fromOsv(entry, now, skipped);
  }
  if (Array.isArray(entry.vulnerabilities)) {
    return fromGithub(entry, now, skipped);
  }
  return fromOwn(entry, now, skipped);
}

function fromOwn(
  entry: Record<string, unknown>,
  now: string,
  skipped: Skipped,
): CiliumAdvisory[] {
  const id = asShortText(entry.id ?? entry.ghsa);
  const title = asShortText(entry.title);
  if (id === undefined || title === undefined) {
    skipped.add(id ?? 'an entry', 'no id or no title');
    return [];
  }
  const ranges = Array.isArray(entry.ranges)
    ? entry.ranges.map(ownRange)
    : [undefined];
  const aliases = [
    asShortText(entry.cve),
    ...(Array.isArray(entry.aliases) ? entry.aliases.map(asShortText) : []),
  ].flatMap(alias => alias ?? []);
  const requires = asShortText(entry.requires);
  const url = asLink(entry.url) ?? advisoryLink(id);
  const source = asShortText(entry.source);
  return [
    {
      id,
      aliases,
      severity: severityOf(entry.severity),
      title,
      ...publication(entry.published, now),
      ranges: allKnown(ranges),
      documented:
        entry.complete === false || entry.documented === 'one-branch'
          ? 'one-branch'
          : 'every-branch',
      ...(requires !== undefined && { requires }),
      ...(url && { url }),
      ...(source !== undefined && { source }),
    },
  ];
}

function ownRange(value: unknown): AffectedRange | undefined {
  const [introduced, fixed] = Array.isArray(value)
    ? value
    : [asObject(value)?.introduced, asObject(value)?.fixed];
  const from = asShortText(introduced);
  const to = asShortText(fixed);
  if (from === undefined || !isBound(from) || (to && !isBound(to))) {
    return undefined;
  }
  return { introduced: from, ...(to && { fixed: to }) };
}

function fromGithub(
  entry: Record<string, unknown>,
  now: string,
  skipped: Skipped,
): CiliumAdvisory[] {
  const id = asShortText(entry.ghsa_id);
  const title = asShortText(entry.summary);
  if (id === undefined || title === undefined) {
    skipped.add(id ?? 'an entry', 'no ghsa_id or no summary');
    return [];
  }
  const ofCilium = asObjects(entry.vulnerabilities).filter(
    ({ package: named }) => {
      const name = asShortText(asObject(named)?.name);
      // The project's own list names packages by hand.
      return name === undefined || /(^|\/)cilium(\/cilium)?$/.test(name);
    },
  );
  if (ofCilium.length === 0) {
    return [];
  }
  const cve = asShortText(entry.cve_id);
  const url = asLink(entry.html_url);
  return [
    {
      id,
      aliases: cve ? [cve] : [],
      severity: severityOf(entry.severity),
      title,
      ...publication(entry.published_at, now),
      ranges: allKnown(ofCilium.flatMap(rangesOfText)),
      documented: 'every-branch',
      ...(url && { url }),
    },
  ];
}

/** `>= 1.19.0, < 1.19.5`; undefined for prose. */
function rangesOfText(
  vulnerability: Record<string, unknown>,
): (AffectedRange | undefined)[] {
  const text = asShortText(vulnerability.vulnerable_version_range);
  if (text === undefined) {
    return [undefined];
  }
  const patched = [
    vulnerability.first_patched_version,
    asObject(vulnerability.first_patched_version)?.identifier,
    vulnerability.patched_versions,
  ]
    .flatMap(value => asShortText(value) ?? [])
    .map(version => version.replace(/^v/, ''))
    .find(isBound);
  const range: AffectedRange = { introduced: '0' };
  for (const part of text.split(',')) {
    const [, operator, version] =
      /^\s*(>=|<=|<|>|=)\s*v?(\d+\.\d+\.\d+[\w.-]*)\s*$/.exec(part) ?? [];
    switch (operator) {
      case '>=':
        range.introduced = version;
        break;
      case '>':
        range.introduced = nextPatch(version);
        break;
      case '<':
        range.fixed = version;
        break;
      case '<=':
        Object.assign(range, upTo(version, patched));
        break;
      case '=':
        range.introduced = version;
        Object.assign(range, upTo(version, patched));
        break;
      default:
        return [undefined];
    }
  }
  return [range];
}

/** A good version counts where it follows the last affected one on its line. */
function upTo(
  version: string,
  patched: string | undefined,
): Partial<AffectedRange> {
  return patched !== undefined && patched === nextPatch(version)
    ? { fixed: patched }
    : { lastAffected: version };
}

function nextPatch(version: string): string {
  const [major, minor, patch] = versionNumbers(version) ?? [0, 0, 0];
  return `${major}.${minor}.${patch + 1}`;
}

function fromOsv(
  entry: Record<string, unknown>,
  now: string,
  skipped: Skipped,
): CiliumAdvisory[] {
  const ids = [
    asShortText(entry.id),
    ...(Array.isArray(entry.aliases) ? entry.aliases.map(asShortText) : []),
  ].flatMap(id => id ?? []);
  if (ids.length === 0) {
    skipped.add('an entry', 'no id');
    return [];
  }
  const affected = asObjects(entry.affected).filter(
    one => asObject(one.package)?.name === goPackage,
  );
  if (affected.length === 0) {
    return [];
  }
  const id = ids.find(one => one.startsWith('GHSA-')) ?? ids[0];
  const link = advisoryLink(id);
  const details = asObject(entry.database_specific);
  return [
    {
      id,
      aliases: ids.filter(one => one !== id),
      severity: severityOf(details?.severity),
      title: asShortText(entry.summary) ?? id,
      ...publication(entry.published, now),
      ranges: allKnown(
        affected.flatMap(one =>
          asObjects(one.ranges)
            .filter(({ type }) => type === 'SEMVER')
            .flatMap(({ events }) => rangesOfEvents(asObjects(events))),
        ),
      ),
      documented: 'every-branch',
      ...(link && { url: link }),
    },
  ];
}

/** Several pairs stand in one list of events: sorted by version, then walked. */
function rangesOfEvents(
  events: Record<string, unknown>[],
): (AffectedRange | undefined)[] {
  const known = events.flatMap(event =>
    (['introduced', 'fixed', 'last_affected'] as const).flatMap(type => {
      const version = asShortText(event[type]);
      return version === undefined ? [] : [{ type, version }];
    }),
  );
  if (known.some(({ version }) => !isBound(version))) {
    return [undefined];
  }
  known.sort((a, b) => compareVersions(full(a.version), full(b.version)));
  const ranges: AffectedRange[] = [];
  let open: AffectedRange | undefined;
  for (const { type, version } of known) {
    if (type === 'introduced') {
      open ??= { introduced: version };
    } else if (open) {
      ranges.push({
        ...open,
        ...(type === 'fixed' ? { fixed: version } : { lastAffected: version }),
      });
      open = undefined;
    }
  }
  return open ? [...ranges, open] : ranges;
}

function full(version: string): string {
  return version === '0' ? '0.0.0' : version;
}

function isBound(version: string): boolean {
  return version === '0' || versionNumbers(version) !== undefined;
}

function allKnown(
  ranges: (AffectedRange | undefined)[],
): CiliumAdvisory['ranges'] {
  const known = ranges.flatMap(range => range ?? []);
  return known.length === ranges.length && known.length > 0 ? known : 'unknown';
}

function publication(value: unknown, now: string): { published?: string } {
  const text = asShortText(value);
  const day = asPastDate(text, now)?.slice(0, 10);
  const month = text && /^\d{4}-\d{2}$/.test(text) ? text : undefined;
  const known = day ?? month;
  return known === undefined ? {} : { published: known };
}

function severityOf(value: unknown): CiliumAdvisory['severity'] {
  const text = asShortText(value)?.toLowerCase();
  switch (text) {
    case 'low':
    case 'medium':
    case 'high':
    case 'critical':
      return text;
    case 'moderate':
      return 'medium';
    default:
      return 'unknown';
  }
}

function advisoryLink(id: string): string | undefined {
  return /^GHSA(-[23456789cfghjmpqrvwx]{4}){3}$/.test(id)
    ? `https://github.com/cilium/cilium/security/advisories/${id}`
    : undefined;
}

/** Only addresses of pages: a feed must not bring a script. */
function asLink(value: unknown): string | undefined {
  const text = asShortText(value);
  return text?.startsWith('https://') ? text : undefined;
}

/** Two entries with an id in common are one; what the first does not know the second may. */
export function mergeAliases(
  advisories: readonly CiliumAdvisory[],
): CiliumAdvisory[] {
  const merged: CiliumAdvisory[] = [];
  for (const advisory of advisories) {
    const ids = [advisory.id, ...advisory.aliases];
    const index = merged.findIndex(one =>
      [one.id, ...one.aliases].some(id => ids.includes(id)),
    );
    if (index < 0) {
      merged.push(advisory);
    } else {
      merged[index] = join(merged[index], advisory);
    }
  }
  return merged;
}

function join(first: CiliumAdvisory, second: CiliumAdvisory): CiliumAdvisory {
  const ids = [first.id, ...first.aliases, second.id, ...second.aliases];
  const id = ids.find(one => one.startsWith('GHSA-')) ?? first.id;
  return {
    ...second,
    ...first,
    id,
    aliases: [...new Set(ids)].filter(one => one !== id),
    severity: first.severity === 'unknown' ? second.severity : first.severity,
    title: first.title === first.id ? second.title : first.title,
    ranges: first.ranges === 'unknown' ? second.ranges : first.ranges,
    documented:
      first.ranges === 'unknown' ? second.documented : first.documented,
  };
}

import { CiliumRelease, versionNumbers } from './ciliumReleases';
import {
  asObject,
  asObjects,
  asPastDate,
  asShortText,
  FeedContent,
  Skipped,
  UnusableFeedError,
} from './readFeedFields';

/** Options of {@link parseReleaseFeed}. @public */
export interface ParseFeedOptions {
  /** ISO time; what is dated later is left out. */
  now: string;
  /** When a live list was received; a copy of one is as old as its newest entry. */
  receivedAt?: string;
}

/**
 * Reads a feed of releases: our shape, GitHub's array of releases, endoflife.date v1 or its older array.
 *
 * @throws UnusableFeedError where it is none of these or holds no release
 * @public
 */
export function parseReleaseFeed(
  value: unknown,
  options: ParseFeedOptions,
): FeedContent<CiliumRelease> {
  const skipped = new Skipped();
  const { releases, asOf } = readEntries(value, options.now, skipped);
  if (!releases.some(({ prerelease }) => !prerelease)) {
    throw new UnusableFeedError(
      skipped.reasons.length > 0
        ? `no release in it can be used; first: ${skipped.reasons[0]}`
        : 'there is no release in it',
    );
  }
  const newest = releases
    .map(({ published_at }) => published_at)
    .sort()
    .at(-1)!;
  return {
    asOf: asOf ?? options.receivedAt ?? newest,
    items: releases,
    skipped: skipped.reasons,
  };
}

function readEntries(
  value: unknown,
  now: string,
  skipped: Skipped,
): { releases: CiliumRelease[]; asOf?: string } {
  if (Array.isArray(value)) {
    const entries = asObjects(value);
    const [first] = entries;
    if (first && 'tag_name' in first) {
      return { releases: fromGithub(entries, now, skipped) };
    }
    if (first && 'cycle' in first) {
      return { releases: fromCycles(entries, now, skipped) };
    }
    if (first && 'tag' in first) {
      return { releases: fromOwn(entries, now, skipped) };
    }
    throw new UnusableFeedError(
      entries.length === 0
        ? 'the list is empty'
        : 'the entries of the list have neither tag_name, tag nor cycle',
    );
  }
  const object = asObject(value);
  const result = asObject(object?.result);
  if (result && Array.isArray(result.releases)) {
    return {
      releases: fromProduct(asObjects(result.releases), now, skipped),
      asOf: asPastDate(object?.generated_at, now),
    };
  }
  if (object && Array.isArray(object.releases)) {
    return {
      releases: fromOwn(asObjects(object.releases), now, skipped),
      asOf: asPastDate(object.asOf ?? object.as_of, now),
    };
  }
  throw new UnusableFeedError(
    object
      ? 'it has no list of releases'
      : 'it is neither a list nor an object',
  );
}

function release(
  tag: string | undefined,
  published: unknown,
  fields: Partial<CiliumRelease>,
  context: { now: string; skipped: Skipped },
): CiliumRelease[] {
  const name = tag === undefined ? undefined : `v${tag.replace(/^v/, '')}`;
  const numbers = name === undefined ? undefined : versionNumbers(name);
  if (name === undefined || !numbers || !isReleaseTag(name)) {
    context.skipped.add(tag ?? 'an entry', 'no version of a release');
    return [];
  }
  const date = asPastDate(published, context.now);
  if (date === undefined) {
    context.skipped.add(name, `wrong date ${String(published).slice(0, 40)}`);
    return [];
  }
  return [
    {
      tag: name,
      branch: `v${numbers[0]}.${numbers[1]}`,
      prerelease: name.includes('-'),
      published_at: date,
      ...fields,
    },
  ];
}

function isReleaseTag(tag: string): boolean {
  return /^v\d{1,4}\.\d{1,4}\.\d{1,4}(-(pre|rc)\.\d{1,4})?$/.test(tag);
}

function fromOwn(
  entries: Record<string, unknown>[],
  now: string,
  skipped: Skipped,
): CiliumRelease[] {
  return entries.flatMap(entry => {
    const digest = asDigest(entry.agent_image_digest);
    return release(
      asShortText(entry.tag),
      entry.published_at,
      {
        ...(digest && { agent_image_digest: digest }),
        ...(entry.released === false && { released: false }),
      },
      { now, skipped },
    );
  });
}

/** The last section of the notes lists images with their digests. */
function fromGithub(
  entries: Record<string, unknown>[],
  now: string,
  skipped: Skipped,
): CiliumRelease[] {
  return entries.flatMap(entry => {
    if (entry.draft === true) {
      return [];
    }
    const tag = asShortText(entry.tag_name);
    const digest =
      typeof entry.body === 'string'
        ? /(?:quay\.io|docker\.io)\/cilium\/cilium:v[\w.-]{1,40}@(sha256:[0-9a-f]{64})/.exec(
            entry.body,
          )?.[1]
        : undefined;
    return release(
      tag,
      entry.published_at,
      {
        ...(entry.prerelease === true && { prerelease: true }),
        ...(digest && { agent_image_digest: digest }),
      },
      { now, skipped },
    );
  });
}

/** Only the first and the latest patch of a line are in it. */
function fromProduct(
  entries: Record<string, unknown>[],
  now: string,
  skipped: Skipped,
): CiliumRelease[] {
  return entries.flatMap(entry => {
    const latest = asObject(entry.latest);
    return ofCycle(
      asShortText(entry.name),
      { first: entry.releaseDate, latest: latest?.name, on: latest?.date },
      { now, skipped },
    );
  });
}

function fromCycles(
  entries: Record<string, unknown>[],
  now: string,
  skipped: Skipped,
): CiliumRelease[] {
  return entries.flatMap(entry =>
    ofCycle(
      asShortText(entry.cycle),
      {
        first: entry.releaseDate,
        latest: entry.latest,
        on: entry.latestReleaseDate,
      },
      { now, skipped },
    ),
  );
}

function ofCycle(
  cycle: string | undefined,
  known: { first: unknown; latest: unknown; on: unknown },
  context: { now: string; skipped: Skipped },
): CiliumRelease[] {
  const latest = asShortText(known.latest);
  return [
    ...release(cycle && `${cycle}.0`, known.first, {}, context),
    ...(latest === undefined || latest === `${cycle}.0`
      ? []
      : release(latest, known.on, {}, context)),
  ];
}

function asDigest(value: unknown): string | undefined {
  const text = asShortText(value);
  return text && /^sha256:[0-9a-f]{64}$/.test(text) ? text : undefined;
}

import {
  beyondRuntimeDefault,
  capabilitiesOf,
  type EffectiveProfile,
  indexProfiles,
  installedOn,
  mechanismOf,
  podValues,
  profileMode,
  resolveEffectiveProfile,
  sourceDigest,
  type IndexedProfile,
  type ProfileKind,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import type {
  DbClusterResourcesRow,
  DbNodesRow,
  DbProfilesRow,
} from '../database/tables';
import type { CollectedNode, InventoryChanges } from '../facts/CollectedFacts';
import { parseExactJson, stringifyExactJson } from '../facts/exactJson';
import { namedProfile, type NamedProfile } from '../facts/profileNames';

/** What a write of profiles changed. */
export interface WrittenProfiles {
  ids: string[];
  names: NamedProfile[];
}

type DerivedColumns = Pick<
  DbProfilesRow,
  | 'installed'
  | 'mode'
  | 'default_action'
  | 'source_digest'
  | 'effective_digest'
  | 'resolution'
  | 'because'
  | 'bases'
  | 'allows'
  | 'content_hash'
  | 'allows_rank'
  | 'beyond_calls'
  | 'beyond_rank'
  | 'worst_risk'
>;

const profileKinds: ProfileKind[] = [
  'SeccompProfile',
  'SelinuxProfile',
  'RawSelinuxProfile',
  'AppArmorProfile',
];

/** Ranks to sort by: more than any profile can name, and less than none. */
const everything = 1_000_000;
const notKnown = -1;

/**
 * Writes profiles with what follows from them: digests over the base chain, mode, nodes they are installed on.
 *
 * A changed base changes its dependents without touching their objects, so the profiles of a cluster are resolved
 * together, and every row whose derived columns differ counts as changed.
 */
export class ProfileWriter {
  async write(
    tx: Knex,
    clusterId: string,
    options: { changes: InventoryChanges; now: string },
  ): Promise<WrittenProfiles> {
    const { changes } = options;
    if (
      changes.profiles.length === 0 &&
      changes.removedProfiles.length === 0 &&
      changes.nodes.length === 0 &&
      changes.removedNodes.length === 0
    ) {
      return { ids: [], names: [] };
    }
    const stored = new Map(
      (await tx<DbProfilesRow>('profiles').where('cluster_id', clusterId)).map(
        row => [row.id, row],
      ),
    );
    const objects = new Map<string, IndexedProfile>();
    const states = new Map<string, Record<string, string>>();
    for (const row of stored.values()) {
      objects.set(row.id, readObject(row));
      states.set(row.id, JSON.parse(row.node_states));
    }
    const changedIds = new Set<string>();
    const names: NamedProfile[] = [];
    const note = (profile: IndexedProfile) => {
      changedIds.add(profile.id);
      for (const value of podValues(profile)) {
        names.push(namedProfile(mechanismOf(profile.kind), value));
      }
    };
    for (const id of changes.removedProfiles) {
      const removed = objects.get(id);
      if (removed) {
        note(removed);
        objects.delete(id);
      }
    }
    for (const profile of changes.profiles) {
      objects.set(profile.id, { ...profile.object, id: profile.id });
      states.set(profile.id, profile.nodeStates);
    }
    for (const ids of chunk(changes.removedProfiles)) {
      await tx('profiles').whereIn('id', ids).delete();
    }

    const operatorNodes = (
      await tx<DbNodesRow>('nodes').where('cluster_id', clusterId)
    )
      .map(row => JSON.parse(row.facts) as CollectedNode)
      .filter(node => node.spo === 'served')
      .map(node => node.name);
    const lastRead = await this.readTimes(tx, clusterId);
    const index = indexProfiles([...objects.values()]);
    const rows: DbProfilesRow[] = [];
    for (const profile of objects.values()) {
      const derived = this.derive(
        profile,
        index,
        states.get(profile.id) ?? {},
        operatorNodes,
      );
      const { id, ...object } = profile;
      const before = stored.get(id);
      const row: DbProfilesRow = {
        id,
        cluster_id: clusterId,
        kind: object.kind,
        namespace: object.namespace ?? '',
        name: object.name,
        uid: object.uid,
        object: stringifyExactJson(object),
        node_states: JSON.stringify(states.get(id) ?? {}),
        ...derived,
        ...revisionColumns(derived, before, {
          now: options.now,
          lastRead: lastRead.get(object.kind) ?? null,
        }),
      };
      const columns = Object.keys(row) as (keyof DbProfilesRow)[];
      if (columns.some(column => before?.[column] !== row[column])) {
        if (before) {
          note(readObject(before));
        }
        note(profile);
        rows.push(row);
      }
    }
    for (const part of chunk(rows)) {
      await tx('profiles').insert(part).onConflict('id').merge();
      await tx('profile_revisions')
        .insert(
          part.map(row => ({
            profile_id: row.id,
            source_digest: row.source_digest,
            effective_digest: row.effective_digest ?? '',
            first_seen: options.now,
          })),
        )
        .onConflict(['profile_id', 'source_digest', 'effective_digest'])
        .ignore();
    }
    return { ids: [...changedIds], names };
  }

  /** When each kind of profile was last known to be as stored, by kind. */
  private async readTimes(
    tx: Knex,
    clusterId: string,
  ): Promise<Map<string, string | null>> {
    const sources = await tx<DbClusterResourcesRow>('cluster_resources').where(
      'cluster_id',
      clusterId,
    );
    return new Map(
      profileKinds.map(kind => [
        kind,
        sources.find(({ resource }) =>
          resource.startsWith(`${kind.toLowerCase()}s.`),
        )?.last_fresh ?? null,
      ]),
    );
  }

  private derive(
    profile: IndexedProfile,
    index: ReturnType<typeof indexProfiles>,
    nodeStates: Record<string, string>,
    operatorNodes: string[],
  ): DerivedColumns {
    const effective = resolveEffectiveProfile(profile, index);
    const spec = profile.spec as { defaultAction?: unknown } | undefined;
    return {
      installed: JSON.stringify(installedOn({ nodeStates, operatorNodes })),
      mode: profileMode(profile),
      default_action:
        typeof spec?.defaultAction === 'string'
          ? withoutNul(spec.defaultAction).slice(0, 32)
          : null,
      source_digest: sourceDigest(profile),
      effective_digest: effective.effectiveDigest,
      resolution: effective.resolution,
      because:
        effective.because === undefined ? null : withoutNul(effective.because),
      bases: JSON.stringify(effective.bases),
      allows: effective.allows,
      ...distanceColumns(effective),
    };
  }
}

function distanceColumns(
  effective: EffectiveProfile,
): Pick<
  DbProfilesRow,
  'content_hash' | 'allows_rank' | 'beyond_calls' | 'beyond_rank' | 'worst_risk'
> {
  const { mode, allows, rules } = effective;
  const unlimited =
    mode === 'allows-by-default' || mode === 'logs-by-default'
      ? everything
      : undefined;
  const beyond =
    rules && unlimited === undefined
      ? beyondRuntimeDefault(rules, capabilitiesOf(undefined)).length
      : null;
  return {
    content_hash: null,
    allows_rank: unlimited ?? allows ?? notKnown,
    beyond_calls: beyond,
    beyond_rank: unlimited ?? beyond ?? notKnown,
    worst_risk: null,
  };
}

/**
 * Since when a profile has its present content. A content that is the first one ever seen may be far older than that; for
 * any other, the former one was still there when the kind was last read.
 */
function revisionColumns(
  derived: Pick<DbProfilesRow, 'effective_digest' | 'source_digest'>,
  before: DbProfilesRow | undefined,
  times: { now: string; lastRead: string | null },
): Pick<DbProfilesRow, 'revision_since' | 'revision_not_before'> {
  const contentOf = (row: typeof derived) =>
    row.effective_digest ?? row.source_digest;
  if (!before) {
    return { revision_since: times.now, revision_not_before: null };
  }
  return contentOf(before) === contentOf(derived)
    ? {
        revision_since: before.revision_since,
        revision_not_before: before.revision_not_before,
      }
    : { revision_since: times.now, revision_not_before: times.lastRead };
}

function readObject(row: DbProfilesRow): IndexedProfile {
  return { ...(parseExactJson(row.object) as IndexedProfile), id: row.id };
}

/** PostgreSQL takes no text with a NUL in it, and a spec may hold any text. */
function withoutNul(text: string): string {
  return text.replaceAll('\u0000', '\ufffd');
}

import {
  indexProfiles,
  type IndexedProfile,
  type ProfileIndex,
  type ProfileObject,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import type { DbProfilesRow } from '../database/tables';
import type { InventoryChanges, NodeStates } from '../facts/CollectedFacts';
import { parseExactJson } from '../facts/exactJson';

/** What is read of every profile of a cluster, to find those that a change touches. */
type ProfileEntry = Pick<
  DbProfilesRow,
  'id' | 'kind' | 'namespace' | 'name' | 'bases'
>;

/** The profiles that a change touches, by themselves or through a base, and those that they rest on. */
export class ProfileNeighbours {
  /** Ids of profiles to look at: those of the change, and those with one of them in their chain of bases. */
  readonly touched: ReadonlySet<string>;
  /** Ids of all others that stay. */
  readonly untouched: string[];
  /** What is stored of touched and removed profiles and of the bases below them. */
  readonly stored: ReadonlyMap<string, DbProfilesRow>;
  /** The touched profiles as they are now, and everything below them. */
  readonly index: ProfileIndex;
  private readonly onChanged: ReadonlySet<string>;
  private readonly objects: ReadonlyMap<string, IndexedProfile>;
  private readonly states: ReadonlyMap<string, NodeStates>;

  private constructor(fields: {
    touched: ReadonlySet<string>;
    untouched: string[];
    onChanged: ReadonlySet<string>;
    stored: ReadonlyMap<string, DbProfilesRow>;
    objects: ReadonlyMap<string, IndexedProfile>;
    states: ReadonlyMap<string, NodeStates>;
  }) {
    this.touched = fields.touched;
    this.untouched = fields.untouched;
    this.onChanged = fields.onChanged;
    this.stored = fields.stored;
    this.objects = fields.objects;
    this.states = fields.states;
    this.index = indexProfiles([...fields.objects.values()]);
  }

  /** Reads them, and no other objects of the cluster. */
  static async read(
    tx: Knex,
    clusterId: string,
    changes: InventoryChanges,
  ): Promise<ProfileNeighbours> {
    const removed = new Set(changes.removedProfiles);
    const brought = new Map(
      changes.profiles.map(({ id, object }) => [id, object]),
    );
    const entries = await tx<DbProfilesRow>('profiles')
      .where('cluster_id', clusterId)
      .select<ProfileEntry[]>('id', 'kind', 'namespace', 'name', 'bases');
    const changedKeys = new Set([
      ...entries
        .filter(({ id }) => removed.has(id) || brought.has(id))
        .map(keyOf),
      ...[...brought.values()].map(keyOf),
    ]);
    const staying = entries.filter(({ id }) => !removed.has(id));
    const onChanged = new Set(
      staying
        .filter(entry =>
          (JSON.parse(entry.bases) as string[]).some(name =>
            changedKeys.has(keyOf({ ...entry, name })),
          ),
        )
        .map(({ id }) => id),
    );
    const touched = new Set([...brought.keys(), ...onChanged]);

    const stored = await readRows(tx, [...touched, ...removed]);
    const objects = new Map<string, IndexedProfile>();
    for (const id of touched) {
      const object = brought.get(id);
      objects.set(id, object ? { ...object, id } : readObject(stored.get(id)!));
    }
    const ids = new Map(staying.map(entry => [keyOf(entry), entry.id]));
    // From each profile down to the root; a base that is not there ends the chain.
    for (let above = [...objects.values()]; above.length > 0; ) {
      const below = above
        .flatMap(profile =>
          basesOf(profile).map(name => ids.get(keyOf({ ...profile, name }))),
        )
        .filter(id => id !== undefined && !objects.has(id)) as string[];
      const rows = await readRows(tx, [...new Set(below)]);
      above = [...rows.values()].map(readObject);
      for (const base of above) {
        objects.set(base.id, base);
      }
    }
    return new ProfileNeighbours({
      touched,
      untouched: staying.map(({ id }) => id).filter(id => !touched.has(id)),
      onChanged,
      stored,
      objects,
      states: new Map(
        changes.profiles.map(({ id, nodeStates }) => [id, nodeStates]),
      ),
    });
  }

  /** The profile as it is now; undefined for one that was removed. */
  now(id: string): IndexedProfile | undefined {
    return this.objects.get(id);
  }

  /** The profile as it was stored; undefined for a new one. */
  before(id: string): IndexedProfile | undefined {
    const row = this.stored.get(id);
    return row && readObject(row);
  }

  nodeStates(id: string): NodeStates {
    return (
      this.states.get(id) ??
      JSON.parse(this.stored.get(id)?.node_states ?? '{}')
    );
  }

  /** Whether the profile rests on another one that changed. */
  hasChangedBase(id: string): boolean {
    return this.onChanged.has(id);
  }
}

/** Names of profiles that a profile builds on directly. */
function basesOf({ spec }: ProfileObject): string[] {
  const { baseProfileName, inherit } = (spec ?? {}) as {
    baseProfileName?: unknown;
    inherit?: unknown;
  };
  const parents: unknown[] = Array.isArray(inherit) ? inherit : [];
  return [
    baseProfileName,
    ...parents.map(parent => (parent as { name?: unknown } | null)?.name),
  ].filter(name => typeof name === 'string');
}

/** What a base is found by: its kind, and its namespace where the kind has one. */
function keyOf(profile: {
  kind: string;
  namespace?: string;
  name: string;
}): string {
  return JSON.stringify([profile.kind, profile.namespace ?? '', profile.name]);
}

async function readRows(
  tx: Knex,
  ids: string[],
): Promise<Map<string, DbProfilesRow>> {
  const rows = new Map<string, DbProfilesRow>();
  for (const part of chunk(ids)) {
    for (const row of await tx<DbProfilesRow>('profiles').whereIn('id', part)) {
      rows.set(row.id, row);
    }
  }
  return rows;
}

function readObject(row: DbProfilesRow): IndexedProfile {
  return { ...(parseExactJson(row.object) as IndexedProfile), id: row.id };
}

import {
  type ChangeClass,
  installedOn,
  mechanismOf,
  podValues,
  type IndexedProfile,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import type { DbProfilesRow } from '../database/tables';
import type { InventoryChanges, NodeStates } from '../facts/CollectedFacts';
import { stringifyExactJson } from '../facts/exactJson';
import { namedProfile, type NamedProfile } from '../facts/profileNames';
import { changesBetween } from './changesBetween';
import { deriveProfile, type DerivedProfile } from './deriveProfile';
import { ProfileNeighbours } from './ProfileNeighbours';
import { profileReadTimes, revisionColumns } from './revisionColumns';
import { servedNodes } from './servedNodes';

/** What a write of profiles changed. */
export interface WrittenProfiles {
  ids: string[];
  names: NamedProfile[];
}

/** Profiles that are derived before the event loop gets its turn: it is shared with every other plugin. */
const derivedAtOnce = 20;

const nothingWritten: WrittenProfiles = { ids: [], names: [] };

/**
 * Writes profiles with what follows from them: digests over the base chain, mode, nodes they are installed on.
 *
 * A changed base changes its dependents without touching their objects, so every profile with a changed one in its chain
 * is derived anew, and every row that differs then counts as changed. Others are neither read nor derived.
 */
export class ProfileWriter {
  /** Profiles that this writer has derived: what is stored of them is what these rules make of their objects. */
  private readonly derived = new Set<string>();

  async write(
    tx: Knex,
    clusterId: string,
    options: {
      changes: InventoryChanges;
      /** Nodes that the operator served before the change; undefined where it holds no nodes. */
      servedBefore: string[] | undefined;
      now: string;
    },
  ): Promise<WrittenProfiles> {
    const { changes, servedBefore, now } = options;
    const changesProfiles =
      changes.profiles.length + changes.removedProfiles.length > 0;
    if (!changesProfiles && !servedBefore) {
      return nothingWritten;
    }
    const operatorNodes = await servedNodes(tx, clusterId);
    const servesOthers =
      servedBefore !== undefined &&
      servedBefore.join('\n') !== operatorNodes.join('\n');
    if (!changesProfiles && !servesOthers) {
      return nothingWritten;
    }
    const lastRead = await profileReadTimes(tx, clusterId);
    const neighbours = await ProfileNeighbours.read(tx, clusterId, changes);
    const changed = new Map<string, IndexedProfile[]>();
    for (const id of changes.removedProfiles) {
      this.derived.delete(id);
      const removed = neighbours.before(id);
      if (removed) {
        changed.set(id, [removed]);
      }
    }
    const rows: DbProfilesRow[] = [];
    const contents = new Map<string, string>();
    for (const [count, id] of [...neighbours.touched].entries()) {
      const { row, content } = this.rowOf(id, neighbours, {
        clusterId,
        operatorNodes,
        lastRead,
        now,
      });
      const before = neighbours.stored.get(id);
      const columns = Object.keys(row) as (keyof DbProfilesRow)[];
      if (columns.some(column => before?.[column] !== row[column])) {
        rows.push(row);
        changed.set(
          id,
          [neighbours.before(id), neighbours.now(id)].flatMap(
            profile => profile ?? [],
          ),
        );
        if (row.content_hash !== null && content !== undefined) {
          contents.set(row.content_hash, content);
        }
      }
      if (count % derivedAtOnce === derivedAtOnce - 1) {
        await new Promise(resolve => setImmediate(resolve));
      }
    }
    for (const ids of chunk(changes.removedProfiles)) {
      await tx('profiles').whereIn('id', ids).delete();
    }
    await this.writeContents(tx, contents);
    await this.writeRows(tx, rows, {
      changes: await changesBetween(tx, rows, neighbours.stored),
      now,
    });
    await this.removeContents(
      tx,
      [...changed.keys()].flatMap(
        id => neighbours.stored.get(id)?.content_hash ?? [],
      ),
    );
    const recounted = servesOthers
      ? await this.countNodes(tx, neighbours.untouched, operatorNodes)
      : [];
    return {
      ids: [...changed.keys(), ...recounted],
      names: [...changed.values()].flat().flatMap(namesOf),
    };
  }

  private rowOf(
    id: string,
    neighbours: ProfileNeighbours,
    options: {
      clusterId: string;
      operatorNodes: string[];
      lastRead: ReadonlyMap<string, string | null>;
      now: string;
    },
  ): { row: DbProfilesRow; content?: string } {
    const profile = neighbours.now(id)!;
    const { id: _id, ...object } = profile;
    const text = stringifyExactJson(object);
    const before = neighbours.stored.get(id);
    const nodeStates = neighbours.nodeStates(id);
    let derived: DerivedProfile;
    if (
      before?.object === text &&
      this.derived.has(id) &&
      !neighbours.hasChangedBase(id)
    ) {
      // Only its states on the nodes have changed, which happens a thousand times as often.
      derived = { columns: before };
    } else {
      derived = deriveProfile(profile, neighbours.index);
      this.derived.add(id);
    }
    return {
      content: derived.content,
      row: {
        ...derived.columns,
        id,
        cluster_id: options.clusterId,
        kind: object.kind,
        namespace: object.namespace ?? '',
        name: object.name,
        uid: object.uid,
        object: text,
        node_states: JSON.stringify(nodeStates),
        installed: installedColumn(nodeStates, options.operatorNodes),
        ...revisionColumns(derived.columns, before, {
          now: options.now,
          lastRead: options.lastRead.get(object.kind) ?? null,
        }),
      },
    };
  }

  private async writeRows(
    tx: Knex,
    rows: DbProfilesRow[],
    options: { changes: ReadonlyMap<string, ChangeClass>; now: string },
  ): Promise<void> {
    for (const part of chunk(rows)) {
      await tx('profiles').insert(part).onConflict('id').merge();
      await tx('profile_revisions')
        .insert(
          part.map(row => ({
            profile_id: row.id,
            source_digest: row.source_digest,
            effective_digest: row.effective_digest ?? '',
            first_seen: options.now,
            content_hash: row.content_hash,
            change: options.changes.get(row.id) ?? null,
          })),
        )
        .onConflict(['profile_id', 'source_digest', 'effective_digest'])
        .merge(['content_hash']);
    }
  }

  private async writeContents(
    tx: Knex,
    contents: Map<string, string>,
  ): Promise<void> {
    // Sorted, so that two clusters with the same contents never wait for each other in a circle.
    for (const part of chunk([...contents].sort())) {
      await tx('profile_contents')
        .insert(part.map(([hash, content]) => ({ hash, content })))
        .onConflict('hash')
        .ignore();
    }
  }

  /** Takes out those contents that neither a profile nor a revision has any longer. */
  private async removeContents(tx: Knex, hashes: string[]): Promise<void> {
    for (const part of chunk([...new Set(hashes)])) {
      await tx('profile_contents')
        .whereIn('hash', part)
        .whereNotIn(
          'hash',
          tx('profiles').whereIn('content_hash', part).select('content_hash'),
        )
        .whereNotIn(
          'hash',
          tx('profile_revisions')
            .whereIn('content_hash', part)
            .select('content_hash'),
        )
        .delete();
    }
  }

  /** For profiles of which nothing but the nodes around them has changed. */
  private async countNodes(
    tx: Knex,
    ids: string[],
    operatorNodes: string[],
  ): Promise<string[]> {
    const recounted: string[] = [];
    for (const part of chunk(ids)) {
      const rows = await tx<DbProfilesRow>('profiles')
        .whereIn('id', part)
        .select('id', 'node_states', 'installed');
      for (const row of rows) {
        const installed = installedColumn(
          JSON.parse(row.node_states),
          operatorNodes,
        );
        if (installed !== row.installed) {
          await tx('profiles').where('id', row.id).update({ installed });
          recounted.push(row.id);
        }
      }
    }
    return recounted;
  }
}

function installedColumn(
  nodeStates: NodeStates,
  operatorNodes: string[],
): string {
  return JSON.stringify(installedOn({ nodeStates, operatorNodes }));
}

function namesOf(profile: IndexedProfile): NamedProfile[] {
  return [...podValues(profile)].map(value =>
    namedProfile(mechanismOf(profile.kind), value),
  );
}

import type {
  ApprovalIdentities,
  EligibleVoter,
  VoterSlot,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import type {
  DbClustersRow,
  DbEntitiesRow,
  DbMembershipsRow,
} from '../database/tables';
import { kubernetesIdLabel } from '../facts/kubernetesIdLabel';
import type { ProfileName } from './subjectKey';

/** A profile in the clusters of one environment. */
export interface ProfileInEnvironment extends ProfileName {
  environment: string;
}

/** A group or a person whose members may vote, and in which capacity. */
export interface VoterGroup {
  ref: string;
  slot: VoterSlot;
}

/** Options of {@link VoterDirectory}. */
export interface VoterDirectoryOptions {
  /** Refs of groups or people that may vote on everything, from config. */
  reviewers: string[];
  /** Refs of one human in each, from config. */
  aliases?: readonly (readonly string[])[];
}

/** Deeper nesting than this is no organisation but a mistake. */
const deepestNesting = 20;

/** Who may vote: the owners of what a profile is used for, and the configured reviewers. */
export class VoterDirectory {
  private readonly reviewers: string[];
  private readonly aliases: readonly (readonly string[])[];

  constructor(options: VoterDirectoryOptions) {
    this.aliases = options.aliases ?? [];
    this.reviewers = options.reviewers.map(ref =>
      ref.toLocaleLowerCase('en-US'),
    );
  }

  /**
   * Owners and reviewers of a profile in an environment: the owner that the profile's own label names, else the owners
   * of the entities with a confirmed claim whose containers run under it there, else the clusters' owners.
   */
  async voterGroups(
    knex: Knex,
    profile: ProfileInEnvironment,
  ): Promise<VoterGroup[]> {
    return this.withReviewers(await this.owners(knex, profile));
  }

  /** Owners and reviewers of an entity: those who decide on its uses, grants and waivers. */
  async entityVoterGroups(
    knex: Knex,
    entityRef: string,
  ): Promise<VoterGroup[]> {
    const entity = await knex<DbEntitiesRow>('entities')
      .where('entity_ref', entityRef)
      .first('owner_ref');
    return this.withReviewers(entity?.owner_ref ? [entity.owner_ref] : []);
  }

  private withReviewers(owners: string[]): VoterGroup[] {
    return [
      ...[...new Set(owners)].map(ref => ({ ref, slot: 'owner' as const })),
      ...[...new Set(this.reviewers)].map(ref => ({
        ref,
        slot: 'security' as const,
      })),
    ];
  }

  /** The people behind these groups, each with the way from the group to them. Circles of groups end by themselves. */
  async identities(
    knex: Knex,
    groups: readonly VoterGroup[],
  ): Promise<ApprovalIdentities> {
    const eligible: EligibleVoter[] = [];
    for (const slot of ['owner', 'security'] as const) {
      const people = await this.people(
        knex,
        groups.flatMap(group => (group.slot === slot ? [group.ref] : [])),
      );
      for (const [ref, path] of people) {
        eligible.push({
          ref,
          slot,
          groupPath: path.length > 1 ? path.slice(0, -1) : path,
        });
      }
    }
    return {
      eligible: eligible.sort(
        (a, b) => compareText(a.ref, b.ref) || compareText(a.slot, b.slot),
      ),
      ...(this.aliases.length > 0 ? { aliases: this.aliases } : {}),
    };
  }

  private async people(
    knex: Knex,
    groups: string[],
  ): Promise<Map<string, string[]>> {
    const paths = new Map<string, string[]>();
    const people = new Map<string, string[]>();
    let level = groups.map(ref => ({ ref, path: [ref] }));
    for (
      let depth = 0;
      depth < deepestNesting && level.length > 0;
      depth += 1
    ) {
      const open: typeof level = [];
      for (const { ref, path } of level) {
        if (ref.startsWith('user:')) {
          if (!people.has(ref)) {
            people.set(ref, path);
          }
        } else if (!paths.has(ref)) {
          paths.set(ref, path);
          open.push({ ref, path });
        }
      }
      level = await this.members(knex, open);
    }
    return people;
  }

  private async members(
    knex: Knex,
    groups: { ref: string; path: string[] }[],
  ): Promise<{ ref: string; path: string[] }[]> {
    const pathOf = new Map(groups.map(({ ref, path }) => [ref, path]));
    const found: { ref: string; path: string[] }[] = [];
    for (const refs of chunk([...pathOf.keys()])) {
      const rows = await knex<DbMembershipsRow>('memberships')
        .whereIn('group_ref', refs)
        .orderBy(['group_ref', 'member_ref']);
      for (const row of rows) {
        found.push({
          ref: row.member_ref,
          path: [...(pathOf.get(row.group_ref) ?? []), row.member_ref],
        });
      }
    }
    return found;
  }

  private async owners(
    knex: Knex,
    profile: ProfileInEnvironment,
  ): Promise<string[]> {
    const rows = await knex('profiles')
      .join<DbClustersRow>('clusters', 'clusters.id', 'profiles.cluster_id')
      .where({
        'clusters.environment': profile.environment,
        'profiles.kind': profile.kind,
        'profiles.namespace': profile.namespace ?? '',
        'profiles.name': profile.name,
      })
      .select<{ id: string; object: string; owner_ref: string | null }[]>(
        'profiles.id',
        'profiles.object',
        'clusters.owner_ref',
      );
    const named = await this.namedOwners(
      knex,
      rows.map(row => row.object),
    );
    if (named.length > 0) {
      return named;
    }
    const users: string[] = await knex('posture_profiles')
      .join('entities', 'entities.entity_ref', 'posture_profiles.entity_ref')
      .whereIn(
        'posture_profiles.profile_id',
        rows.map(row => row.id),
      )
      .whereNotNull('entities.owner_ref')
      .where('posture_profiles.claim', 'confirmed')
      .distinct()
      .orderBy('entities.owner_ref')
      .pluck('entities.owner_ref');
    if (users.length > 0) {
      return users;
    }
    return [
      ...new Set(rows.flatMap(row => (row.owner_ref ? [row.owner_ref] : []))),
    ];
  }

  private async namedOwners(knex: Knex, objects: string[]): Promise<string[]> {
    const ids = new Set<string>();
    for (const object of objects) {
      const id = (JSON.parse(object) as { labels?: Record<string, string> })
        .labels?.[kubernetesIdLabel];
      if (id) {
        ids.add(id);
      }
    }
    // Where several entities have the id, the one that is named like it holds it (see claims).
    const owners: string[] = [];
    for (const id of ids) {
      const holders = await knex('entities')
        .where('kubernetes_id', id)
        .select<{ name: string; owner_ref: string | null }[]>(
          'name',
          'owner_ref',
        );
      const byName = holders.filter(holder => holder.name === id);
      const [holder, ...others] = byName.length > 0 ? byName : holders;
      if (holder?.owner_ref && others.length === 0) {
        owners.push(holder.owner_ref);
      }
    }
    return [...new Set(owners)];
  }
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

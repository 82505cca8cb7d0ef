import {
  compareProfiles,
  type IndexedProfile,
  indexProfiles,
  mechanismOf,
  podValues,
  profileContent,
  type ProfileContent,
  resolveEffectiveProfile,
} from '@security-profiles/analysis';
import type {
  ProfileDetail,
  ProfileNode,
  ProfileUser,
  Revision,
  RevisionComparison,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Knex } from 'knex';
import { type EntityScope, narrowToReadable } from '../access/EntityScope';
import { InputRefusedError } from '../access/errors';
import type { ReadScope } from '../access/ReadScope';
import { applySqlConditions } from '../access/sqlCondition';
import type { Clock } from '../clock/Clock';
import type {
  DbClaimsRow,
  DbNodesRow,
  DbProfileContentsRow,
  DbProfileRevisionsRow,
  DbProfilesRow,
  DbWorkloadContainersRow,
  DbWorkloadProfileNamesRow,
} from '../database/tables';
import type { CollectedNode, NodeStates } from '../facts/CollectedFacts';
import { parseExactJson } from '../facts/exactJson';
import { unpackContent } from '../facts/profileContents';
import {
  type NamedProfile,
  namedProfile,
  namedProfiles,
} from '../facts/profileNames';
import {
  type Page,
  type PageRequest,
  readCursor,
  toPage,
} from '../paging/pageCursor';
import {
  profileNodes,
  type ProfileNodeCount,
  countStates,
} from './profileNodes';
import {
  type ProfileRow,
  profilesInClusters,
  selectProfileRows,
  toProfile,
} from './profileRows';
import { profileChain } from './profileChain';
import { profileDistance } from './profileDistance';
import { profileProblems, recordedAs } from './profileProblems';
import { profileYaml } from './profileYaml';

/** A page of users with the count of those that the caller may not read. */
export interface ProfileUserPage extends Page<ProfileUser> {
  hidden: number;
  unclaimed: { workloads: number; pods: number };
  owners: {
    ownerRef?: string;
    entities: number;
    containers: number;
    pods: number;
  }[];
}

/** A page of nodes with the count of every state. */
export interface ProfileNodePage extends Page<ProfileNode> {
  counts: ProfileNodeCount[];
}

/** Which nodes of a profile are wanted. */
export interface ProfileNodeFilter {
  state?: string[];
}

/** Options of {@link ProfilePageReadModel}. */
export interface ProfilePageReadModelOptions {
  knex: Knex;
  clock: Clock;
}

/** Most lines of a comparison that an answer holds; the totals cover all. */
const linesShown = 500;
/** Most owners that the answer about users names. */
const ownersShown = 200;

type FullProfileRow = ProfileRow &
  Pick<DbProfilesRow, 'object' | 'node_states'> & { environment: string };

type RevisionRow = DbProfileRevisionsRow & { id: number };

/** Answers the page of one profile. Undefined: there is no such profile. */
export class ProfilePageReadModel {
  private readonly options: ProfilePageReadModelOptions;

  constructor(options: ProfilePageReadModelOptions) {
    this.options = options;
  }

  async get(
    id: string,
    callers: { scope: ReadScope; entities: EntityScope },
  ): Promise<ProfileDetail | undefined> {
    const { knex, clock } = this.options;
    const rows = (await selectProfileRows(
      knex,
      profilesInClusters(knex)
        .where('profiles.id', id)
        .select(
          'profiles.object',
          'profiles.node_states',
          'clusters.environment',
        ),
      callers.entities,
    )) as FullProfileRow[];
    const row = rows.at(0);
    if (!row) {
      return undefined;
    }
    const object = readObject(row);
    const around = await this.profilesAround(row);
    const index = indexProfiles([object, ...around]);
    const effective = resolveEffectiveProfile(object, index);
    const content = profileContent(object, effective);
    const distance = content ? profileDistance(content) : null;
    const nodes = profileNodes(await this.nodesOf(row.cluster_id), {
      states: JSON.parse(row.node_states),
      pods: {},
    });
    const recorded = recordedAs(object);
    return {
      ...toProfile(row),
      environment: row.environment,
      servedAt: clock.now().toISOString(),
      ...(content ? { state: content.state } : {}),
      apiVersion: `security-profiles-operator.x-k8s.io/${object.version}`,
      names: [...podValues(object)].sort(),
      ...(content?.seccomp
        ? {
            architectures: content.seccomp.architectures,
            flags: content.seccomp.flags,
            ...(content.seccomp.listenerPath
              ? { listenerPath: content.seccomp.listenerPath }
              : {}),
          }
        : {}),
      distance,
      ...(content?.appArmor ? { appArmor: { ...content.appArmor } } : {}),
      ...(content?.seLinux ? { seLinux: { ...content.seLinux } } : {}),
      ...(content?.raw ? { raw: content.raw } : {}),
      chain: profileChain(object, {
        bases: effective.bases,
        index,
        content,
        distance,
        readable: await this.readableIds(around, callers.scope),
      }),
      nodeStates: countStates(nodes),
      ...(recorded ? { recorded } : {}),
      problems: profileProblems(object, { effective, index }),
      labels: object.labels ?? {},
      yaml: profileYaml(object),
    };
  }

  async nodes(
    id: string,
    filter: ProfileNodeFilter,
    page: PageRequest,
  ): Promise<ProfileNodePage | undefined> {
    const row = await this.row(id);
    if (!row) {
      return undefined;
    }
    const list = ['profile-nodes', id, filter];
    const offset = readCursor(page, list);
    const all = profileNodes(await this.nodesOf(row.cluster_id), {
      states: JSON.parse(row.node_states) as NodeStates,
      pods: await this.podsByNode(row),
    });
    const wanted = filter.state?.length
      ? all.filter(node => filter.state?.includes(node.state))
      : all;
    return {
      ...toPage(wanted.slice(offset, offset + page.limit), {
        totalItems: wanted.length,
        offset,
        limit: page.limit,
        filter: list,
      }),
      counts: countStates(all),
    };
  }

  async revisions(
    id: string,
    page: PageRequest,
  ): Promise<Page<Revision> | undefined> {
    const { knex } = this.options;
    const profile = await this.row(id);
    if (!profile) {
      return undefined;
    }
    const list = ['revisions', id];
    const offset = readCursor(page, list);
    const [{ count }] = await knex('profile_revisions')
      .where('profile_id', id)
      .count({ count: '*' });
    const rows = await this.revisionRows(id).limit(page.limit).offset(offset);
    return toPage(
      rows.map(row => toRevision(row, profile)),
      { totalItems: Number(count), offset, limit: page.limit, filter: list },
    );
  }

  /** @throws InputRefusedError where the profile never had such a revision */
  async compare(
    id: string,
    range: { from: string; to: string },
  ): Promise<RevisionComparison | undefined> {
    const profile = await this.row(id);
    if (!profile) {
      return undefined;
    }
    const from = await this.revision(profile, 'from', range.from);
    const to = await this.revision(profile, 'to', range.to);
    const revisions = {
      from: toRevision(from, profile),
      to: toRevision(to, profile),
    };
    const before = await this.content(from);
    const after = await this.content(to);
    if (!before || !after) {
      return {
        ...revisions,
        class: from.id === to.id ? 'identical' : 'unknown',
        ...(from.id === to.id
          ? {}
          : { because: whyUnknown(before ? to : from) }),
        lines: [],
        totals: { wider: 0, narrower: 0, changed: 0 },
        truncated: false,
      };
    }
    const { class: change, lines } = compareProfiles(before, after, {
      sourceDigests: [from.source_digest, to.source_digest],
    });
    const total = (direction: string) =>
      lines.filter(line => line.direction === direction).length;
    return {
      ...revisions,
      class: change,
      lines: lines.slice(0, linesShown),
      totals: {
        wider: total('wider'),
        narrower: total('narrower'),
        changed: total('changed'),
      },
      truncated: lines.length > linesShown,
    };
  }

  async users(
    id: string,
    page: PageRequest,
    entities: EntityScope,
  ): Promise<ProfileUserPage | undefined> {
    const { knex } = this.options;
    const row = await this.row(id);
    if (!row) {
      return undefined;
    }
    const list = ['users', id];
    const offset = readCursor(page, list);
    const all = knex('posture_profiles')
      .join('entities', 'entities.entity_ref', 'posture_profiles.entity_ref')
      .where('posture_profiles.profile_id', id);
    const readable = all.clone();
    narrowToReadable(knex, entities, readable);
    const [{ count }] = await knex('posture_profiles')
      .where('profile_id', id)
      .count({ count: '*' });
    const [{ count: readableCount }] = await readable
      .clone()
      .count({ count: '*' });
    const items = await readable
      .clone()
      .orderByRaw('case when ?? is null then 1 else 0 end', [
        'entities.owner_ref',
      ])
      .orderBy(['entities.owner_ref', 'entities.entity_ref'])
      .limit(page.limit)
      .offset(offset)
      .select<
        {
          entity_ref: string;
          title: string | null;
          owner_ref: string | null;
          containers: number;
          pods: number;
          claim: string;
        }[]
      >(
        'entities.entity_ref',
        'entities.title',
        'entities.owner_ref',
        'posture_profiles.containers',
        'posture_profiles.pods',
        'posture_profiles.claim',
      );
    const owners = await readable
      .clone()
      .groupBy('entities.owner_ref')
      .orderByRaw('case when ?? is null then 1 else 0 end', [
        'entities.owner_ref',
      ])
      .orderBy('entities.owner_ref')
      .limit(ownersShown)
      .select<
        {
          owner_ref: string | null;
          entities: number | string;
          containers: number | string;
          pods: number | string;
        }[]
      >(
        'entities.owner_ref',
        knex.raw('count(*) as entities'),
        knex.raw('sum(posture_profiles.containers) as containers'),
        knex.raw('sum(posture_profiles.pods) as pods'),
      );
    return {
      ...toPage(
        items.map(item => ({
          entityRef: item.entity_ref,
          ...(item.title ? { title: item.title } : {}),
          ...(item.owner_ref ? { ownerRef: item.owner_ref } : {}),
          containers: item.containers,
          pods: item.pods,
          claim: item.claim,
        })),
        {
          totalItems: Number(readableCount),
          offset,
          limit: page.limit,
          filter: list,
        },
      ),
      hidden: Number(count) - Number(readableCount),
      unclaimed: await this.unclaimed(row),
      owners: owners.map(owner => ({
        ...(owner.owner_ref ? { ownerRef: owner.owner_ref } : {}),
        entities: Number(owner.entities),
        containers: Number(owner.containers),
        pods: Number(owner.pods),
      })),
    };
  }

  private async row(id: string): Promise<DbProfilesRow | undefined> {
    return this.options.knex<DbProfilesRow>('profiles').where('id', id).first();
  }

  private revisionRows(
    id: string,
  ): Knex.QueryBuilder<RevisionRow, RevisionRow[]> {
    return this.options
      .knex('profile_revisions')
      .where('profile_id', id)
      .orderBy([
        { column: 'first_seen', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .select<RevisionRow[]>('*');
  }

  private async revision(
    profile: DbProfilesRow,
    field: 'from' | 'to',
    wanted: string,
  ): Promise<RevisionRow> {
    const query = this.revisionRows(profile.id).limit(1);
    if (wanted === 'current') {
      query.where({
        source_digest: profile.source_digest,
        effective_digest: profile.effective_digest ?? '',
      });
    } else if (/^\d{1,15}$/.test(wanted)) {
      query.where('id', Number(wanted));
    } else {
      query.where('effective_digest', wanted);
    }
    const [row] = await query;
    if (!row) {
      throw new InputRefusedError(
        `/query/${field}`,
        'is no revision of this profile; take an id or a digest of its revisions, or "current"',
      );
    }
    return row;
  }

  private async nodesOf(clusterId: string): Promise<CollectedNode[]> {
    const rows = await this.options
      .knex<DbNodesRow>('nodes')
      .where('cluster_id', clusterId);
    return rows.map(row => JSON.parse(row.facts));
  }

  /** Ids of workloads that name the profile, whether it is in force there or not. */
  private namingWorkloads(row: DbProfilesRow): Knex.QueryBuilder {
    const names = namesOf(readObject(row));
    return this.options
      .knex<DbWorkloadProfileNamesRow>('workload_profile_names')
      .where({
        cluster_id: row.cluster_id,
        mechanism: mechanismOf(row.kind as IndexedProfile['kind']),
      })
      .whereIn(
        'value',
        names.map(({ value }) => value),
      )
      .select('workload_id');
  }

  /** Pods by node that name the profile; one with three containers under it is one pod. */
  private async podsByNode(
    row: DbProfilesRow,
  ): Promise<Record<string, number>> {
    const names = new Set(
      namesOf(readObject(row)).map(name => `${name.mechanism} ${name.value}`),
    );
    const rows = await this.options
      .knex<DbWorkloadContainersRow>('workload_containers')
      .whereIn('workload_id', this.namingWorkloads(row))
      .where('basis', 'live')
      .select('workload_id', 'name', 'container', 'nodes');
    const byContainer = new Map<string, Record<string, number>>();
    for (const { workload_id, name, container, nodes } of rows) {
      const naming = namedProfiles(JSON.parse(container)).some(found =>
        names.has(`${found.mechanism} ${found.value}`),
      );
      if (!naming) {
        continue;
      }
      const key = JSON.stringify([workload_id, name]);
      const held = byContainer.get(key) ?? {};
      for (const [node, pods] of Object.entries<number>(JSON.parse(nodes))) {
        held[node] = (held[node] ?? 0) + pods;
      }
      byContainer.set(key, held);
    }
    const byWorkload = new Map<string, Record<string, number>>();
    for (const [key, nodes] of byContainer) {
      const [workload] = JSON.parse(key);
      const held = byWorkload.get(workload) ?? {};
      for (const [node, pods] of Object.entries(nodes)) {
        held[node] = Math.max(held[node] ?? 0, pods);
      }
      byWorkload.set(workload, held);
    }
    const total: Record<string, number> = {};
    for (const nodes of byWorkload.values()) {
      for (const [node, pods] of Object.entries(nodes)) {
        total[node] = (total[node] ?? 0) + pods;
      }
    }
    return total;
  }

  private async unclaimed(
    row: DbProfilesRow,
  ): Promise<{ workloads: number; pods: number }> {
    const { knex } = this.options;
    const [found] = await knex('workloads')
      .whereIn('workloads.id', this.namingWorkloads(row))
      .whereNotExists(
        knex<DbClaimsRow>('claims')
          .whereRaw('?? = ??', ['claims.workload_id', 'workloads.id'])
          .select('claims.workload_id'),
      )
      .select<{ workloads: number | string; pods: number | string | null }[]>(
        knex.raw('count(*) as workloads'),
        knex.raw('sum(workloads.pods) as pods'),
      );
    return {
      workloads: Number(found.workloads),
      pods: Number(found.pods ?? 0),
    };
  }

  /** The chain of bases, and those that share its name or its file. */
  private async profilesAround(row: DbProfilesRow): Promise<IndexedProfile[]> {
    const bases: string[] = JSON.parse(row.bases);
    const files = [`${row.name}.json`, row.name.replace(/\.json$/, '')];
    const rows = await this.options
      .knex<DbProfilesRow>('profiles')
      .where({ cluster_id: row.cluster_id, namespace: row.namespace })
      .whereIn('name', [...new Set([row.name, ...files, ...bases])])
      .whereNot('id', row.id)
      .select('id', 'object');
    return rows.map(readObject);
  }

  /** Those of the profiles that the caller may read as well. */
  private async readableIds(
    profiles: IndexedProfile[],
    scope: ReadScope,
  ): Promise<ReadonlySet<string>> {
    const { knex } = this.options;
    const query = profilesInClusters(knex).whereIn(
      'profiles.id',
      profiles.map(({ id }) => id),
    );
    if (scope.conditions) {
      applySqlConditions(query, scope.conditions, knex);
    }
    return new Set(await query.pluck('profiles.id'));
  }

  private async content(row: RevisionRow): Promise<ProfileContent | undefined> {
    if (row.content_hash === null) {
      return undefined;
    }
    const kept = await this.options
      .knex<DbProfileContentsRow>('profile_contents')
      .where('hash', row.content_hash)
      .first();
    return kept && unpackContent(kept.content);
  }
}

function whyUnknown(row: RevisionRow): string {
  return row.effective_digest
    ? `What the profile allowed on ${row.first_seen} was not kept.`
    : `What the profile allowed on ${row.first_seen} was not known: a base was missing or could not be read.`;
}

function readObject(row: Pick<DbProfilesRow, 'id' | 'object'>): IndexedProfile {
  return { ...(parseExactJson(row.object) as IndexedProfile), id: row.id };
}

function namesOf(profile: IndexedProfile): NamedProfile[] {
  return [...podValues(profile)].map(value =>
    namedProfile(mechanismOf(profile.kind), value),
  );
}

function toRevision(row: RevisionRow, profile: DbProfilesRow): Revision {
  return {
    id: String(row.id),
    effectiveDigest: row.effective_digest || null,
    sourceDigest: row.source_digest,
    firstSeen: row.first_seen,
    current:
      row.source_digest === profile.source_digest &&
      row.effective_digest === (profile.effective_digest ?? ''),
    ...(row.change ? { change: row.change } : {}),
  };
}

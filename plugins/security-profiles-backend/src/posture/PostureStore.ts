import {
  classOfEntity,
  elevatedContainers,
  type Finding,
  type Posture,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import type {
  DbPostureElevatedRow,
  DbPostureFindingsRow,
  DbPosturesRow,
} from '../database/tables';

const severities = ['critical', 'high', 'medium', 'low'];

/** States of an approval in which a review is open. */
const openStates = new Set([
  'pending',
  'changes-requested',
  'approved-renewing',
]);

const detailTables = [
  'posture_scopes',
  'posture_clusters',
  'posture_profiles',
  'posture_findings',
  'posture_elevated',
] as const;

/** A posture to write. */
export interface PostureToWrite {
  posture: Posture;
  clusterIds: string[];
  /** ISO time at which time alone changes the verdict. */
  validUntil?: string;
}

/** Writes the posture of each entity with the columns that lists and conditions need. */
export class PostureStore {
  /** Writes many in a number of statements that grows with their rows and not with their entities. */
  async write(tx: Knex, written: readonly PostureToWrite[]): Promise<void> {
    await this.removeDetails(
      tx,
      written.map(({ posture }) => posture.entityRef),
    );
    for (const part of chunk(written.map(postureRow))) {
      await tx('postures').insert(part).onConflict('entity_ref').merge();
    }
    const rows: Record<(typeof detailTables)[number], object[]> = {
      posture_scopes: written.flatMap(({ posture }) => scopeRows(posture)),
      posture_clusters: written.flatMap(({ posture, clusterIds }) =>
        clusterIds.map(clusterId => ({
          entity_ref: posture.entityRef,
          cluster_id: clusterId,
        })),
      ),
      posture_profiles: written.flatMap(({ posture }) =>
        [...profileUses(posture)].map(([profileId, use]) => ({
          entity_ref: posture.entityRef,
          profile_id: profileId,
          ...use,
        })),
      ),
      posture_findings: written.flatMap(({ posture }) => findingRows(posture)),
      posture_elevated: written.flatMap(({ posture }) => elevatedRows(posture)),
    };
    for (const table of detailTables) {
      for (const part of chunk(rows[table])) {
        await tx(table).insert(part);
      }
    }
  }

  async remove(tx: Knex, entityRefs: readonly string[]): Promise<void> {
    await this.removeDetails(tx, entityRefs);
    for (const refs of chunk(entityRefs)) {
      await tx('postures').whereIn('entity_ref', refs).delete();
    }
  }

  private async removeDetails(
    tx: Knex,
    entityRefs: readonly string[],
  ): Promise<void> {
    for (const refs of chunk(entityRefs)) {
      for (const table of detailTables) {
        await tx(table).whereIn('entity_ref', refs).delete();
      }
    }
  }
}

function postureRow({ posture, validUntil }: PostureToWrite): DbPosturesRow {
  const worst = worstFinding(posture);
  return {
    entity_ref: posture.entityRef,
    assessed_at: posture.assessedAt,
    rules: posture.rules,
    level: posture.level,
    approval: posture.approval,
    target_met: posture.target.met,
    score: posture.score,
    worst_finding: worst?.id ?? null,
    valid_until: validUntil ?? null,
    body: JSON.stringify(posture),
    class: classOfEntity(posture),
    target_level: posture.target.level,
    worst_severity: worst?.severity ?? null,
    next_step: posture.nextSteps[0]?.text ?? null,
    environments: posture.scopes.length,
    open_reviews: openReviews(posture),
  };
}

/** Reviews that wait for votes on what the entity runs under, each once. */
function openReviews(posture: Posture): number {
  return new Set(
    posture.profiles.flatMap(({ approval }) =>
      openStates.has(approval.state) ? approval.reviewId ?? [] : [],
    ),
  ).size;
}

function scopeRows(posture: Posture): object[] {
  return posture.scopes.map(scope => ({
    entity_ref: posture.entityRef,
    environment: scope.environment,
    level: scope.level,
    approval: scope.approval,
    score: scope.score,
    counted: scope.counted,
  }));
}

/** What stands out in an entity that runs somewhere; without an environment it is in no scorecard. */
function findingRows(posture: Posture): DbPostureFindingsRow[] {
  if (posture.scopes.length === 0) {
    return [];
  }
  const failing = posture.findings.filter(
    ({ status, waiver }) => status === 'fail' && !waiver,
  );
  return posture.findings
    .filter(({ status }) => status !== 'pass' && status !== 'not-applicable')
    .map(finding => ({
      entity_ref: posture.entityRef,
      finding_id: finding.id,
      status: finding.status,
      severity: finding.severity,
      responsible: finding.responsible,
      waived: finding.waiver !== undefined,
      sole: failing.length === 1 && failing[0] === finding,
    }));
}

function elevatedRows(posture: Posture): DbPostureElevatedRow[] {
  return elevatedContainers(posture).map(({ workload, container, risk }) => ({
    entity_ref: posture.entityRef,
    cluster: workload.cluster,
    environment: workload.environment,
    workload_id: workload.id,
    namespace: workload.namespace,
    kind: workload.kind,
    name: workload.name,
    container: container.name,
    class: workload.class.value,
    level: container.level,
    risk: risk ?? null,
    elevations: JSON.stringify(
      container.elevations.map(({ id, value, risk: ofOne }) => ({
        id,
        value,
        risk: ofOne,
      })),
    ),
    grant_state: container.grant?.approval ?? 'missing',
    grant_expires_at: null,
  }));
}

function worstFinding(posture: Posture): Finding | undefined {
  const [worst] = posture.findings
    .filter(
      ({ status, counts }) =>
        (status === 'fail' || status === 'warn') &&
        // What is scheduled does not count yet.
        (counts === undefined || counts === 'now'),
    )
    .sort(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        Number(b.status === 'fail') - Number(a.status === 'fail'),
    );
  return worst;
}

/** Ids of the profiles that its containers run under. */
export function usedProfiles(posture: Posture): string[] {
  return [...profileUses(posture).keys()];
}

interface ProfileUse {
  containers: number;
  pods: number;
  claim: 'confirmed' | 'asserted';
}

/** Containers and pods that run under each profile. A pod with three containers under one profile is one pod. */
function profileUses(posture: Posture): Map<string, ProfileUse> {
  const uses = new Map<string, ProfileUse>();
  for (const workload of posture.workloads) {
    const podsByProfile = new Map<string, Map<string, number>>();
    for (const container of workload.containers) {
      const named = new Set(
        Object.values(container.confinement).flatMap(
          ({ profileId }) => profileId ?? [],
        ),
      );
      for (const id of named) {
        const use = uses.get(id) ?? {
          containers: 0,
          pods: 0,
          claim: 'asserted',
        };
        use.containers += 1;
        if (workload.claim === 'confirmed') {
          use.claim = 'confirmed';
        }
        uses.set(id, use);
        const pods = podsByProfile.get(id) ?? new Map<string, number>();
        podsByProfile.set(
          id,
          pods.set(
            container.name,
            (pods.get(container.name) ?? 0) + container.pods,
          ),
        );
      }
    }
    for (const [id, pods] of podsByProfile) {
      uses.get(id)!.pods += Math.max(...pods.values());
    }
  }
  return uses;
}

import {
  beyondRuntimeDefault,
  type IndexedProfile,
  indexProfiles,
  resolveEffectiveProfile,
  riskTier,
  type RiskTier,
} from '@security-profiles/analysis';
import type { Posture } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import type { DbPosturesRow } from '../database/tables';
import { parseExactJson } from '../facts/exactJson';

/** How much is at stake with a profile, and for which classes of workloads. */
export interface ProfileRisk extends RiskTier {
  classes: string[];
}

/** Options of {@link RiskReader}. */
export interface RiskReaderOptions {
  /** Whether an environment makes up the level of services. */
  isCounted: (environment: string) => 'yes' | 'no';
}

/** Reads from what collection and the judgement know how much is at stake: nobody who asks can say less. */
export class RiskReader {
  private readonly options: RiskReaderOptions;

  constructor(options: RiskReaderOptions) {
    this.options = options;
  }

  async ofProfile(
    knex: Knex,
    profile: { id: string; clusterId: string; environment: string },
  ): Promise<ProfileRisk> {
    const rows = await knex('profiles')
      .where('cluster_id', profile.clusterId)
      .select<{ id: string; object: string }[]>('id', 'object');
    const profiles = rows.map(row => ({
      ...(parseExactJson(row.object) as IndexedProfile),
      id: row.id,
    }));
    const object = profiles.find(({ id }) => id === profile.id);
    const classes = await this.classes(knex, profile.id);
    if (!object) {
      return { tier: 'T3', reasons: ['it is not known'], classes };
    }
    const effective = resolveEffectiveProfile(object, indexProfiles(profiles));
    return {
      ...riskTier({
        counted: this.options.isCounted(profile.environment),
        profile: {
          kind: object.kind,
          mode: effective.mode,
          resolution: effective.resolution,
          beyond: beyondRuntimeDefault(effective.rules ?? [], new Set()),
          capabilities: capabilitiesOf(object),
        },
        classes,
      }),
      classes,
    };
  }

  /** Classes of the workloads that run under a profile, as they were judged; a guess is no class. */
  private async classes(knex: Knex, profileId: string): Promise<string[]> {
    const users: string[] = await knex('posture_profiles')
      .where('profile_id', profileId)
      .orderBy('entity_ref')
      .pluck('entity_ref');
    const found = new Set<string>();
    for (const refs of chunk(users)) {
      const bodies: string[] = await knex<DbPosturesRow>('postures')
        .whereIn('entity_ref', refs)
        .pluck('body');
      for (const body of bodies) {
        for (const { class: own, containers } of (JSON.parse(body) as Posture)
          .workloads) {
          const uses = containers.some(({ confinement }) =>
            Object.values(confinement).some(
              one => one?.profileId === profileId,
            ),
          );
          if (uses && own.confidence !== 'guess') {
            found.add(own.value);
          }
        }
      }
    }
    return [...found].sort();
  }
}

function capabilitiesOf({ kind, spec }: IndexedProfile): string[] {
  if (kind !== 'AppArmorProfile') {
    return [];
  }
  const { abstract } = (spec ?? {}) as {
    abstract?: { capability?: { allowedCapabilities?: unknown } };
  };
  const allowed = abstract?.capability?.allowedCapabilities;
  return Array.isArray(allowed)
    ? allowed.filter(name => typeof name === 'string')
    : [];
}

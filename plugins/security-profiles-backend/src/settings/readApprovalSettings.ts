import { type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  type ApprovalRules,
  approvalRules,
  approvalTiers,
  defaultApprovalRules,
  type ApprovalTier,
  type QuorumSlot,
  type TierRules,
} from '@security-profiles/analysis';
import { z } from 'zod';

const people = z.number().int().min(0).max(20);
const tier = z.enum(['T0', 'T1', 'T2', 'T3']);
const quorumSchema = z
  .object({ owner: people.optional(), security: people.optional() })
  .strict();
const tierSchema = z
  .object({
    owner: people.optional(),
    security: people.optional(),
    life: z.string().optional(),
    lifeOfClass: z.record(z.string().min(1), z.string()).optional(),
  })
  .strict();

const settingsSchema = z
  .object({
    version: z.string().min(1).max(64).default('default-1'),
    tiers: z
      .object({
        T0: tierSchema.optional(),
        T1: tierSchema.optional(),
        T2: tierSchema.optional(),
        T3: tierSchema.optional(),
      })
      .strict()
      .default({}),
    requestLife: z.string().optional(),
    narrower: quorumSchema.optional(),
    emergencyLife: z.string().optional(),
    reviewDue: z.string().optional(),
    renewAt: z.number().optional(),
    inherit: z
      .array(
        z
          .object({
            from: z.string().min(1),
            to: z.string().min(1),
            tiers: z.array(tier).min(1),
          })
          .strict(),
      )
      .default([]),
    signingKey: z.string().min(1).optional(),
    aliases: z
      .array(z.array(z.string().regex(/^user:[^/]+\/[^/]+$/i)).min(2))
      .default([]),
  })
  .strict();

/** Config under `securityProfiles.approvals`, checked. */
export interface ApprovalSettings {
  rules: ApprovalRules;
  /** Refs of one human in each. */
  aliases: string[][];
  /** Ed25519 in PEM, to sign places of the record with. */
  signingKey?: string;
}

const key = 'securityProfiles.approvals';

/**
 * Reads and checks the rules of approvals.
 *
 * @param environments - names of those that config has
 * @throws InputError that names the key, what was found and what is expected
 */
export function readApprovalSettings(
  rootConfig: Config,
  environments: readonly string[],
): ApprovalSettings {
  const parsed = settingsSchema.safeParse(
    rootConfig.getOptionalConfig(key)?.get() ?? {},
  );
  if (!parsed.success) {
    throw new InputError(
      parsed.error.issues
        .map(issue => `${[key, ...issue.path].join('.')}: ${issue.message}`)
        .join('; '),
    );
  }
  const { data } = parsed;
  for (const [index, { from, to }] of data.inherit.entries()) {
    for (const [field, name] of Object.entries({ from, to })) {
      if (!environments.includes(name)) {
        throw new InputError(
          `${key}.inherit.${index}.${field}: ${name} is no environment; expected one of ${environments.join(
            ', ',
          )}`,
        );
      }
    }
  }
  const defined = <T extends object>(value: T): Partial<T> =>
    Object.fromEntries(
      Object.entries(value).filter(([, entry]) => entry !== undefined),
    ) as Partial<T>;
  try {
    return {
      rules: approvalRules({
        version: data.version,
        tiers: Object.fromEntries<TierRules>(
          approvalTiers.map(name => {
            const base = defaultApprovalRules.tiers[name];
            const own = data.tiers[name] ?? {};
            return [
              name,
              {
                quorum: quorumOf(own, base.quorum),
                grantLife: own.life ?? base.grantLife,
                ...(own.lifeOfClass ?? base.lifeOfClass
                  ? { lifeOfClass: own.lifeOfClass ?? base.lifeOfClass }
                  : {}),
              },
            ];
          }),
        ) as Record<ApprovalTier, TierRules>,
        narrower: quorumOf(data.narrower ?? {}, defaultApprovalRules.narrower),
        inherits: data.inherit,
        ...defined({
          requestLife: data.requestLife,
          emergencyLife: data.emergencyLife,
          reviewDue: data.reviewDue,
          renewAt: data.renewAt,
        }),
      }),
      aliases: data.aliases,
      ...(data.signingKey === undefined ? {} : { signingKey: data.signingKey }),
    };
  } catch (error) {
    if (error instanceof TypeError) {
      throw new InputError(`${key}.${error.message}`);
    }
    throw error;
  }
}

/** What config says of a slot goes first; a slot of nobody is left out. */
function quorumOf(
  own: { owner?: number; security?: number },
  base: readonly QuorumSlot[],
): QuorumSlot[] {
  return (['owner', 'security'] as const).flatMap(slot => {
    const count = own[slot] ?? base.find(one => one.slot === slot)?.count ?? 0;
    return count > 0 ? [{ slot, count }] : [];
  });
}

import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { KubernetesObject } from '../clusters';
import { withExactIntegers } from '../clusters/manifests/withExactIntegers';

/** A profile that somebody asks for or votes on, found in one cluster. */
export interface StoryProfile {
  cluster: string;
  kind: string;
  name: string;
}

/** What happens in one dated step. */
export type StoryAction =
  /** How some objects of a cluster looked from then on. */
  | { type: 'observe'; cluster: string; objects: KubernetesObject[] }
  | { type: 'ask'; by: string; profile: StoryProfile; reason: string }
  | {
      type: 'vote';
      by: string;
      profile: StoryProfile;
      decision: 'approve' | 'reject' | 'request-changes';
      comment?: string;
    };

/** One dated step. */
export interface StoryStep {
  at: Date;
  note: string;
  action: StoryAction;
}

/** What happened before the demo begins. */
export interface Story {
  /** Where the demo's clock starts. */
  now: Date;
  /** In the order of their dates. */
  steps: StoryStep[];
}

const profileSchema = {
  by: z.string().regex(/^user:[^/]+\/[^/]+$/),
  cluster: z.string().min(1),
  kind: z.string().default('SeccompProfile'),
  profile: z.string().min(1),
};

const stepSchema = z.union([
  z
    .object({
      at: z.iso.datetime(),
      note: z.string(),
      cluster: z.string().min(1),
      objects: z.string().min(1),
    })
    .strict(),
  z
    .object({
      at: z.iso.datetime(),
      note: z.string(),
      ask: z.object({ ...profileSchema, reason: z.string().min(1) }).strict(),
    })
    .strict(),
  z
    .object({
      at: z.iso.datetime(),
      note: z.string(),
      vote: z
        .object({
          ...profileSchema,
          decision: z.enum(['approve', 'reject', 'request-changes']),
          comment: z.string().optional(),
        })
        .strict(),
    })
    .strict(),
]);

const storySchema = z
  .object({
    now: z.iso.datetime(),
    steps: z.array(stepSchema).default([]),
  })
  .strict();

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});

/**
 * Reads a story and the objects that its steps name.
 *
 * @throws InputError that names the file and the field
 */
export async function readStory(file: string): Promise<Story> {
  const parsed = storySchema.safeParse(parseStory(file, await read(file)));
  if (!parsed.success) {
    const { path, message } = innermost(parsed.error.issues[0]);
    throw new InputError(
      [file, path.join('.'), message].filter(Boolean).join(': '),
    );
  }
  const now = new Date(parsed.data.now);
  const steps: StoryStep[] = [];
  for (const step of parsed.data.steps) {
    const at = new Date(step.at);
    if (at > now) {
      throw new InputError(
        `${file}: the step of ${step.at} lies after the story's own date ${parsed.data.now}`,
      );
    }
    steps.push({ at, note: step.note, action: await readAction(file, step) });
  }
  return {
    now,
    steps: steps.sort((a, b) => a.at.getTime() - b.at.getTime()),
  };
}

/** What is wrong with a step, told by the form that it comes closest to. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') {
    return issue;
  }
  const [closest] = [...issue.errors].sort((a, b) => a.length - b.length);
  const [inner] = closest ?? [];
  return inner
    ? innermost({ ...inner, path: [...issue.path, ...inner.path] })
    : issue;
}

async function readAction(
  file: string,
  step: z.infer<typeof stepSchema>,
): Promise<StoryAction> {
  if ('objects' in step) {
    return {
      type: 'observe',
      cluster: step.cluster,
      objects: await readObjects(resolve(dirname(file), step.objects)),
    };
  }
  if ('ask' in step) {
    const { by, cluster, kind, profile, reason } = step.ask;
    return {
      type: 'ask',
      by,
      profile: { cluster, kind, name: profile },
      reason,
    };
  }
  const { by, cluster, kind, profile, decision, comment } = step.vote;
  return {
    type: 'vote',
    by,
    profile: { cluster, kind, name: profile },
    decision,
    comment,
  };
}

function parseStory(file: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new InputError(
      `${file}: ${error instanceof Error ? error.message : 'no YAML'}`,
    );
  }
}

async function readObjects(file: string): Promise<KubernetesObject[]> {
  const documents = parseAllDocuments(await read(file), { intAsBigInt: true });
  const objects: KubernetesObject[] = [];
  for (const document of documents) {
    if (document.errors.length > 0) {
      throw new InputError(`${file}: ${document.errors[0].message}`);
    }
    // As in the folder: rules hold int64 values, and a revision's digest must not depend on rounding.
    const content = withExactIntegers(document.toJS());
    if (content !== null) {
      const parsed = objectSchema.safeParse(content);
      if (!parsed.success) {
        throw new InputError(
          `${file}: a document has no apiVersion, kind or metadata.name`,
        );
      }
      objects.push(parsed.data as KubernetesObject);
    }
  }
  return objects;
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new InputError(
      `securityProfiles.story: ${file} can't be read; expected a file of the demo's story`,
    );
  }
}

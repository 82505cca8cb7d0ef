import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStory, type StoryStep } from './readStory';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'story-'));
  await mkdir(join(folder, 'story'));
});
afterEach(() => rm(folder, { recursive: true }));

const objects = `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: security-profiles-operator.x-k8s.io/v1
kind: SeccompProfile
metadata: { name: cart }
spec:
  syscalls:
    - args: [{ index: 0, value: 9007199254740993 }]
---
`;

async function tell(story: string, files: Record<string, string> = {}) {
  const file = join(folder, 'story.yaml');
  await writeFile(file, story);
  for (const [name, text] of Object.entries({
    'one.yaml': objects,
    ...files,
  })) {
    await writeFile(join(folder, 'story', name), text);
  }
  return readStory(file);
}

const step = (fields: Record<string, string> = {}) =>
  `  - ${JSON.stringify({
    at: '2026-11-02T09:00:00Z',
    cluster: 'eu',
    note: 'First.',
    objects: 'story/one.yaml',
    ...fields,
  })}\n`;
const reviewStep = (fields: object) =>
  `  - ${JSON.stringify({
    at: '2026-11-20T09:00:00Z',
    note: '',
    ...fields,
  })}\n`;
const asked = {
  by: 'user:default/tamsin',
  cluster: 'eu',
  profile: 'cart',
  reason: 'In force since Monday.',
};
const cast = {
  by: 'user:default/ondine',
  cluster: 'eu',
  profile: 'cart',
  decision: 'approve',
};

function objectsOf({ action }: StoryStep) {
  if (action.type !== 'observe') {
    throw new Error(`the step is one to ${action.type}`);
  }
  return action.objects;
}

const storyOf = (...steps: string[]) =>
  `now: '2026-11-23T09:30:00Z'\nsteps:\n${steps.join('')}`;

describe('A story', () => {
  it('is its date and its steps in the order of their dates', async () => {
    const story = await tell(
      storyOf(
        step({ at: '2026-11-12T14:00:00Z', note: 'Second.' }),
        step({ at: '2026-11-02T09:00:00Z', note: 'First.' }),
      ),
    );
    expect(story.now).toEqual(new Date('2026-11-23T09:30:00Z'));
    expect(story.steps.map(({ note }) => note)).toEqual(['First.', 'Second.']);
    expect(objectsOf(story.steps[0]).map(({ kind }) => kind)).toEqual([
      'Namespace',
      'SeccompProfile',
    ]);
  });

  it('has steps in which people ask and vote', async () => {
    const { steps } = await tell(
      storyOf(
        reviewStep({ ask: asked }),
        reviewStep({ vote: { ...cast, kind: 'SelinuxProfile', comment: 'x' } }),
      ),
    );
    expect(steps.map(({ action }) => action)).toEqual([
      {
        type: 'ask',
        by: 'user:default/tamsin',
        profile: { cluster: 'eu', kind: 'SeccompProfile', name: 'cart' },
        reason: 'In force since Monday.',
      },
      {
        type: 'vote',
        by: 'user:default/ondine',
        profile: { cluster: 'eu', kind: 'SelinuxProfile', name: 'cart' },
        decision: 'approve',
        comment: 'x',
      },
    ]);
  });

  it('may have no steps', async () => {
    expect((await tell("now: '2026-11-23T09:30:00Z'")).steps).toEqual([]);
  });

  it('keeps integers beyond 2^53 exact, as the folder does', async () => {
    const { steps } = await tell(storyOf(step()));
    expect(objectsOf(steps[0])[1].spec).toEqual({
      syscalls: [{ args: [{ index: 0, value: 9007199254740993n }] }],
    });
  });

  it.each<[title: string, story: string, message: RegExp]>([
    ['without a date', 'steps: []', /story\.yaml: now: /],
    ['with a date that is none', 'now: yesterday', /story\.yaml: now: /],
    [
      'with a step without a cluster',
      storyOf(step({ cluster: '' })),
      /story\.yaml: steps\.0\.cluster: /,
    ],
    [
      'with a step whose date is none',
      storyOf(step(), step({ at: 'soon' })),
      /story\.yaml: steps\.1\.at: /,
    ],
    [
      'with an unknown field',
      storyOf(step({ colour: 'red' })),
      /story\.yaml: steps\.0: .*"colour"/,
    ],
    [
      'with a request of nobody',
      storyOf(reviewStep({ ask: { ...asked, by: 'tamsin' } })),
      /story\.yaml: steps\.0\.ask\.by: /,
    ],
    [
      'with a request without a reason',
      storyOf(reviewStep({ ask: { ...asked, reason: '' } })),
      /story\.yaml: steps\.0\.ask\.reason: /,
    ],
    [
      'with a vote that decides nothing',
      storyOf(reviewStep({ vote: { ...cast, decision: 'maybe' } })),
      /story\.yaml: steps\.0\.vote\.decision: /,
    ],
    [
      'with a step that says of which cluster it is no more',
      storyOf(reviewStep({ objects: 'story/one.yaml' })),
      /story\.yaml: steps\.0\.cluster: /,
    ],
    [
      'with a step that asks and votes',
      storyOf(reviewStep({ ask: asked, vote: cast })),
      /story\.yaml: steps\.0/,
    ],
    [
      'with a step after its own date',
      storyOf(step({ at: '2027-01-01T00:00:00Z' })),
      /story\.yaml: the step of 2027-01-01T00:00:00Z lies after the story's own date/,
    ],
    [
      'with a step whose file is missing',
      storyOf(step({ objects: 'story/missing.yaml' })),
      /securityProfiles\.story: .*missing\.yaml can't be read/,
    ],
    [
      'with a step whose file has an object without a name',
      storyOf(step({ objects: 'story/nameless.yaml' })),
      /nameless\.yaml: a document has no apiVersion, kind or metadata\.name/,
    ],
    [
      'with a step whose file is no YAML',
      storyOf(step({ objects: 'story/broken.yaml' })),
      /broken\.yaml: /,
    ],
    ['that is empty', '', /story\.yaml: .*expected object/],
    ['that is no YAML', 'now: [', /story\.yaml: /],
  ])('%s is refused with its file and field', async (_, story, message) => {
    const error = await tell(story, {
      'nameless.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {}\n',
      'broken.yaml': 'apiVersion: [',
    }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'InputError' });
    expect((error as Error).message).toMatch(message);
  });

  it('that is not there is refused with the key that names it', async () => {
    await expect(readStory(join(folder, 'none.yaml'))).rejects.toThrow(
      /^securityProfiles\.story: .*none\.yaml can't be read/,
    );
  });
});

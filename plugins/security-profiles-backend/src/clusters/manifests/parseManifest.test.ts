import { MAX_DOCUMENTS, parseManifest } from './parseManifest';

describe('A manifest', () => {
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n';

  it('keeps integers exact: beyond 2^53 as bigint, others as numbers', () => {
    const { objects } = parseManifest(
      `${pod}spec:\n  values: [18446744073709551615, -9007199254740993, 9007199254740991, 0, 1.5, 0x10, '9007199254740993', true]\n`,
    );
    expect(objects[0].object.spec).toEqual({
      values: [
        18446744073709551615n,
        -9007199254740993n,
        9007199254740991,
        0,
        1.5,
        16,
        '9007199254740993',
        true,
      ],
    });
  });

  it('gives each object the line where it begins', () => {
    const { objects, problems } = parseManifest(
      `# first\n---\n${pod}---\n# nothing here\n---\n\n${pod}`,
    );
    expect(objects.map(({ line }) => line)).toEqual([3, 10]);
    expect(problems).toEqual([]);
  });

  it('hands version and kind of a typed list to its items', () => {
    const { objects } = parseManifest(
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'PodList',
        items: [{ metadata: { name: 'a' } }],
      }),
    );
    expect(objects[0].object).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
    });
  });

  it('takes a kind that merely ends in List for an object', () => {
    const { objects } = parseManifest(
      'apiVersion: example.test/v1\nkind: AllowList\nmetadata: {name: a}\n',
    );
    expect(objects.map(({ object }) => object.kind)).toEqual(['AllowList']);
  });

  it('follows aliases and merge keys', () => {
    const { objects } = parseManifest(
      'apiVersion: v1\nkind: Pod\nmetadata: &m {name: a, labels: &l {x: y}}\nspec: {<<: *l, again: *m}\n',
    );
    expect(objects[0].object.spec).toEqual({
      x: 'y',
      again: { name: 'a', labels: { x: 'y' } },
    });
  });

  it.each([
    ['a name that is a number', 'name: 5', 'metadata.name is not a text'],
    [
      'a label that is a number',
      'name: a, labels: {x: 1}',
      'metadata.labels holds a value that is not a text',
    ],
    [
      'an owner without a name',
      'name: a, ownerReferences: [{kind: ReplicaSet}]',
      'metadata.ownerReferences is not a list',
    ],
    [
      'a namespace that is a list',
      'name: a, namespace: []',
      'metadata.namespace is not a text',
    ],
  ])('reports %s', (_, metadata, message) => {
    const { objects, problems } = parseManifest(
      `apiVersion: v1\nkind: Pod\nmetadata: {${metadata}}\n`,
    );
    expect(objects).toEqual([]);
    expect(problems).toEqual([
      { line: 1, message: expect.stringContaining(message) },
    ]);
  });

  it.each(['just text', '[1, 2]', '5'])(
    'reports a document that is no object: %s',
    text => {
      expect(parseManifest(text).problems).toEqual([
        {
          line: 1,
          message: expect.stringContaining('not a Kubernetes object'),
        },
      ]);
    },
  );

  it('never quotes the text in a problem', () => {
    const broken = [
      'secret: "secret',
      'secret: *secret',
      'a: secret: secret',
      '\tsecret',
      'secret: 1\nsecret: 2',
      '"secret" "secret"',
      '!secret x',
      '%secret\n---\nx',
    ];
    for (const text of broken) {
      const { problems } = parseManifest(text);
      expect(problems).not.toEqual([]);
      expect(JSON.stringify(problems)).not.toContain('secret');
    }
  });

  it('reads a limited number of documents and says so', () => {
    const { objects, problems } = parseManifest(
      '---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n'.repeat(
        MAX_DOCUMENTS + 1,
      ),
    );
    expect(objects).toHaveLength(MAX_DOCUMENTS);
    expect(problems).toEqual([
      {
        line: MAX_DOCUMENTS * 4 + 1,
        message: expect.stringContaining('Split the file'),
      },
    ]);
  });
});

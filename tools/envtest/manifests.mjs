import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { parseAllDocuments } from 'yaml';

const SET_BY_THE_SERVER = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'managedFields',
  'selfLink',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
];
const AT_ONCE = 8;

/**
 * Reads every manifest of a file or folder, lists taken apart; each with where it stands. What is no object of
 * Kubernetes, or only its metadata, is left out.
 *
 * @param {string} path
 * @returns {Promise<{where: string, object: object}[]>}
 */
export async function readManifests(path) {
  const found = [];
  const isFile = (await stat(path)).isFile();
  const files = isFile ? [path] : await manifestFiles(path);
  for (const file of files) {
    const text = await readFile(file, 'utf8');
    const where = isFile ? file : relative(path, file);
    for (const object of documents(file, text)) {
      found.push(...flatten(object, where));
    }
  }
  return found;
}

async function manifestFiles(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      files.push(...(await manifestFiles(path)));
    } else if (/\.(ya?ml|json)$/.test(entry.name)) {
      files.push(path);
    }
  }
  return files;
}

function documents(file, text) {
  // JSON is YAML, and only the YAML reader keeps an integer beyond 2^53, but it is far slower.
  if (file.endsWith('.json') && !/\d{16}/.test(text)) {
    return [JSON.parse(text)];
  }
  return parseAllDocuments(text, { intAsBigInt: true }).map(document => {
    if (document.errors.length > 0) {
      throw new Error(`${file}: ${document.errors[0].message}`);
    }
    return document.toJS();
  });
}

function flatten(object, where) {
  if (object === null || typeof object !== 'object') return [];
  if (Array.isArray(object.items) && String(object.kind).endsWith('List')) {
    return object.items.flatMap(item => flatten(item, where));
  }
  const isObject =
    object.kind && object.apiVersion && object.metadata?.name !== undefined;
  return isObject && object.kind !== 'PartialObjectMetadata'
    ? [{ where, object }]
    : [];
}

const groupOf = apiVersion =>
  apiVersion.includes('/') ? apiVersion.split('/')[0] : '';

function identity({ apiVersion, kind, namespace, name }) {
  return [groupOf(apiVersion), kind, namespace ?? '', name].join('|');
}

/**
 * Applies manifests as they would be found in a cluster: namespaces that are missing are made, owners go first and
 * owner references get the owners' real uids, what stands in `status` is
 * written as the status, and a ReplicaSet without a template gets its Deployment's.
 *
 * @param {{request: Function, manifests: {where: string, object: object}[]}} options
 * @returns {Promise<{applied: number}>}
 * @throws Error that names the manifests the server refused, and why
 */
export async function applyManifests({ request, manifests }) {
  const resources = resourceFinder(request);
  const uids = new Map();
  const problems = [];

  const applyOne = async ({ where, object }) => {
    const { apiVersion, kind, metadata } = object;
    try {
      const resource = await resources.find(apiVersion, kind);
      const namespace = resource.namespaced
        ? metadata.namespace ?? 'default'
        : undefined;
      const path = `${resource.path(namespace)}/${encodeURIComponent(
        metadata.name,
      )}`;
      const wanted = await prepared({
        object,
        namespace,
        uids,
        resources,
        request,
        manifests,
      });
      const status = resource.hasStatus ? wanted.status : undefined;
      if (resource.hasStatus) delete wanted.status;
      const created = await apply(request, path, wanted);
      uids.set(
        identity({ apiVersion, kind, namespace, name: metadata.name }),
        created.metadata.uid,
      );
      if (status !== undefined) {
        await apply(request, `${path}/status`, {
          apiVersion,
          kind,
          metadata: { name: metadata.name, ...(namespace && { namespace }) },
          status,
        });
      }
      if (kind === 'CustomResourceDefinition') {
        await resources.untilServed(object);
      }
    } catch (error) {
      problems.push(`${where}: ${kind} ${metadata.name}: ${error.message}`);
    }
  };

  await makeNamespaces({ request, manifests });
  for (const round of rounds(manifests)) {
    await atOnce(round, applyOne);
    if (problems.length > 0) break;
  }
  if (problems.length > 0) {
    throw new Error(
      `${problems.length} of ${
        manifests.length
      } manifests were refused:\n${problems.slice(0, 10).join('\n')}`,
    );
  }
  return { applied: manifests.length };
}

async function apply(request, path, object) {
  const { body } = await request(
    'PATCH',
    `${path}?fieldManager=envtest&force=true`,
    object,
    { contentType: 'application/apply-patch+yaml' },
  );
  return body;
}

async function prepared({
  object,
  namespace,
  uids,
  resources,
  request,
  manifests,
}) {
  const metadata = { ...object.metadata };
  for (const field of SET_BY_THE_SERVER) delete metadata[field];
  if (namespace !== undefined) metadata.namespace = namespace;
  const realUid = async reference => {
    for (const place of [namespace, undefined]) {
      const uid = uids.get(identity({ ...reference, namespace: place }));
      if (uid) return uid;
    }
    const owner = await resources.find(reference.apiVersion, reference.kind);
    const path = owner.path(owner.namespaced ? namespace : undefined);
    const answer = await request(
      'GET',
      `${path}/${encodeURIComponent(reference.name)}`,
      undefined,
      { onError: 'return' },
    );
    if (answer.status !== 200) {
      throw new Error(
        `its owner ${reference.kind} ${reference.name} is neither among the manifests nor on the server`,
      );
    }
    return answer.body.metadata.uid;
  };
  if (metadata.ownerReferences) {
    metadata.ownerReferences = await Promise.all(
      metadata.ownerReferences.map(async reference => ({
        ...reference,
        uid: await realUid(reference),
      })),
    );
  }
  const wanted = { ...object, metadata };
  if (object.kind === 'ReplicaSet' && !object.spec?.template?.spec) {
    withTemplateOfDeployment(wanted, manifests);
  }
  if (object.kind === 'Job' && groupOf(object.apiVersion) === 'batch') {
    withoutJobSelector(wanted);
  }
  return wanted;
}

// Manifests written for people leave out a ReplicaSet's template, which repeats its Deployment's; the server wants it.
function withTemplateOfDeployment(replicaSet, manifests) {
  const { namespace, ownerReferences = [] } = replicaSet.metadata;
  const owner = ownerReferences.find(({ kind }) => kind === 'Deployment');
  const deployment = manifests.find(
    ({ object: { kind, metadata } }) =>
      kind === 'Deployment' &&
      metadata.name === owner?.name &&
      (metadata.namespace ?? 'default') === namespace,
  );
  if (!deployment) return;
  const { template } = deployment.object.spec;
  replicaSet.spec = {
    ...replicaSet.spec,
    template: {
      ...template,
      metadata: {
        ...template.metadata,
        labels: {
          ...template.metadata?.labels,
          ...replicaSet.spec?.selector?.matchLabels,
        },
      },
    },
  };
}

// The server chooses a job's selector by the job's uid, and refuses another's.
function withoutJobSelector(job) {
  const { selector, ...spec } = job.spec;
  if (!selector || spec.manualSelector) return;
  const labels = { ...spec.template?.metadata?.labels };
  for (const label of [
    'controller-uid',
    'job-name',
    'batch.kubernetes.io/controller-uid',
    'batch.kubernetes.io/job-name',
  ]) {
    delete labels[label];
  }
  job.spec = {
    ...spec,
    template: {
      ...spec.template,
      metadata: { ...spec.template?.metadata, labels },
    },
  };
}

async function makeNamespaces({ request, manifests }) {
  const names = new Set(
    manifests.map(({ object }) => object.metadata.namespace).filter(Boolean),
  );
  await atOnce([...names], async name => {
    const answer = await request(
      'POST',
      '/api/v1/namespaces',
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      { onError: 'return' },
    );
    if (![201, 409].includes(answer.status)) {
      throw new Error(
        `namespace ${name} could not be made: ${answer.body?.message}`,
      );
    }
  });
}

// Kinds before their objects, owners before what they own.
function rounds(manifests) {
  const first = manifests.filter(({ object }) =>
    ['CustomResourceDefinition', 'Namespace'].includes(object.kind),
  );
  let left = manifests.filter(manifest => !first.includes(manifest));
  const result = first.length > 0 ? [first] : [];
  while (left.length > 0) {
    const open = new Set(
      left.map(({ object }) => looseIdentity(object, object.metadata.name)),
    );
    const ready = left.filter(
      ({ object }) =>
        !object.metadata.ownerReferences?.some(reference =>
          open.has(looseIdentity(reference, reference.name)),
        ),
    );
    // Owners in a circle, which no order helps, are tried as they stand and then named by the error.
    const round = ready.length > 0 ? new Set(ready) : new Set(left);
    result.push([...round]);
    left = left.filter(manifest => !round.has(manifest));
  }
  return result;
}

function looseIdentity({ apiVersion, kind }, name) {
  return [groupOf(apiVersion), kind, name].join('|');
}

async function atOnce(items, act) {
  const queue = items[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of queue) await act(item);
    }),
  );
}

function resourceFinder(request) {
  const discovered = new Map();
  const discover = async apiVersion => {
    const root = apiVersion.includes('/')
      ? `/apis/${apiVersion}`
      : `/api/${apiVersion}`;
    const { status, body } = await request('GET', root, undefined, {
      onError: 'return',
    });
    return { root, resources: status === 200 ? body.resources : [] };
  };
  const look = ({ root, resources }, kind) => {
    const resource = resources.find(
      r => r.kind === kind && !r.name.includes('/'),
    );
    return (
      resource && {
        namespaced: resource.namespaced,
        hasStatus: resources.some(r => r.name === `${resource.name}/status`),
        path: namespace =>
          namespace === undefined
            ? `${root}/${resource.name}`
            : `${root}/namespaces/${namespace}/${resource.name}`,
      }
    );
  };
  const find = async (apiVersion, kind) => {
    if (!discovered.has(apiVersion)) {
      discovered.set(apiVersion, discover(apiVersion));
    }
    let found = look(await discovered.get(apiVersion), kind);
    if (!found) {
      discovered.set(apiVersion, discover(apiVersion));
      found = look(await discovered.get(apiVersion), kind);
    }
    if (!found) {
      throw new Error(
        `the server serves no ${kind} of ${apiVersion}; apply its CustomResourceDefinition first`,
      );
    }
    return found;
  };
  return {
    find,
    /** Waits until each served version of a new kind can be listed and discovered. */
    async untilServed(crd) {
      const { group, names, versions } = crd.spec;
      const deadline = Date.now() + 20_000;
      for (const { name: version, served } of versions) {
        if (!served) continue;
        const apiVersion = `${group}/${version}`;
        for (;;) {
          const list = await request(
            'GET',
            `/apis/${apiVersion}/${names.plural}?limit=1`,
            undefined,
            { onError: 'return' },
          );
          const known = look(await discover(apiVersion), names.kind);
          if (list.status === 200 && known) break;
          if (Date.now() > deadline) {
            throw new Error(`${apiVersion} was not served after 20 s`);
          }
          await new Promise(resolve => {
            setTimeout(resolve, 50);
          });
        }
        discovered.delete(apiVersion);
      }
    },
  };
}

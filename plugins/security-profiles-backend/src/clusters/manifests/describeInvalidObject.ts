/** What keeps a value from being a Kubernetes object, for the person who wrote it; undefined when nothing does. */
export function describeInvalidObject(value: unknown): string | undefined {
  if (!isRecord(value)) {
    return 'The document is not a Kubernetes object: a mapping with apiVersion, kind and metadata is expected.';
  }
  for (const field of ['apiVersion', 'kind']) {
    if (!isText(value[field])) {
      return `The object has no ${field}: a text is expected.`;
    }
  }
  const { metadata } = value;
  if (!isRecord(metadata)) {
    return 'The object has no metadata.';
  }
  if (!isText(metadata.name)) {
    return metadata.name === undefined
      ? 'The object has no metadata.name.'
      : 'metadata.name is not a text: put it in quotes.';
  }
  for (const field of [
    'namespace',
    'uid',
    'creationTimestamp',
    'deletionTimestamp',
  ]) {
    if (metadata[field] === null) {
      // Written by tools such as `kubectl create --dry-run`.
      delete metadata[field];
    } else if (metadata[field] !== undefined && !isText(metadata[field])) {
      return `metadata.${field} is not a text: put it in quotes.`;
    }
  }
  for (const field of ['labels', 'annotations']) {
    const map = metadata[field];
    if (map === null) {
      delete metadata[field];
    } else if (map !== undefined && !isTextMap(map)) {
      return `metadata.${field} holds a value that is not a text: put it in quotes.`;
    }
  }
  return describeInvalidOwners(metadata);
}

function describeInvalidOwners(
  metadata: Record<string, unknown>,
): string | undefined {
  const { ownerReferences } = metadata;
  if (ownerReferences === undefined || ownerReferences === null) {
    delete metadata.ownerReferences;
    return undefined;
  }
  const valid =
    Array.isArray(ownerReferences) &&
    ownerReferences.every(
      owner =>
        isRecord(owner) &&
        isText(owner.kind) &&
        isText(owner.name) &&
        (owner.uid === undefined || isText(owner.uid)) &&
        (owner.apiVersion === undefined || isText(owner.apiVersion)),
    );
  return valid
    ? undefined
    : 'metadata.ownerReferences is not a list of references, each with the texts kind and name.';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isTextMap(value: unknown): boolean {
  return (
    isRecord(value) &&
    Object.values(value).every(each => typeof each === 'string')
  );
}

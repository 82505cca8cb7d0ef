import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { ClusterEntry } from '../ClusterAdapter';
import { readOptionalText, readText } from '../readEntryField';
import { ANNOTATIONS } from './annotations';
import { checkAddress } from './checkAddress';
import type { LocatedCluster } from './ClusterLocator';
import { decodeCertificates } from './decodeCertificates';
import { readOptionalFlag, readTextMap } from './readLocatorField';

/** Fields that are short for a name of `authMetadata`. */
const SHORT_FIELDS = {
  serviceAccountToken: 'serviceAccountToken',
  assumeRole: ANNOTATIONS.awsAssumeRole,
  externalId: ANNOTATIONS.awsExternalId,
  oidcTokenProvider: ANNOTATIONS.oidcTokenProvider,
};

/**
 * The clusters of a locator method of type `config`. Throws an `InputError` that names the key and quotes no credential
 * or address.
 */
export function readConfigClusters(method: ClusterEntry): LocatedCluster[] {
  const names = new Set<string>();
  return readEntries(method).map((config, index) => {
    const key = `${method.key}.clusters[${index}]`;
    const cluster = readCluster({ config, key });
    const { name } = cluster.details;
    if (names.has(name)) {
      throw new InputError(
        `${key}.name: the cluster name ${JSON.stringify(
          name,
        )} is used twice; every cluster needs a name of its own`,
      );
    }
    names.add(name);
    return cluster;
  });
}

function readEntries({ config, key }: ClusterEntry): Config[] {
  try {
    return config.getConfigArray('clusters');
  } catch {
    throw new InputError(
      `${key}.clusters: expected a list of clusters, each with name, url and authProvider`,
    );
  }
}

function readCluster(entry: ClusterEntry): LocatedCluster {
  const { key } = entry;
  const url = readText(
    entry,
    'url',
    'the address of an API server, such as https://10.0.0.1:6443',
  );
  const problem = checkAddress(url);
  if (problem) {
    throw new InputError(`${key}.url: ${problem}`);
  }
  const caData = readOptionalText(entry, 'caData');
  if (caData && !decodeCertificates(caData)) {
    throw new InputError(
      `${key}.caData: expected the certificates (PEM) of the authority, encoded as base64`,
    );
  }
  const metadata = readTextMap(entry, 'authMetadata');
  const authProvider =
    metadata[ANNOTATIONS.authProvider] ??
    readText(
      entry,
      'authProvider',
      `how to log in, such as serviceAccount, or authMetadata with ${ANNOTATIONS.authProvider}`,
    );
  const short = Object.entries(SHORT_FIELDS).flatMap(([field, name]) => {
    const text = readOptionalText(entry, field);
    return text === undefined ? [] : [[name, text]];
  });
  return {
    key,
    addresses: 'any',
    details: {
      name: readText(entry, 'name', 'a name for the cluster'),
      title: readOptionalText(entry, 'title'),
      url,
      caData,
      caFile: readOptionalText(entry, 'caFile'),
      skipTLSVerify: readOptionalFlag(entry, 'skipTLSVerify'),
      authMetadata: {
        [ANNOTATIONS.authProvider]: authProvider,
        ...Object.fromEntries(short),
        ...metadata,
      },
    },
  };
}

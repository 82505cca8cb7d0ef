import { rename, writeFile } from 'node:fs/promises';

/**
 * Writes a kubeconfig with one context; a reader that opens the file meanwhile sees the old or the new one, whole.
 *
 * @param {{path: string, name: string, url: string, certificateAuthority: string, token: string}} options
 */
export async function writeKubeconfig({
  path,
  name,
  url,
  certificateAuthority,
  token,
}) {
  // JSON is YAML as well.
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name,
        cluster: {
          server: url,
          'certificate-authority-data':
            Buffer.from(certificateAuthority).toString('base64'),
        },
      },
    ],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  };
  const unfinished = `${path}.unfinished`;
  await writeFile(unfinished, `${JSON.stringify(config, undefined, 2)}\n`, {
    mode: 0o600,
  });
  await rename(unfinished, path);
}

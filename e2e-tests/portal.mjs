import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  Children,
  endWithParentArgs,
  startChild,
} from '../tools/toolchain/childProcess.mjs';
import { checkout } from '../tools/toolchain/checkout.mjs';

const deadline = 300_000;
const ready = /^The portal is ready: (\S+)$/;

/** Ports that nothing listens on right now, all different. */
async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve, reject) => {
          const server = createServer();
          server.once('error', reject);
          server.listen({ port: 0, host: '127.0.0.1' }, () => resolve(server));
        }),
    ),
  );
  const ports = servers.map(server => server.address().port);
  await Promise.all(
    servers.map(server => new Promise(resolve => server.close(resolve))),
  );
  return ports;
}

/**
 * A copy of the demo that a test may change: its clusters' folders, and a catalog with one entity more that no
 * workload belongs to.
 *
 * @returns `{ clusters, config, remove() }`: the folder of the clusters, and the config file for `npm start`
 */
export function copyDemo() {
  const folder = mkdtempSync(join(tmpdir(), 'security-profiles-e2e-'));
  const demo = parse(
    readFileSync(join(checkout, 'app-config.demo.yaml'), 'utf8'),
  );
  const clusters = join(folder, 'clusters');
  cpSync(join(checkout, 'demo', 'clusters'), clusters, { recursive: true });
  const catalogFile = join(folder, 'lonely.yaml');
  writeFileSync(
    catalogFile,
    [
      'apiVersion: backstage.io/v1alpha1',
      'kind: Component',
      'metadata:',
      '  name: lonely',
      '  description: Matches no workload.',
      '  annotations:',
      '    backstage.io/kubernetes-id: lonely',
      'spec:',
      '  type: service',
      '  lifecycle: production',
      '  owner: group:default/checkout',
      '',
    ].join('\n'),
  );
  const config = join(folder, 'app-config.e2e.yaml');
  writeFileSync(
    config,
    JSON.stringify({
      // A list in a later file replaces the one of an earlier file: both are given whole.
      catalog: {
        locations: [
          ...demo.catalog.locations,
          {
            type: 'file',
            target: catalogFile,
            rules: [{ allow: ['Component'] }],
          },
        ],
      },
      securityProfiles: {
        clusters: demo.securityProfiles.clusters.map(cluster => ({
          ...cluster,
          path: join(clusters, cluster.name),
        })),
      },
    }),
  );
  return {
    clusters,
    config,
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Starts the portal as `npm start` does, on free ports.
 *
 * @param options - `configs`: config files to lay over the others; `onLine(line)` for what the launcher prints
 * @returns `{ url, milliseconds, end() }`: where it answers, how long that took, and what ends all of it
 * @throws with the launcher's last lines where it does not answer
 */
export async function startPortal(options = {}) {
  const { configs = [], onLine } = options;
  const [port, backendPort] = await freePorts(2);
  const started = performance.now();
  let answer;
  const answered = new Promise(resolve => {
    answer = resolve;
  });
  const child = startChild({
    name: 'portal',
    command: process.execPath,
    args: [
      ...endWithParentArgs,
      join(checkout, 'tools', 'toolchain', 'start.mjs'),
      ...configs.flatMap(file => ['--config', file]),
    ],
    cwd: checkout,
    env: {
      ...process.env,
      PORT: String(port),
      BACKEND_PORT: String(backendPort),
      // The portal is a development portal, whatever the tests around it run as.
      NODE_ENV: 'development',
    },
    onMessage() {},
    onLine(line) {
      onLine?.(line);
      const url = ready.exec(line)?.[1];
      if (url) {
        answer(url);
      }
    },
  });
  children.add(child);
  let timer;
  const url = await Promise.race([
    answered,
    child.exited.then(() => undefined),
    new Promise(resolve => {
      timer = setTimeout(resolve, deadline);
    }),
  ]);
  clearTimeout(timer);
  const end = async () => {
    await child.end();
    children.delete(child);
  };
  if (!url) {
    await end();
    throw new Error(
      `The portal does not answer. Its last lines:\n${child
        .lastLines()
        .map(line => `  ${line}`)
        .join('\n')}`,
    );
  }
  return {
    url,
    backendUrl: `http://127.0.0.1:${backendPort}`,
    milliseconds: Math.round(performance.now() - started),
    end,
  };
}

// Ends the portal with this process, however that comes about.
const children = new Children();

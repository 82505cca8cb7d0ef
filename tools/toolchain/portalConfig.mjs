import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, checkout } from './checkout.mjs';

/**
 * The config that says where the portal listens. Numeric addresses: a name can mean another process's IPv6 port.
 *
 * @param ports - `frontend` and `backend`
 */
export function addressConfig(ports) {
  const app = `http://127.0.0.1:${ports.frontend}`;
  return {
    app: {
      baseUrl: app,
      listen: { host: '127.0.0.1', port: ports.frontend },
    },
    backend: {
      baseUrl: `http://127.0.0.1:${ports.backend}`,
      listen: { host: '127.0.0.1', port: ports.backend },
      cors: {
        origin: [app, `http://localhost:${ports.frontend}`],
        methods: ['GET', 'HEAD', 'PATCH', 'POST', 'PUT', 'DELETE'],
        credentials: true,
      },
    },
  };
}

/**
 * The config of one's own clusters: what is in the kubeconfig, and a database that outlives a restart.
 *
 * @param kubeconfig - as parsed by `parseStartOptions`
 */
export function kubeconfigConfig(kubeconfig) {
  const { paths, contexts, catalog, ownerLabel } = kubeconfig;
  return {
    backend: {
      database: {
        client: 'better-sqlite3',
        connection: { directory: join(checkout, '.data') },
      },
      ...(isUrl(catalog) && {
        reading: { allow: [{ host: new URL(catalog).host }] },
      }),
    },
    auth: { providers: { guest: {} } },
    // Whoever may start the portal here may read the kubeconfig anyway.
    portal: { policy: 'allow-signed-in' },
    catalog: catalog
      ? {
          locations: [
            { type: isUrl(catalog) ? 'url' : 'file', target: catalog },
          ],
        }
      : {
          providers: {
            securityProfilesClusters: ownerLabel ? { ownerLabel } : {},
          },
        },
    securityProfiles: {
      clusters: [
        {
          type: 'kubeconfig',
          // Several files are one kubeconfig only through KUBECONFIG, which the backend gets as well.
          ...(paths.length === 1 && { path: paths[0] }),
          ...(contexts.length && { contexts }),
        },
      ],
    },
  };
}

function isUrl(target) {
  return /^https?:/.test(target ?? '');
}

/**
 * The config files of one start, first to last, later ones over earlier ones. Writes the last of them into the cache.
 *
 * @param options - as parsed by `parseStartOptions`
 * @param ports - `frontend` and `backend`
 */
export function configFiles(options, ports) {
  const folder = join(cacheFolder, 'start');
  mkdirSync(folder, { recursive: true });
  // One file per pair of ports: two portals may run from one checkout.
  const write = (name, config) => {
    const file = join(
      folder,
      `${name}-${ports.frontend}-${ports.backend}.yaml`,
    );
    writeFileSync(file, `${JSON.stringify(config, undefined, 2)}\n`);
    return file;
  };
  return [
    join(checkout, 'app-config.yaml'),
    options.kubeconfig
      ? write('kubeconfig', kubeconfigConfig(options.kubeconfig))
      : join(checkout, 'app-config.demo.yaml'),
    ...options.configs,
    write('addresses', addressConfig(ports)),
  ];
}

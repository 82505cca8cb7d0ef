import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { ToolchainError } from './checkout.mjs';

export const startHelp = `Starts the portal on this machine: npm start -- [options]

  --config <file>         config to lay over the others, relative to your folder; may be repeated
  --backend-only          start no frontend
  --kubeconfig [path]     show your own clusters instead of the demo
                          (default: the files in KUBECONFIG, else ~/.kube/config)
  --context <name>        which contexts of the kubeconfig; may be repeated (default: the current one)
  --catalog <path|url>    your catalog file, with --kubeconfig (default: entities made from the clusters' workloads)
  --owner-label <label>   label of workloads that names their owner, for entities made from workloads
  --verbose               show everything that backend and frontend print
  --help

Environment: PORT (frontend, 3000), BACKEND_PORT (backend, 7007)`;

const options = {
  config: { takes: 'value', repeat: 'many' },
  'backend-only': { takes: 'nothing' },
  kubeconfig: { takes: 'optional value' },
  context: { takes: 'value', repeat: 'many', needs: 'kubeconfig' },
  catalog: { takes: 'value', needs: 'kubeconfig' },
  'owner-label': { takes: 'value', needs: 'kubeconfig' },
  verbose: { takes: 'nothing' },
  help: { takes: 'nothing' },
};

/**
 * Parses the command line of `npm start`.
 *
 * @param args - the arguments after the script
 * @param context - `folder` that relative paths start from, `env`
 * @returns `{ help, verbose, backendOnly, configs, kubeconfig? }`, all paths absolute
 * @throws {@link ToolchainError} that names the option and what to write instead
 */
export function parseStartOptions(args, { folder, env }) {
  refuseSwallowedOptions(env);
  const given = new Map();
  const rest = [...args];
  while (rest.length) {
    const [flag, inline] = splitFlag(rest.shift());
    const name = flag.startsWith('--') ? flag.slice(2) : undefined;
    const option = Object.hasOwn(options, name ?? '')
      ? options[name]
      : undefined;
    if (!option) {
      throw new ToolchainError(
        `Unknown option ${flag}. Known: ${Object.keys(options)
          .map(known => `--${known}`)
          .join(', ')}. See npm start -- --help`,
      );
    }
    let value = inline;
    if (option.takes === 'nothing') {
      if (inline !== undefined) {
        throw new ToolchainError(`${flag} takes no value.`);
      }
      value = '';
    } else if (value === undefined && rest.length && !rest[0].startsWith('-')) {
      value = rest.shift();
    }
    if (option.takes === 'value' && !value) {
      throw new ToolchainError(
        `${flag} needs a value. See npm start -- --help`,
      );
    }
    if (given.has(name) && option.repeat !== 'many') {
      throw new ToolchainError(`${flag} is given twice.`);
    }
    given.set(name, [...(given.get(name) ?? []), value]);
  }

  for (const name of given.keys()) {
    const { needs } = options[name];
    if (needs && !given.has(needs)) {
      throw new ToolchainError(`--${name} only works with --${needs}.`);
    }
  }
  return {
    help: given.has('help'),
    verbose: given.has('verbose'),
    backendOnly: given.has('backend-only'),
    configs: (given.get('config') ?? []).map(path =>
      existingFile(resolve(folder, path), '--config'),
    ),
    kubeconfig: given.has('kubeconfig')
      ? {
          paths: kubeconfigPaths(given.get('kubeconfig')[0], folder, env),
          contexts: given.get('context') ?? [],
          catalog: catalogTarget(given.get('catalog')?.[0], folder),
          ownerLabel: given.get('owner-label')?.[0],
        }
      : undefined,
  };
}

function splitFlag(argument) {
  const equals = argument.indexOf('=');
  return equals > 0 && argument.startsWith('--')
    ? [argument.slice(0, equals), argument.slice(equals + 1)]
    : [argument, undefined];
}

// `npm start --kubeconfig` without the two dashes gives the option to npm, and the demo would start without a word.
function refuseSwallowedOptions(env) {
  if (!env.npm_lifecycle_event) {
    return;
  }
  for (const name of Object.keys(options)) {
    const variable = `npm_config_${name.replaceAll('-', '_')}`;
    if (env[variable] && !['verbose', 'help'].includes(name)) {
      throw new ToolchainError(
        `npm took --${name} for itself. Write two dashes before it: npm start -- --${name} …`,
      );
    }
  }
}

function kubeconfigPaths(path, folder, env) {
  const candidates = path
    ? [path]
    : env.KUBECONFIG?.split(delimiter).filter(Boolean) ?? [];
  const paths = candidates.length
    ? candidates.map(candidate =>
        resolve(folder, candidate.replace(/^~(?=\/|$)/, env.HOME ?? '~')),
      )
    : [join(env.HOME ?? env.USERPROFILE ?? folder, '.kube', 'config')];
  if (!paths.some(existsSync)) {
    throw new ToolchainError(
      `No kubeconfig at ${paths.join(
        ' or ',
      )}. Give its path: npm start -- --kubeconfig <path>`,
    );
  }
  return paths;
}

function catalogTarget(target, folder) {
  if (target === undefined || /^https?:\/\//.test(target)) {
    return target;
  }
  return existingFile(resolve(folder, target), '--catalog');
}

function existingFile(path, flag) {
  if (!existsSync(path)) {
    throw new ToolchainError(`${flag}: there is no file ${path}`);
  }
  return path;
}

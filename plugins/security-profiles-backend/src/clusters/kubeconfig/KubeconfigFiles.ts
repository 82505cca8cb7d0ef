import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import type {
  Cluster,
  Context,
  KubeConfig,
  User,
} from '@kubernetes/client-node';
import { parse } from 'yaml';

/** What one context means. */
export interface KubeconfigContext {
  cluster: Cluster;
  /** Undefined for a context without a user: no credentials. */
  user?: User;
  /** A file to read the bearer token from, absolute. */
  tokenFile?: string;
}

/** Why a kubeconfig can't be used; the message names files and contexts and quotes nothing else. */
export class KubeconfigError extends Error {
  /** Which part of the configuration to look at. */
  readonly part: 'file' | 'context';

  constructor(part: KubeconfigError['part'], message: string) {
    super(message);
    this.name = 'KubeconfigError';
    this.part = part;
  }
}

interface LoadedFile {
  path: string;
  config: KubeConfig;
  tokenFiles: Map<string, string>;
}

/**
 * The kubeconfig files of one entry, read anew whenever one changes. Where several define the same name, the first
 * counts, as with kubectl.
 */
export class KubeconfigFiles {
  private readonly paths: string[];
  private stamp?: string;
  private loaded: LoadedFile[] = [];

  /** Paths are absolute; of several, some may be missing. */
  constructor(paths: string[]) {
    this.paths = paths;
  }

  /** Changes whenever a file does. */
  async currentStamp(): Promise<string> {
    const stamps = await Promise.all(
      this.paths.map(async path => {
        const info = await stat(path).catch(() => undefined);
        return info ? `${info.mtimeMs} ${info.size} ${info.ino}` : '-';
      }),
    );
    return stamps.join();
  }

  /** Reads the files anew at the next question. */
  forget(): void {
    this.stamp = undefined;
  }

  /** The context's parts. Throws a {@link KubeconfigError}. */
  async context(name: string): Promise<KubeconfigContext> {
    await this.load();
    const context = this.find(config => config.getContexts(), name);
    if (!context) {
      const available = (await this.contextNames()).join(', ') || 'none';
      throw new KubeconfigError(
        'context',
        `no context ${JSON.stringify(name)} in ${
          this.where
        }; available contexts: ${available}`,
      );
    }
    const cluster = this.find(config => config.getClusters(), context.cluster);
    if (!cluster) {
      throw new KubeconfigError(
        'context',
        `context ${JSON.stringify(
          name,
        )} refers to a cluster that is not defined in ${this.where}`,
      );
    }
    const user = this.find(config => config.getUsers(), context.user);
    if (context.user && !user) {
      throw new KubeconfigError(
        'context',
        `context ${JSON.stringify(
          name,
        )} refers to a user that is not defined in ${this.where}`,
      );
    }
    const tokenFile =
      user &&
      this.loaded
        .find(({ config }) => config.getUsers().includes(user))
        ?.tokenFiles.get(user.name);
    return { cluster, user, tokenFile };
  }

  /** Throws a {@link KubeconfigError}. */
  async contextNames(): Promise<string[]> {
    await this.load();
    return [
      ...new Set(
        this.loaded.flatMap(({ config }) =>
          config.getContexts().map(context => context.name),
        ),
      ),
    ];
  }

  /** Throws a {@link KubeconfigError}. */
  async currentContext(): Promise<string> {
    await this.load();
    for (const { config } of this.loaded) {
      if (config.getCurrentContext()) {
        return config.getCurrentContext();
      }
    }
    throw new KubeconfigError(
      'context',
      `${this.where} names no current context; available contexts: ${
        (await this.contextNames()).join(', ') || 'none'
      }`,
    );
  }

  private get where(): string {
    return this.paths.join(', ');
  }

  private find<T extends Cluster | User | Context>(
    entries: (config: KubeConfig) => T[],
    name: string,
  ): T | undefined {
    return this.loaded
      .flatMap(({ config }) => entries(config))
      .find(entry => entry.name === name);
  }

  private async load(): Promise<void> {
    const stamp = await this.currentStamp();
    if (stamp === this.stamp) {
      return;
    }
    const loaded: LoadedFile[] = [];
    for (const path of this.paths) {
      const file = await loadFile(path);
      if (file) {
        loaded.push(file);
      }
    }
    if (loaded.length === 0) {
      throw new KubeconfigError('file', `no kubeconfig file at ${this.where}`);
    }
    this.loaded = loaded;
    this.stamp = stamp;
  }
}

async function loadFile(path: string): Promise<LoadedFile | undefined> {
  const client = await import('@kubernetes/client-node');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      return undefined;
    }
    throw new KubeconfigError('file', `${path} can't be read (${code})`);
  }
  try {
    const config = new client.KubeConfig();
    config.loadFromString(text);
    config.makePathsAbsolute(dirname(path));
    return { path, config, tokenFiles: readTokenFiles(text, dirname(path)) };
  } catch {
    // Parsers quote the file in their errors, which holds credentials.
    throw new KubeconfigError(
      'file',
      `${path} is not a valid kubeconfig; check it with kubectl config view`,
    );
  }
}

/** The library knows `token-file` only, while kubectl's own key is `tokenFile`. */
function readTokenFiles(text: string, folder: string): Map<string, string> {
  const config = parse(text, { prettyErrors: false }) as {
    users?: { name?: unknown; user?: { tokenFile?: unknown } | null }[];
  } | null;
  const files = new Map<string, string>();
  for (const { name, user } of config?.users ?? []) {
    const file = user?.tokenFile;
    if (typeof name === 'string' && typeof file === 'string' && file !== '') {
      files.set(name, isAbsolute(file) ? file : join(folder, file));
    }
  }
  return files;
}

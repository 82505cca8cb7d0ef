import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What {@link startPortalProcess} starts with. */
export interface StartPortalProcessOptions {
  /** Folder of this package. */
  packageFolder: string;
  /** As `portalProcess.ts` takes it: `name`, `database`, `config`, `entities`. */
  portal: object;
  /** For node itself, such as `--expose-gc`. */
  nodeArguments?: string[];
  /** Told each line that it prints. */
  onLine: (line: string) => void;
}

/** A portal in another process. */
export interface PortalProcess {
  pid: number;
  /** As `http://localhost:7007`. */
  url: string;
  /** Every item of a paged list of the HTTP API. */
  getAll(path: string): Promise<any[]>;
  /** One answer of the HTTP API that is 200. */
  get(path: string): Promise<any>;
  /** As `process.memoryUsage()`, in bytes. */
  memory(): Promise<NodeJS.MemoryUsage>;
  /** Resolves once the process is gone. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** SIGSTOP, or SIGCONT. */
  send(signal: 'SIGSTOP' | 'SIGCONT'): void;
}

/** Starts `portalProcess.ts` and resolves once its HTTP API answers. Uses Node alone, so that scripts can use it too. */
export async function startPortalProcess(
  options: StartPortalProcessOptions,
): Promise<PortalProcess> {
  const { packageFolder, portal, nodeArguments = [], onLine } = options;
  const { resolve } = createRequire(join(packageFolder, 'package.json'));
  const cli = resolve('@backstage/cli/package.json');
  const transform = resolve('@backstage/cli-node/config/nodeTransform.cjs', {
    paths: [cli],
  });
  const child = spawn(
    process.execPath,
    [
      ...nodeArguments,
      '--require',
      transform,
      join(packageFolder, 'src', 'testing', 'portalProcess.ts'),
    ],
    {
      cwd: packageFolder,
      // What jest sets for itself is not meant for a backend.
      env: { ...process.env, NODE_ENV: 'development', NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const exited = once(child, 'exit');
  // No argument: the entities of a large catalog are longer than one may be.
  child.send(portal);
  const lastLines: string[] = [];
  eachLine(child, line => {
    lastLines.push(line);
    lastLines.splice(0, lastLines.length - 20);
    onLine(line);
  });
  const url = await new Promise<string>((resolveUrl, reject) => {
    child.on('message', (message: { url?: string }) => {
      if (message.url) {
        resolveUrl(message.url);
      }
    });
    child.on('exit', code =>
      reject(new Error(`The portal ended (${code}):\n${lastLines.join('\n')}`)),
    );
  });

  const get = async (path: string) => {
    const answer = await fetch(`${url}/api/security-profiles${path}`, {
      // The default user of Backstage's test backend.
      headers: { authorization: 'Bearer mock-user-token' },
    });
    if (answer.status !== 200) {
      throw new Error(
        `${path} answered ${answer.status}: ${await answer.text()}`,
      );
    }
    return answer.json();
  };
  return {
    pid: child.pid!,
    url,
    get,
    async getAll(path) {
      const items = [];
      let cursor: string | undefined;
      do {
        const page = (await get(
          `${path}${path.includes('?') ? '&' : '?'}limit=200${
            cursor ? `&cursor=${cursor}` : ''
          }`,
        )) as { items: any[]; pageInfo: { nextCursor?: string } };
        items.push(...page.items);
        cursor = page.pageInfo.nextCursor;
      } while (cursor);
      return items;
    },
    async memory() {
      const answered = new Promise<NodeJS.MemoryUsage>(resolveMemory => {
        const take = (message: { memory?: NodeJS.MemoryUsage }) => {
          if (message.memory) {
            child.off('message', take);
            resolveMemory(message.memory);
          }
        };
        child.on('message', take);
      });
      child.send('memory');
      return answered;
    },
    async kill(signal) {
      child.kill(signal);
      await exited;
    },
    send(signal) {
      child.kill(signal);
    },
  };
}

function eachLine(child: ChildProcess, take: (line: string) => void): void {
  for (const stream of [child.stdout!, child.stderr!]) {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', text => {
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      lines.forEach(take);
    });
  }
}

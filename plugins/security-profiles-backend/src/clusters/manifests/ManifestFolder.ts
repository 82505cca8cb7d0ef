import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { ClusterProblem } from '../ClusterSource';
import { parseManifest, type ManifestObject } from './parseManifest';

/** Largest file that is read, in bytes. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** Most files that are read of one folder. */
export const MAX_FILES = 10_000;

const EXTENSION = /\.(ya?ml|json)$/i;

/** One file and the objects that count for it now. */
export interface ManifestFile {
  /** Relative to the folder, with `/` on every system. */
  path: string;
  objects: ManifestObject[];
}

/** What a folder holds. */
export interface FolderContent {
  /** Ordered by path. */
  files: ManifestFile[];
  problems: ClusterProblem[];
}

interface CachedFile {
  stamp: string;
  objects: ManifestObject[];
  /** What the file held when it last could be read whole. */
  lastWhole?: ManifestObject[];
  problems: ClusterProblem[];
}

interface FoundFile {
  path: string;
  real: string;
}

/**
 * Reads a folder of manifests, again and again; only files that changed are parsed anew. A file that can no longer be
 * parsed, such as one that is being written, keeps the objects it had.
 */
export class ManifestFolder {
  private readonly root: string;
  private cache = new Map<string, CachedFile>();

  constructor(root: string) {
    this.root = root;
  }

  /** Rejects with the file system's error when the folder itself can't be read. */
  async read(): Promise<FolderContent> {
    const realRoot = await realpath(this.root);
    const problems: ClusterProblem[] = [];
    const found: FoundFile[] = [];
    await this.find(this.root, realRoot, new Set(), found, problems);
    found.sort((a, b) => (a.path < b.path ? -1 : 1));
    if (found.length > MAX_FILES) {
      problems.push({
        where: found[MAX_FILES].path,
        message: `The folder has ${found.length} manifests; only the first ${MAX_FILES} are read.`,
      });
      found.length = MAX_FILES;
    }

    const cache = new Map<string, CachedFile>();
    const files: ManifestFile[] = [];
    for (const file of found) {
      const cached = await this.readOne(file);
      cache.set(file.path, cached);
      files.push({ path: file.path, objects: cached.objects });
      problems.push(...cached.problems);
    }
    this.cache = cache;
    return { files, problems };
  }

  private async readOne(file: FoundFile): Promise<CachedFile> {
    const before = this.cache.get(file.path);
    const keep = (message: string): CachedFile => ({
      stamp: '',
      objects: before?.objects ?? [],
      lastWhole: before?.lastWhole,
      problems: [{ where: file.path, message }],
    });
    try {
      const { mtimeMs, size, ino } = await stat(file.real);
      const stamp = `${mtimeMs} ${size} ${ino}`;
      if (before?.stamp === stamp) {
        return before;
      }
      if (size > MAX_FILE_BYTES) {
        return {
          stamp,
          objects: [],
          problems: [
            {
              where: file.path,
              message: `The file has ${size} bytes and is not read; at most ${MAX_FILE_BYTES} are. Split the file.`,
            },
          ],
        };
      }
      const text = await readFile(file.real, 'utf8');
      return { stamp, ...contentOf(file.path, text, before?.lastWhole) };
    } catch (error) {
      return keep(`The file can't be read (${codeOf(error)}).`);
    }
  }

  private async find(
    folder: string,
    realRoot: string,
    visited: Set<string>,
    found: FoundFile[],
    problems: ClusterProblem[],
  ): Promise<void> {
    visited.add(await realpath(folder));
    const names = await readdir(folder);
    for (const name of names) {
      // Hidden entries are editors' files, and the doubles that a mounted ConfigMap keeps in `..data`.
      if (name.startsWith('.')) {
        continue;
      }
      const full = join(folder, name);
      const path = relative(this.root, full).split(sep).join('/');
      try {
        const real = await realpath(full);
        const info = await stat(real);
        const isManifest = info.isFile() && EXTENSION.test(name);
        if (!isManifest && !info.isDirectory()) {
          continue;
        }
        if (!`${real}${sep}`.startsWith(`${realRoot}${sep}`)) {
          problems.push({
            where: path,
            message: 'The link leads out of the folder and is not followed.',
          });
        } else if (isManifest) {
          found.push({ path, real });
        } else if (!visited.has(real)) {
          await this.find(full, realRoot, visited, found, problems);
        }
      } catch (error) {
        problems.push({
          where: path,
          message: `The entry can't be read (${codeOf(error)}).`,
        });
      }
    }
  }
}

/** Of a file that is being written, an editor may show nothing at all or a part: then what it held last counts. */
function contentOf(
  path: string,
  text: string,
  lastWhole: ManifestObject[] | undefined,
): Omit<CachedFile, 'stamp'> {
  const parsed = parseManifest(text);
  const isEmptied = text.trim() === '' && (lastWhole ?? []).length > 0;
  if (isEmptied) {
    parsed.problems.push({
      line: 1,
      message: 'The file is empty; delete it to remove its objects.',
    });
  }
  const isWhole = parsed.syntax === 'valid' && !isEmptied;
  const keepsLast = !isWhole && lastWhole !== undefined;
  const problems = parsed.problems.map(problem => ({
    where: `${path}:${problem.line}`,
    message: keepsLast
      ? `${problem.message} What the file held before stays in place.`
      : problem.message,
  }));
  return isWhole
    ? { objects: parsed.objects, lastWhole: parsed.objects, problems }
    : { objects: lastWhole ?? parsed.objects, lastWhole, problems };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown reason';
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { piecesBySource } from './sourceMap.mjs';

const own =
  /(?:^|\/)((?:plugins\/security-profiles(?:-common)?|packages\/analysis)\/[^?]*)/;
const packageName = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/;
// What a bundler writes for `import('./Page')`: one or several chunks, then the module.
const dynamicImport =
  /(?:Promise\.all\(\[([^\]]*)\]\)|(\w+\.e\("?[\w-]+"?\)))\.then\(/g;
const chunkOfImport = /\.e\("?([\w-]+)"?\)/g;

/** Where a source of a bundle comes from: a file of ours, a package, or neither. */
function originOf(source) {
  const ofPackage = packageName.exec(source ?? '')?.[1];
  return ofPackage
    ? { package: ofPackage }
    : { file: own.exec(source ?? '')?.[1] };
}

/**
 * The files of a built app: what it loads first, and all others by the chunk they belong to. Source maps are large, so
 * each is read once and only when it is asked for.
 */
export function readBuild(folder) {
  const statics = join(folder, 'static');
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const files = new Map();
  const read = name => {
    if (!files.has(name)) {
      const code = readFileSync(join(statics, name), 'utf8');
      const map = JSON.parse(readFileSync(join(statics, `${name}.map`)));
      let pieces;
      files.set(name, {
        name,
        code,
        sources: map.sources,
        pieces() {
          pieces ??= piecesBySource(code, map);
          return pieces;
        },
      });
    }
    return files.get(name);
  };
  const all = new Set(readdirSync(statics));
  // A file that has no source map is the bundler's own, or re-exports other chunks.
  const names = [...all].filter(
    name => /\.(?:js|css)$/.test(name) && all.has(`${name}.map`),
  );
  return {
    first: names.filter(name => page.includes(name)).map(read),
    ofChunk: id => names.filter(name => name.startsWith(`${id}.`)).map(read),
  };
}

/** The chunks that are loaded together with a file of ours. */
function chunksWith(build, entry) {
  const groups = build.first.flatMap(({ code }) =>
    [...code.matchAll(dynamicImport)].map(([, several, single]) =>
      [...(several ?? single).matchAll(chunkOfImport)].map(([, id]) => id),
    ),
  );
  const holds = id =>
    build
      .ofChunk(id)
      .some(({ sources }) =>
        sources.some(source => originOf(source).file === entry),
      );
  const found = groups.filter(ids => ids.some(holds));
  if (found.length === 0) {
    throw new Error(
      `No import() of the build loads ${entry}. Was the file moved? Then change tools/bundle/budget.json.`,
    );
  }
  return [...new Set(found.flat())];
}

/**
 * How much of ours a page makes a browser load.
 *
 * @param options - `build` as {@link readBuild} gives it; `entry`: the file that is loaded for the page; `app`: packages that the
 *   app has anyway, a name or a scope with its slash; `brought`: packages that our plugins depend on
 * @returns `{ bytes, chunks: [{ name, bytes }], sources: [{ name, bytes }] }`: compressed bytes in all and of each
 *   chunk, and how many bytes each file or package has before compression; the largest first
 */
export function measurePage(options) {
  const { build, entry, app, brought } = options;
  const isOfApp = name =>
    app.some(one => (one.endsWith('/') ? name.startsWith(one) : name === one));
  const isBrought = name => brought.includes(name) && !isOfApp(name);
  const weights = new Map();
  const weigh = ({ name, sources, pieces }, counts) => {
    const isCounted = source => {
      const origin = originOf(source);
      return origin.file !== undefined || counts(origin.package ?? '');
    };
    const counted = [];
    // Most files hold nothing of ours, and their maps are the largest.
    for (const [source, texts] of sources.some(isCounted) ? pieces() : []) {
      if (isCounted(source)) {
        const text = texts.join('');
        const origin = originOf(source);
        const key = origin.file ?? origin.package;
        counted.push(text);
        weights.set(key, (weights.get(key) ?? 0) + text.length);
      }
    }
    return {
      name,
      bytes: counted.length ? gzipSync(counted.join('')).length : 0,
    };
  };
  const chunks = [
    ...build.first.map(file => weigh(file, isBrought)),
    ...chunksWith(build, entry)
      .flatMap(build.ofChunk)
      .map(file => weigh(file, name => name !== '' && !isOfApp(name))),
  ].filter(({ bytes }) => bytes > 0);
  const largest = (a, b) => b.bytes - a.bytes;
  return {
    bytes: chunks.reduce((sum, { bytes }) => sum + bytes, 0),
    chunks: chunks.sort(largest),
    sources: [...weights]
      .map(([name, bytes]) => ({ name, bytes }))
      .sort(largest),
  };
}

import { Document, isMap, isSeq, LineCounter, parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../ClusterSource';
import { describeInvalidObject } from './describeInvalidObject';
import { withExactIntegers } from './withExactIntegers';

/** One object of a file and where it begins. */
export interface ManifestObject {
  object: KubernetesObject & { apiVersion: string; kind: string };
  /** From 1. */
  line: number;
}

/** What is wrong at a line of a file. */
export interface ManifestProblem {
  /** From 1. */
  line: number;
  message: string;
}

/** What a file holds. */
export interface ParsedManifest {
  objects: ManifestObject[];
  problems: ManifestProblem[];
  /** `broken`: at least one document is no valid YAML, so objects may be missing. */
  syntax: 'valid' | 'broken';
}

/** Most documents that are read of one file. */
export const MAX_DOCUMENTS = 10_000;

const MAX_ALIASES = 100;

/** Our own words: the parser's messages quote the file, which may hold something secret. */
const SYNTAX_MESSAGES: Record<string, string> = {
  BAD_INDENT: 'the indentation is wrong',
  BLOCK_IN_FLOW: 'a block stands inside brackets or braces',
  DUPLICATE_KEY: 'a key occurs twice in one mapping',
  MISSING_CHAR: 'a character such as a closing quote or bracket is missing',
  MULTILINE_IMPLICIT_KEY: 'a key runs over several lines',
  TAB_AS_INDENT: 'a tab is used to indent; use spaces',
  TAG_RESOLVE_FAILED: 'a tag is unknown',
  UNEXPECTED_TOKEN: 'something unexpected stands here',
};

/**
 * Reads every object of a YAML or JSON text: many documents per file, lists expanded. What can't be read is reported
 * by line and the rest is kept. Secrets are dropped unread.
 */
export function parseManifest(text: string): ParsedManifest {
  const lines = new LineCounter();
  const lineOf = (offset: number) => Math.max(lines.linePos(offset).line, 1);
  const parsed: ParsedManifest = { objects: [], problems: [], syntax: 'valid' };

  let documents: Document.Parsed[];
  try {
    const all = parseAllDocuments(text, {
      lineCounter: lines,
      intAsBigInt: true,
      merge: true,
      prettyErrors: false,
      logLevel: 'silent',
    });
    documents = Array.isArray(all) ? all : [];
  } catch {
    // The parser recurses: brackets nested ten thousands deep exhaust the stack.
    return {
      objects: [],
      problems: [
        { line: 1, message: 'The file is nested too deeply to read.' },
      ],
      syntax: 'broken',
    };
  }

  for (const document of documents.slice(0, MAX_DOCUMENTS)) {
    readDocument(document, lineOf, parsed);
  }
  if (documents.length > MAX_DOCUMENTS) {
    parsed.problems.push({
      line: lineOf(documents[MAX_DOCUMENTS].range[0]),
      message: `The file has ${documents.length} documents; only the first ${MAX_DOCUMENTS} are read. Split the file.`,
    });
  }
  return parsed;
}

function readDocument(
  document: Document.Parsed,
  lineOf: (offset: number) => number,
  parsed: ParsedManifest,
): void {
  const error = document.errors[0];
  if (error) {
    parsed.syntax = 'broken';
    const detail = SYNTAX_MESSAGES[error.code] ?? error.code;
    parsed.problems.push({
      line: lineOf(error.pos[0]),
      message: `The document is not valid YAML: ${detail}.`,
    });
    return;
  }
  const { contents } = document;
  const line = lineOf(contents?.range?.[0] ?? document.range[0]);
  let value: unknown;
  try {
    value = withExactIntegers(document.toJS({ maxAliasCount: MAX_ALIASES }));
  } catch {
    parsed.problems.push({
      line,
      message:
        'The document is not read: its aliases expand to too much, refer to themselves or to nothing.',
    });
    return;
  }
  if (value === null || value === undefined) {
    return;
  }

  const items = listItems(value);
  if (!items) {
    addObject(value, line, parsed);
    return;
  }
  const itemNodes = isMap(contents) ? contents.get('items') : undefined;
  for (const [index, item] of items.entries()) {
    const node = isSeq(itemNodes) ? itemNodes.items[index] : undefined;
    addObject(item, lineOf(rangeStart(node) ?? 0) || line, parsed);
  }
}

function addObject(value: unknown, line: number, parsed: ParsedManifest): void {
  const problem = describeInvalidObject(value);
  if (problem) {
    parsed.problems.push({ line, message: problem });
    return;
  }
  const object = value as ManifestObject['object'];
  if (object.apiVersion === 'v1' && object.kind === 'Secret') {
    return;
  }
  parsed.objects.push({ object, line });
}

function listItems(value: unknown): unknown[] | undefined {
  const list = value as Partial<Record<string, unknown>>;
  if (
    typeof list !== 'object' ||
    typeof list.kind !== 'string' ||
    !list.kind.endsWith('List') ||
    !Array.isArray(list.items)
  ) {
    return undefined;
  }
  if (list.kind === 'List') {
    return list.items;
  }
  // A typed list, as a server answers it, says kind and version once for all items.
  const inherited = {
    apiVersion: list.apiVersion,
    kind: list.kind.slice(0, -'List'.length),
  };
  return list.items.map(item =>
    typeof item === 'object' && item ? { ...inherited, ...item } : item,
  );
}

function rangeStart(node: unknown): number | undefined {
  return (node as { range?: [number, number, number] } | undefined)?.range?.[0];
}

import type { AnswerReader, RawFrame, RawList } from './AnswerReader';
import { type IntegerParsing, parseJson } from './parseJson';
import { readLines } from './readLines';

/** Reads JSON: a list as a whole, a watch line by line. */
export class JsonAnswerReader implements AnswerReader {
  private readonly integers: IntegerParsing;

  constructor(options: { integers: IntegerParsing }) {
    this.integers = options.integers;
  }

  async list(bytes: Buffer): Promise<RawList> {
    const list = this.parse(bytes.toString('utf8')) as {
      kind?: unknown;
      items?: unknown;
      metadata?: { resourceVersion?: unknown; continue?: unknown };
    } | null;
    return {
      kind: list?.kind,
      resourceVersion: list?.metadata?.resourceVersion,
      continueToken: list?.metadata?.continue,
      items: list?.items ?? [],
    };
  }

  async *frames(
    chunks: AsyncIterable<Buffer>,
    maxBytes: number,
  ): AsyncIterable<RawFrame[]> {
    for await (const line of readLines(chunks, maxBytes)) {
      if (line.type === 'line') {
        const event = this.parse(line.text);
        yield [{ type: 'event', event: event ?? {} }];
      } else {
        yield [line];
      }
    }
  }

  private parse(text: string): object | null {
    return parseJson(text, this.integers) as object | null;
  }
}

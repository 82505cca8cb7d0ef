import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  type FeedAnswer,
  FeedError,
  type FeedSource,
  longestFeed,
} from './FeedSource';
import { parseFeedText } from './parseFeedText';

/** Reads a feed from a file, for portals without Internet. Its content is its version. */
export class FileFeedSource implements FeedSource {
  readonly name: string;
  private readonly path: string;

  constructor(options: { path: string }) {
    this.path = options.path;
    this.name = basename(options.path);
  }

  async read(options: { etag?: string }): Promise<FeedAnswer> {
    const text = await this.text();
    const etag = createHash('sha256').update(text).digest('hex');
    return etag === options.etag
      ? { state: 'unchanged' }
      : { state: 'changed', value: parseFeedText(text), etag };
  }

  private async text(): Promise<string> {
    try {
      const { size } = await stat(this.path);
      if (size > longestFeed) {
        throw new FeedError(
          'unusable',
          `the file is larger than ${longestFeed / 1024 / 1024} MB`,
        );
      }
      return await readFile(this.path, 'utf8');
    } catch (error) {
      throw error instanceof FeedError
        ? error
        : new FeedError(
            'unreachable',
            `the file ${this.name} could not be read`,
          );
    }
  }
}

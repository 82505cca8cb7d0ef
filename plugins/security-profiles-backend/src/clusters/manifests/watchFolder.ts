import { watch } from 'chokidar';

/** A running watch of a folder. */
export interface FolderWatch {
  close(): Promise<void>;
}

/** Options of {@link watchFolder}. */
export interface WatchFolderOptions {
  /** How long nothing may change before it is reported, in milliseconds. */
  quietFor: number;
  onChange: () => void;
}

/**
 * Calls back once after each burst of changes below a folder. The environment variable `CHOKIDAR_USEPOLLING` makes
 * it poll, for file systems that send no events.
 */
export async function watchFolder(
  folder: string,
  options: WatchFolderOptions,
): Promise<FolderWatch> {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { ignoreInitial: true });
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(options.onChange, options.quietFor);
  });
  // An entry that can't be watched is found unreadable when the folder is read, and reported there.
  watcher.on('error', () => {});
  await new Promise<void>(resolve => {
    watcher.on('ready', () => resolve());
  });
  return {
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}

import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Editors write a file in several steps and save several files at once. Events this close together are one change. */
const DEBOUNCE_MS = 30;

/**
 * Watches files and folders for changes. Watches only folders, never single files: many editors replace a file by a new
 * one, which a watcher of the old file does not notice.
 * @param sources files and folders, as paths in the checkout
 */
export function watchSources(
  root: string,
  sources: readonly string[],
): {
  /** Resolves at the next change, or at once if there was one since the last call. */
  next(): Promise<void>;
} {
  let changePending = false;
  let notify = () => {};
  const paths = sources.map((source) => join(root, source));
  const files = paths.filter((path) => statSync(path).isFile());
  const folders = paths.filter((path) => !files.includes(path));
  const watched = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      watchNew();
      changePending = true;
      notify();
    }, DEBOUNCE_MS);
  };
  const add = (folder: string, isOurs: (name: string) => boolean) => {
    if (watched.has(folder)) return;
    const watcher = watch(folder, (_, name) => {
      if (name === null || isOurs(name)) changed();
    });
    // A deleted folder is watched again when it comes back.
    watcher.once('error', () => {}).once('close', () => watched.delete(folder));
    watched.set(folder, watcher);
  };
  const watchNew = () => {
    const existing = new Set(folders.flatMap(foldersIn));
    for (const [folder, watcher] of watched)
      if (!existing.has(folder) && !files.some((file) => dirname(file) === folder)) watcher.close();
    for (const folder of existing) add(folder, () => true);
  };
  for (const folder of new Set(files.map((file) => dirname(file))))
    add(folder, (name) => files.some((file) => dirname(file) === folder && basename(file) === name));
  watchNew();
  return {
    async next() {
      if (!changePending)
        await new Promise<void>((resolve) => {
          notify = resolve;
        });
      changePending = false;
    },
  };
}

/** A folder and all folders in it. Empty if the folder does not exist. */
function foldersIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return [
      folder,
      ...entries.filter((e) => e.isDirectory()).flatMap((e) => foldersIn(join(folder, e.name))),
    ];
  } catch {
    return []; // deleted while this function read it
  }
}

import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Editors write a file in several steps, and save several files at once: all of them are one change. */
const TOGETHER_MS = 30;

/**
 * Tells when something in files or folders may have changed. Folders are watched, never files: many editors put a new
 * file in the place of the old one, which a watch of the old one does not see.
 * @param sources files and folders, as paths in the checkout
 */
export function watchSources(
  root: string,
  sources: readonly string[],
): {
  /** Waits for a change that this has not told of yet. */
  next(): Promise<void>;
} {
  let noted = false;
  let tell = () => {};
  const paths = sources.map((source) => join(root, source));
  const files = paths.filter((path) => statSync(path).isFile());
  const folders = paths.filter((path) => !files.includes(path));
  const watched = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      watchNew();
      noted = true;
      tell();
    }, TOGETHER_MS);
  };
  const add = (folder: string, isOurs: (name: string) => boolean) => {
    if (watched.has(folder)) return;
    const watcher = watch(folder, (_, name) => {
      if (name === null || isOurs(name)) changed();
    });
    // A folder that was deleted is watched anew when it comes back.
    watcher.once('error', () => {}).once('close', () => watched.delete(folder));
    watched.set(folder, watcher);
  };
  const watchNew = () => {
    const there = new Set(folders.flatMap(foldersIn));
    for (const [folder, watcher] of watched)
      if (!there.has(folder) && !files.some((file) => dirname(file) === folder)) watcher.close();
    for (const folder of there) add(folder, () => true);
  };
  for (const folder of new Set(files.map((file) => dirname(file))))
    add(folder, (name) => files.some((file) => dirname(file) === folder && basename(file) === name));
  watchNew();
  return {
    async next() {
      if (!noted)
        await new Promise<void>((resolve) => {
          tell = resolve;
        });
      noted = false;
    },
  };
}

/** A folder and all folders in it; none where it is not there. */
function foldersIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return [
      folder,
      ...entries.filter((e) => e.isDirectory()).flatMap((e) => foldersIn(join(folder, e.name))),
    ];
  } catch {
    return []; // deleted while it was looked at
  }
}

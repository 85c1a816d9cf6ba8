import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/**
 * The paths of all TypeScript, JavaScript and CSS files of this checkout, from its root, sorted. They are not asked of git,
 * because a checkout may have been downloaded as an archive, to a machine without git.
 */
export const codeFiles = (): readonly string[] =>
  ['client', 'kv-seed', 'scripts', 'tests', 'worker', '.']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: folder !== '.', encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((path) => /\.(ts|tsx|mts|mjs|js|css)$/.test(path))
    .sort();

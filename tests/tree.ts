import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/**
 * The paths of all TypeScript, JavaScript and CSS files of this checkout, from its root, sorted. Git does not list them,
 * because a checkout may be a downloaded archive on a machine without git.
 */
export const codeFiles = (): readonly string[] =>
  ['client', 'scripts', 'tests', 'worker', '.']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: folder !== '.', encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((path) => /\.(ts|tsx|mts|mjs|js|css)$/.test(path))
    .sort();

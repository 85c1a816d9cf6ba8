import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The files and folders of a checkout. Its state and its key are never copied. */
const PARTS = [
  ...['client', 'worker', 'scripts', 'dist'],
  ...['wrangler.toml', 'tsconfig.json', 'package.json', 'package-lock.json'],
];

/** The bulletins that tests fill sites with: tests/fixtures/README.md. */
export type Fixture = 'epidemic' | 'flood';

/**
 * Makes a separate checkout, with its own state, for one test. `dispose` removes it.
 * @param from the root of the checkout to copy
 * @param name the name of its folder, inside a new temporary folder
 * @param fixture the content of its `kv-seed`
 */
export function makeCheckout(
  from: string,
  name = '',
  fixture: Fixture = 'epidemic',
): { readonly root: string; dispose(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'nashra-crash-'));
  const root = join(folder, name);
  for (const part of PARTS)
    if (existsSync(join(from, part))) cpSync(join(from, part), join(root, part), { recursive: true });
  cpSync(join(from, 'tests/fixtures', fixture), join(root, 'kv-seed'), { recursive: true });
  symlinkSync(join(from, 'node_modules'), join(root, 'node_modules'));
  return { root, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

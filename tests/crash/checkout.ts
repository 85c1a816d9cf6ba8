import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the site is made of; a state or a key of the real checkout is never copied. */
const PARTS = [
  ...['client', 'worker', 'scripts', 'dist'],
  ...['wrangler.toml', 'tsconfig.json', 'package.json', 'package-lock.json'],
];

/** The bulletins that tests fill sites with: tests/fixtures/README.md. */
export type Fixture = 'epidemic' | 'flood';

/**
 * A checkout of its own for one test, so that its state is its own too. `dispose` removes it.
 * @param name of its folder, in a new one
 * @param fixture what its `kv-seed` holds
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

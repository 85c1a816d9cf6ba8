import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root })
  .toString()
  .split('\n')
  .filter((path) => /\.(ts|tsx|mts|mjs|js|css)$/.test(path));

/** The table of rooms in docs/architecture.md: what each may import. */
const rooms = new Map(
  [...read('docs/architecture.md').matchAll(/^\| `([^`]+)` \|[^|]*\| ([^|]*)\|$/gm)].map(
    ([, room = '', allowed = '']) =>
      [
        room,
        allowed.includes('everything') ? null : [...allowed.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
      ] as const,
  ),
);

const roomOf = (path: string): string | undefined =>
  [...rooms.keys()].find((room) => path === room || path.startsWith(`${room}/`));

/** The imports of a file: paths from the root, and names of packages. Modules of Node and Cloudflare are left out. */
function importsOf(path: string): readonly string[] {
  const matches = read(path).matchAll(
    /^(?:import|export)\b[^;='"]*\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  const specifiers = [...matches].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '');
  return specifiers
    .filter((name) => !/^(node|cloudflare):/.test(name))
    .map((name) =>
      name.startsWith('.')
        ? normalize(`${dirname(path)}/${name}`)
        : name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
    );
}

describe('the rooms of docs/architecture.md', () => {
  const code = files.filter((path) => /^(worker|client|scripts)\//.test(path));

  it('hold every file of the code', () => {
    expect(code.length).toBeGreaterThan(200);
    expect(code.filter((path) => !roomOf(path) && !/^(worker|client)\/[^/]*\.d\.ts$/.test(path))).toEqual([]);
  });

  it('import only what the table allows', () => {
    const forbidden = code.flatMap((path) => {
      const room = roomOf(path);
      const allowed = room === undefined ? [] : (rooms.get(room) ?? []);
      return importsOf(path)
        .filter((name) => {
          const target = roomOf(name) ?? name;
          return target !== room && !allowed.includes(target);
        })
        .map((name) => `${path} imports ${name}`);
    });
    expect(forbidden).toEqual([]);
  });

  // The type check takes `page.tsx` for `page.ts` without a word.
  it('import files by the names that they have', () => {
    const missing = code.flatMap((path) =>
      importsOf(path)
        .filter((name) => roomOf(name) && !existsSync(new URL(name, root)))
        .map((name) => `${path} imports ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('allow only what some file imports', () => {
    const imported = new Map<string, Set<string>>();
    for (const path of code) {
      const room = roomOf(path) ?? '';
      const targets = imported.get(room) ?? new Set();
      for (const name of importsOf(path)) targets.add(roomOf(name) ?? name);
      imported.set(room, targets);
    }
    const unused = [...rooms].flatMap(([room, allowed]) =>
      (allowed ?? [])
        .filter((name) => name && !imported.get(room)?.has(name))
        .map((name) => `${room}: ${name}`),
    );
    expect(unused).toEqual([]);
  });

  // The platform's Env needs the type of the Durable Object's class.
  it('let worker/platform import only a type from the newsroom', () => {
    const platform = code.filter((path) => path.startsWith('worker/platform/'));
    const lines = platform.flatMap((path) => read(path).match(/^import .*newsroom.*$/gm) ?? []);
    expect(lines).toEqual(["import type { Newsroom } from '../newsroom/newsroom.ts';"]);
  });
});

it('no file of code or tests is longer than 300 lines', () => {
  const lengths = files.map((path) => ({ path, lines: read(path).split('\n').length - 1 }));
  expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
});

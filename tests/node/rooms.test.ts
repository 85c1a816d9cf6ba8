import { existsSync, readFileSync } from 'node:fs';
import { dirname, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeFiles } from '../tree.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

const files = codeFiles();

/** The tables of rooms in docs/architecture.md: what each room may import. */
const rooms = new Map(
  [...read('docs/architecture.md').matchAll(/^\| `([^`]+)` \|[^|]*\| ([^|]*)\|$/gm)].map(
    ([, room = '', allowed = '']) =>
      [
        room,
        allowed.includes('everything')
          ? null
          : [...allowed.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
      ] as const,
  ),
);

const isIn = (path: string, room: string): boolean => path === room || path.startsWith(`${room}/`);

/** The room of a file: the innermost. */
const roomOf = (path: string): string | undefined =>
  [...rooms.keys()].filter((room) => isIn(path, room)).sort((a, b) => b.length - a.length)[0];

/**
 * Whether a name in a room's row allows an import. A room's name allows what is in it. In the row of a room inside it,
 * it allows only the files beside that room.
 */
const allows = (name: string, room: string, target: string): boolean =>
  isIn(room, name) ? roomOf(target) === name : isIn(target, name);

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

  it('import only what the tables allow', () => {
    const forbidden = code.flatMap((path) => {
      const room = roomOf(path) ?? '';
      return importsOf(path)
        .filter(
          (target) => !isIn(target, room) && !rooms.get(room)?.some((name) => allows(name, room, target)),
        )
        .map((target) => `${path} imports ${target}`);
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
    const imports = code.flatMap((path) => importsOf(path).map((target) => ({ path, target })));
    const unused = [...rooms].flatMap(([room, allowed]) =>
      (allowed ?? [])
        .filter((name) => !imports.some(({ path, target }) => isIn(path, room) && allows(name, room, target)))
        .map((name) => `${room}: ${name}`),
    );
    expect(unused).toEqual([]);
  });

  it('inside another room allow no more than the room around them', () => {
    const more = [...rooms].flatMap(([room, allowed]) => {
      const around = roomOf(dirname(room));
      if (around === undefined) return [];
      const names = [around, ...(rooms.get(around) ?? [])];
      return (allowed ?? [])
        .filter((name) => !names.some((n) => isIn(name, n)))
        .map((name) => `${room}: ${name}`);
    });
    expect(more).toEqual([]);
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

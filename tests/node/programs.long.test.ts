import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkTypes } from '../../scripts/check-types.ts';
import { runProgram } from './run-program.ts';

const root = join(import.meta.dirname, '../..');
const NODE_MODULE = "import('node:fs')";
const USED = [
  'document',
  'window',
  'process',
  'Buffer',
  'caches',
  "import('node:zlib')",
  NODE_MODULE,
] as const;

/** Those of `USED` that compile in a whole program, with one more file that uses each of them on a line of its own. */
async function compiledIn(program: string): Promise<readonly string[]> {
  await mkdir(join(root, 'dist'), { recursive: true });
  const folder = await mkdtemp(join(root, 'dist/probe-'));
  try {
    const lines = USED.map((used, index) => `export const used${index}: unknown = ${used};\n`);
    await writeFile(join(folder, 'probe.ts'), lines.join(''));
    const config = { extends: `../../${program}/tsconfig.json`, files: ['probe.ts'] };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const output = await checkTypes(folder);
    const refused = new Set([...output.matchAll(/probe\.ts\((\d+),/g)].map(([, line]) => Number(line)));
    expect(output.replaceAll(/^\S*probe\.ts\(.*\n/gm, '')).toBe('');
    return USED.filter((_, index) => !refused.has(index + 1));
  } finally {
    await rm(folder, { recursive: true });
  }
}

it.concurrent.each([
  // Cloudflare's types declare `process` and `Buffer`: the test below.
  ['worker', ['process', 'Buffer', 'caches', "import('node:zlib')"]],
  ['client', []],
  ['client/islands', ['document', 'window', 'caches']],
  ['scripts', ['process', 'Buffer', "import('node:zlib')", NODE_MODULE]],
  ['tests', ['process', 'Buffer', "import('node:zlib')", NODE_MODULE]],
])('in the program %s, only the globals and modules of its place compile', async (program, compiled) => {
  expect(await compiledIn(program)).toEqual(compiled);
});

it('in the Worker, the linter refuses the globals of Node that its types declare', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'nashra-linter-'));
  try {
    await copyFile(join(root, 'biome.json'), join(folder, 'biome.json'));
    for (const place of ['worker', 'scripts']) {
      await mkdir(join(folder, place));
      await writeFile(join(folder, place, 'probe.ts'), 'export const used = [process, Buffer, global];\n');
    }
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const args = [biome, 'lint', '--vcs-enabled=false', '--reporter=github', '.'];
    const { output } = await runProgram(process.execPath, args, { cwd: folder });
    const refused = [...output.matchAll(/noRestrictedGlobals,.*\/(\w+)\/probe\.ts,.* (\w+)\.$/gm)];
    expect(refused.map(([, place, name]) => `${place}: ${name}`)).toEqual([
      'worker: process',
      'worker: Buffer',
      'worker: global',
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

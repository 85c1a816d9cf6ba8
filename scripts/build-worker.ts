import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { BuildFailed, toldByWrangler } from './build-trouble.ts';

/** Folders and files that the built Worker is made of. */
const SOURCES = [
  'client',
  'worker',
  'wrangler.toml',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
  'scripts/build-client.ts',
  'scripts/build-worker.ts',
  'scripts/rendered-at-build.ts',
  'scripts/source-module.ts',
  'scripts/unavailable-pages.ts',
  'scripts/seed',
];
/** What the Worker knows of a site that it can't read: its settings and its contacts. */
const SEED = ['kv-seed/site.json', 'kv-seed/contacts', 'kv-seed/contacts.json'];
/** What a build leaves; all must be there for it to count as done. */
const RESULTS = ['dist/build.ts', 'dist/assets', 'dist/worker/index.js', 'dist/worker-options.json'];
const STAMP = 'dist/sources.txt';

/**
 * Builds what the pages need, the Worker's bundle and its local options, unless all of it was built from the same
 * sources before. Says whether it built.
 * @throws BuildFailed where the sources have faults
 */
export async function buildIfChanged(root: string, report: (line: string) => void): Promise<boolean> {
  const sources = await sourcesHash(root, SOURCES);
  const seed = await sourcesHash(root, SEED);
  const stamp = join(root, STAMP);
  const before = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  const [sourcesBefore, seedBefore] = before.split('\n');
  const isBuilt = sourcesBefore === sources && RESULTS.every((path) => existsSync(join(root, path)));
  if (isBuilt && seedBefore === seed) return false;
  await (isBuilt ? buildForSeed(root, report) : build(root, report));
  writeFileSync(stamp, `${sources}\n${seed}`);
  return true;
}

/** Builds what the seed's name, languages or hotline make different, in a second where wrangler takes five. */
async function buildForSeed(root: string, report: (line: string) => void): Promise<void> {
  report('build: what the seed has changed');
  const [{ build }, { workerBundler }] = await Promise.all([
    import('./build-client.ts'),
    import('./dev/bundle-worker.ts'),
  ]);
  await build();
  const { bundle, dispose } = await workerBundler(root);
  await bundle();
  await dispose();
}

async function build(root: string, report: (line: string) => void): Promise<void> {
  report('build 1/3: styles, scripts and static files');
  // esbuild takes a moment to load: only where there is something to build.
  const client = await import('./build-client.ts');
  await client.build();
  report('build 2/3: the Worker');
  const said = await wrangler(root, ['deploy', '--dry-run', '--outdir', 'dist/worker']);
  const size = /Total Upload:.*/.exec(said)?.[0];
  report(`build 3/3: its local options${size ? ` (the Worker's ${size})` : ''}`);
  await writeWorkerOptions(root);
}

/**
 * Writes the options Miniflare runs the Worker by, derived by wrangler from wrangler.toml, so that the names of
 * bindings stand there only. Loading wrangler takes a second: that is why this is part of the build.
 */
export async function writeWorkerOptions(root: string): Promise<void> {
  const { WRANGLER_LOG: asked } = process.env;
  process.env.WRANGLER_LOG = 'none'; // it would warn that the secret is not there, which is as it should be
  const { unstable_getMiniflareWorkerOptions, unstable_readConfig } = await import('wrangler');
  const config = unstable_readConfig({ config: join(root, 'wrangler.toml') });
  const { workerOptions } = unstable_getMiniflareWorkerOptions(config);
  if (asked === undefined) delete process.env.WRANGLER_LOG;
  else process.env.WRANGLER_LOG = asked;
  // Its bindings hold the secrets it found; they are read from .dev.vars at each start, and never written here.
  const options: Record<string, unknown> = { ...workerOptions, bindings: config.vars };
  for (const name of ['rootPath', 'modulesRules']) delete options[name];
  if (config.assets?.directory)
    options.assets = {
      ...Object(workerOptions.assets),
      directory: relative(root, resolve(root, config.assets.directory)),
    };
  writeFileSync(join(root, 'dist/worker-options.json'), JSON.stringify(options, null, 2));
}

function wrangler(root: string, args: readonly string[]): Promise<string> {
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true', CI: 'true' };
  const bin = join(root, 'node_modules/wrangler/bin/wrangler.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(said) : reject(new BuildFailed(toldByWrangler(said))),
    );
  });
}

/** Has the next build be made whatever it was made from: `dist` is about to hold something else. */
export const forgetBuild = (root: string): void => rmSync(join(root, STAMP), { force: true });

/** SHA-256 of files and of all files in folders, given as paths in the checkout, and of the Node that builds them. */
export async function sourcesHash(root: string, sources: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const source of sources)
    for (const file of await filesOf(join(root, source)))
      hash.update(`${relative(root, file)}\0`).update(await readFile(file));
  return hash.digest('hex');
}

async function filesOf(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => null);
  if (entries === null) return existsSync(path) ? [path] : [];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

// `npm run build`
if (import.meta.main)
  try {
    const built = await buildIfChanged(join(import.meta.dirname, '..'), console.log);
    if (!built) console.log('Built from these sources already.');
  } catch (error) {
    if (!(error instanceof BuildFailed)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { BuildFailed, wranglerFaults } from './build-trouble.ts';
import { makePrivateFolder } from './local/private-files.ts';

/** The folders and files that the build reads. */
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
/** The parts of the seed that the page of an unavailable bulletin contains: settings and contacts. */
const SEED = ['kv-seed/site.json', 'kv-seed/contacts', 'kv-seed/contacts.json'];
/** The files that a build writes. The build is done only if all of them exist. */
const RESULTS = ['dist/build.ts', 'dist/assets', 'dist/worker/index.js', 'dist/worker-options.json'];
/** The hashes of the sources and of the seed that the last build used. */
const HASHES_FILE = 'dist/sources.txt';

/**
 * Builds the static files, the Worker's bundle and its local options, unless the last build used the same sources.
 * @returns whether it built
 * @throws BuildFailed if the sources have faults
 */
export async function buildIfChanged(root: string, report: (line: string) => void): Promise<boolean> {
  const sourceHash = await sourcesHash(root, SOURCES);
  const seedHash = await sourcesHash(root, SEED);
  const file = join(root, HASHES_FILE);
  const [builtSourceHash, builtSeedHash] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const isBuilt = builtSourceHash === sourceHash && RESULTS.every((path) => existsSync(join(root, path)));
  if (isBuilt && builtSeedHash === seedHash) return false;
  await (isBuilt ? buildForSeed(root, report) : build(root, report));
  writeFileSync(file, `${sourceHash}\n${seedHash}`);
  return true;
}

/** Builds again what depends on the seed. Takes a second; a whole build with wrangler takes five. */
async function buildForSeed(root: string, report: (line: string) => void): Promise<void> {
  report('build: what depends on the seed, which has changed');
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
  // esbuild loads slowly, so it is imported only when there is something to build.
  const client = await import('./build-client.ts');
  await client.build();
  report('build 2/3: the Worker');
  makePrivateFolder(join(root, '.wrangler')); // wrangler would make it open to all
  const output = await wrangler(root, ['deploy', '--dry-run', '--outdir', 'dist/worker']);
  const size = /Total Upload:.*/.exec(output)?.[0];
  report(`build 3/3: the Worker's local options${size ? ` (${size})` : ''}`);
  await writeWorkerOptions(root);
}

/**
 * Writes Miniflare's options for the Worker to `dist/worker-options.json`. Wrangler derives them from wrangler.toml, so
 * the names of bindings are written there only. Loading wrangler takes a second, so this is part of the build.
 */
export async function writeWorkerOptions(root: string): Promise<void> {
  const { WRANGLER_LOG: logLevel } = process.env;
  process.env.WRANGLER_LOG = 'none'; // it would warn about the missing secret, which is missing on purpose
  const { unstable_getMiniflareWorkerOptions, unstable_readConfig } = await import('wrangler');
  const config = unstable_readConfig({ config: join(root, 'wrangler.toml') });
  const { workerOptions } = unstable_getMiniflareWorkerOptions(config);
  if (logLevel === undefined) delete process.env.WRANGLER_LOG;
  else process.env.WRANGLER_LOG = logLevel;
  // Wrangler's bindings hold secrets. Secrets are read from .dev.vars at each start and are never written here.
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
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(output) : reject(new BuildFailed(wranglerFaults(output))),
    );
  });
}

/** Makes the next `buildIfChanged` build in any case. Call it before writing anything else into `dist`. */
export const forgetBuild = (root: string): void => rmSync(join(root, HASHES_FILE), { force: true });

/**
 * The SHA-256, in hex, of files and of all files in folders, and of Node's version.
 * @param sources files and folders, as paths in the checkout
 */
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
    if (!built) console.log('Already built from these sources.');
  } catch (error) {
    if (!(error instanceof BuildFailed)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }

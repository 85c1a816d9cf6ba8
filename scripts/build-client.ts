// Builds what pages need from client/: dist/build.ts (imported by the renderer) and the static files in dist/assets.
// Run with `node scripts/build-client.ts`. The same sources give the same bytes. Static files of older builds stay.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { BuildFailed, buildFailed, faultLines } from './build-trouble.ts';
import { sourceModule } from './source-module.ts';
import type { UnavailablePages } from './unavailable-pages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Files that the browser fetches separately: the name that pages use, and the source. */
const ASSETS = {
  'page.js': 'client/islands/page.ts',
  'chart.js': 'client/islands/chart.ts',
  'chart.css': 'client/styles/chart-island.css',
} as const;

/** Pictures in client/icons, by the names that pages use. */
const ICONS = ['icon.svg', 'icon-180.png', 'icon-512.png'] as const;
/** Browsers request this file even if no page links to it, so its name has no hash. */
const FAVICON = 'favicon.ico';

// The content under a hashed name never changes, so it is cached for a year, the longest time that RFC 9111 caches are
// expected to accept. Readers see a new favicon within a day. The other headers are those that docs/contract.md
// promises for every public path.
const HEADERS = `/assets/*
  Cache-Control: public, max-age=31536000, immutable
  X-Content-Type-Options: nosniff
  Access-Control-Allow-Origin: *
  Strict-Transport-Security: max-age=31536000
/${FAVICON}
  Cache-Control: public, max-age=86400
  X-Content-Type-Options: nosniff
  Access-Control-Allow-Origin: *
  Strict-Transport-Security: max-age=31536000
  Vary: Accept-Encoding
`;

/**
 * Writes dist/build.ts and dist/assets. Returns the size of each written file in bytes.
 * @throws BuildFailed if a source can't be bundled
 */
export async function build(): Promise<Readonly<Record<string, number>>> {
  const sizes: Record<string, number> = {};
  const css = await bundle('client/styles/page.css');
  const { chartStringsFiles, seedIdentity, unavailablePages } = await sourceModule<
    typeof import('./rendered-at-build.ts')
  >(root, 'scripts/rendered-at-build.ts');
  const unavailable = unavailablePages(
    await bundle('client/styles/unavailable.css'),
    await seedIdentity(join(root, 'kv-seed')),
  );
  const assets: Record<string, string> = {};
  const folder = join(root, 'dist/assets');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, '_headers'), HEADERS);
  const files: [string, string | Uint8Array][] = [];
  for (const [name, source] of Object.entries(ASSETS)) files.push([name, await bundle(source)]);
  files.push(...chartStringsFiles().map(([name, json]): [string, string] => [name, json]));
  for (const name of ICONS) files.push([name, await readFile(join(root, 'client/icons', name))]);
  for (const [name, content] of files) {
    const path = `/assets/${name.replace('.', `-${digest(content, 'hex').slice(0, 10)}.`)}`;
    await writeFile(join(folder, path), content);
    assets[name] = path;
    sizes[path] = Buffer.byteLength(content);
  }
  assets[FAVICON] = `/${FAVICON}`;
  await copyFile(join(root, 'client/icons', FAVICON), join(folder, FAVICON));
  await removeUnused(join(folder, 'assets'), new Set(Object.values(assets).map((path) => basename(path))));
  const version = await templateVersion([css, assets, unavailable.css]);
  const module = buildModule({ css, assets, unavailable, templateVersion: version });
  await writeFile(join(root, 'dist/build.ts'), module);
  sizes['style sheet'] = Buffer.byteLength(css);
  return sizes;
}

/**
 * How long a static file stays after the last build that named it, because pages of that build may be open or cached.
 * If the file is gone, as after a deploy from a fresh clone, the Worker redirects to this build's file of the same
 * name.
 */
const KEPT_MS = 30 * 24 * 3_600_000;

/** Deletes static files that no build named in the last KEPT_MS. A file's mtime is when a build last named it. */
async function removeUnused(folder: string, named: ReadonlySet<string>): Promise<void> {
  const now = new Date();
  const previousBuild = await readFile(join(root, 'dist/build.ts'), 'utf8').catch(() => ''); // the first build
  for (const name of await readdir(folder)) {
    if (named.has(name)) continue;
    const file = join(folder, name);
    if (previousBuild.includes(`/assets/${name}`)) await utimes(file, now, now);
    else if (now.getTime() - (await stat(file)).mtimeMs > KEPT_MS) await rm(file);
  }
}

/** The text of dist/build.ts, the module that the renderer imports. */
function buildModule(parts: {
  css: string;
  assets: Record<string, string>;
  unavailable: UnavailablePages;
  templateVersion: string;
}): string {
  const assets = JSON.stringify(parts.assets, null, 2);
  return `// Generated by scripts/build-client.ts.
/** The style sheet of every page, minified, inlined in its <style>. */
export const css: string = ${JSON.stringify(parts.css)};
/** Hash source of \`css\` for style-src: https://www.w3.org/TR/CSP3/#grammardef-hash-source */
export const cssHash: string = 'sha256-${digest(parts.css, 'base64')}';
/** The path of each static file, by the name that pages use. */
export const assets: { readonly [name: string]: string } = ${assets};
/**
 * The page that says that the bulletin can't be read: its style sheet, its Content-Security-Policy, and the HTML by
 * language of the seed. The HTML is split where the number of seconds until the page reloads must be inserted.
 */
export const unavailable: {
  readonly css: string;
  readonly policy: string;
  readonly defaultLanguage: string;
  readonly pages: { readonly [language: string]: readonly string[] };
} = ${JSON.stringify(parts.unavailable, null, 2)};
/** Changes whenever a rendered byte may change. */
export const templateVersion: string = '${parts.templateVersion}';
`;
}

async function bundle(source: string): Promise<string> {
  const options: esbuild.BuildOptions = {
    entryPoints: [join(root, source)],
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'esm',
    // These browsers support modules, import() and top-level await.
    target: ['es2022', 'chrome100', 'firefox100', 'safari15.4'],
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'silent',
  };
  const result = await esbuild.build({ ...options, write: false }).catch(buildFailed);
  // In a style sheet esbuild reports a syntax error only as a warning.
  for (const line of faultLines(result.warnings)) console.warn(line);
  const [file] = result.outputFiles;
  if (!file) throw new Error(`esbuild gave no output for ${source}`);
  return file.text.trimEnd();
}

// A hash of all that rendering reads: its sources, the built parts (another bundler may give other bytes, and the
// policies name the hashes of the style sheets in the pages), and the versions of the libraries.
async function templateVersion(builtParts: readonly unknown[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(builtParts));
  for (const room of ['client', 'worker/model', 'worker/pack', 'worker/render']) {
    const names = await readdir(join(root, room), { recursive: true, withFileTypes: true });
    const files = names.filter((n) => n.isFile()).map((n) => join(n.parentPath, n.name));
    for (const file of files.sort()) hash.update(`${relative(root, file)}\n`).update(await readFile(file));
  }
  const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return hash.update(JSON.stringify(dependencies)).digest('hex').slice(0, 16);
}

const digest = (content: string | Uint8Array, encoding: 'hex' | 'base64'): string =>
  createHash('sha256').update(content).digest(encoding);

if (process.argv[1] === fileURLToPath(import.meta.url))
  try {
    for (const [name, sizeBytes] of Object.entries(await build())) console.log(`${name}\t${sizeBytes} bytes`);
  } catch (error) {
    if (!(error instanceof BuildFailed)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }

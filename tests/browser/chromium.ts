import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BrowserServer, chromium, type LaunchOptions } from 'playwright-core';
import { type FontSetName, installFontSet } from './font-sets.ts';

// The browser sends no requests of its own. In containers /dev/shm is too small.
const ARGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
];

/** A running browser. Tests connect to its endpoint. */
export type Chromium = { readonly endpoint: string; close(): Promise<void> };

/** Starts a Chromium that has only the fonts of a set. */
export async function startChromium(launch: LaunchOptions, fonts: FontSetName): Promise<Chromium> {
  const installed = installFontSet(fonts);
  // Other variables that lead fontconfig to fonts are left out.
  const { FONTCONFIG_PATH, FONTCONFIG_SYSROOT, ...env } = process.env;
  const options = { args: ARGS, env: { ...env, FONTCONFIG_FILE: installed.file }, ...launch };
  const server: BrowserServer = await chromium.launchServer(options).catch((error: unknown) => {
    installed.dispose();
    throw error;
  });
  return {
    endpoint: server.wsEndpoint(),
    async close() {
      await server.close();
      installed.dispose();
    },
  };
}

/**
 * How to start a Chromium: the program that CHROME_PATH names; else, on Linux x64, the one in an npm package; elsewhere
 * the machine's own Chrome. Nothing is downloaded.
 * @throws Error where CHROME_PATH names a missing file
 */
export async function whichChromium(): Promise<LaunchOptions> {
  const given = process.env.CHROME_PATH;
  if (given !== undefined) {
    if (!existsSync(given)) throw new Error(`CHROME_PATH names ${given}, which does not exist`);
    return { executablePath: given };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome' };
  return { executablePath: await unpackChromium() };
}

/**
 * Unpacks the package's Chromium once, into a cache in node_modules; gives the path of the program. The package itself
 * unpacks into the folder for temporary files, and trusts what it finds there: another version, another user's, or an
 * incomplete one.
 */
async function unpackChromium(): Promise<string> {
  const modules = join(import.meta.dirname, '../../node_modules');
  const { version } = JSON.parse(readFileSync(join(modules, '@sparticuz/chromium/package.json'), 'utf8'));
  const cacheFolder = join(modules, '.cache');
  const folder = join(cacheFolder, `chromium-${version}`);
  const executable = join(folder, 'chromium');
  if (existsSync(executable)) return executable;
  mkdirSync(cacheFolder, { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  const unpack = `await (await import('@sparticuz/chromium')).default.executablePath()`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', unpack], {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR: fresh },
  });
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(executable)) throw error; // else another run has unpacked it first
  }
  return executable;
}

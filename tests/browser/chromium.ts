import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BrowserServer, chromium, type LaunchOptions } from 'playwright-core';
import { type FontSetName, installFontSet } from './font-sets.ts';

// Nothing of the browser's own goes to the network; containers give too little /dev/shm.
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

/** A running browser that tests connect to. */
export type Chromium = { readonly endpoint: string; close(): Promise<void> };

/** Starts a Chromium that finds the fonts of a set and no other. */
export async function startChromium(which: LaunchOptions, fonts: FontSetName): Promise<Chromium> {
  const installed = installFontSet(fonts);
  // What else points fontconfig at fonts is left out.
  const { FONTCONFIG_PATH, FONTCONFIG_SYSROOT, ...env } = process.env;
  const options = { args: ARGS, env: { ...env, FONTCONFIG_FILE: installed.file }, ...which };
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
 * Which Chromium to start: CHROME_PATH if it is set, on Linux x64 the one of an npm package, elsewhere the machine's own
 * Chrome. Nothing is downloaded.
 */
export async function whichChromium(): Promise<LaunchOptions> {
  const given = process.env.CHROME_PATH;
  if (given !== undefined) {
    if (!existsSync(given)) throw new Error(`CHROME_PATH names ${given}, which is not there`);
    return { executablePath: given };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome' };
  return { executablePath: await unpacked() };
}

/**
 * The package's Chromium, unpacked beside the package once. The package itself unpacks into the folder for temporary
 * files, where it takes what is there for its own: another version, another user's, or one half written.
 */
async function unpacked(): Promise<string> {
  const modules = join(import.meta.dirname, '../../node_modules');
  const { version } = JSON.parse(readFileSync(join(modules, '@sparticuz/chromium/package.json'), 'utf8'));
  const caches = join(modules, '.cache');
  const folder = join(caches, `chromium-${version}`);
  const executable = join(folder, 'chromium');
  if (existsSync(executable)) return executable;
  mkdirSync(caches, { recursive: true });
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
    if (!existsSync(executable)) throw error; // else another run was first
  }
  return executable;
}

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
  const options = { ...launch, args: ARGS, env: { ...env, ...launch.env, FONTCONFIG_FILE: installed.file } };
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
  const folder = await unpackChromium();
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023/lib') },
  };
}

/**
 * Unpacks the package's Chromium and the libraries that it loads, once, into a cache in node_modules; gives the folder.
 * A slim machine does not have the libraries. The package itself unpacks into the folder for temporary files, and trusts
 * what it finds there: another version, another user's, or an incomplete one.
 */
async function unpackChromium(): Promise<string> {
  const modules = join(import.meta.dirname, '../../node_modules');
  const { version } = JSON.parse(readFileSync(join(modules, '@sparticuz/chromium/package.json'), 'utf8'));
  const cacheFolder = join(modules, '.cache');
  const folder = join(cacheFolder, `chromium-and-libraries-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheFolder, { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  const unpack = `
    const { default: chromium, inflate } = await import('@sparticuz/chromium');
    await Promise.all([chromium.executablePath(), inflate(process.argv[1])]);`;
  const libraries = join(modules, '@sparticuz/chromium/bin/al2023.tar.br');
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', unpack, libraries], {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR: fresh },
  });
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else another run has unpacked it first
  }
  return folder;
}

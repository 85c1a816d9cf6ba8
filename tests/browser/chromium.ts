import { existsSync } from 'node:fs';
import { type BrowserServer, chromium, type LaunchOptions } from 'playwright-core';

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

/**
 * Starts a Chromium that tests connect to: CHROME_PATH if it is set, on Linux x64 the one of an npm package, elsewhere
 * the machine's own Chrome. Nothing is downloaded.
 */
export const startChromium = async (): Promise<BrowserServer> =>
  chromium.launchServer({ args: ARGS, ...(await whichChromium()) });

async function whichChromium(): Promise<LaunchOptions> {
  const given = process.env.CHROME_PATH;
  if (given !== undefined) {
    if (!existsSync(given)) throw new Error(`CHROME_PATH names ${given}, which is not there`);
    return { executablePath: given };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome' };
  const { default: packaged } = await import('@sparticuz/chromium');
  return { executablePath: await packaged.executablePath() };
}

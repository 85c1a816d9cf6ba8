import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { makeCheckout } from '../crash/checkout.ts';
import { startSite } from '../crash/site-process.ts';
import { freePort } from '../free-port.ts';
import { startChromium, whichChromium } from './chromium.ts';
import { type Examples, publishExamples } from './examples.ts';
import { FONT_SET_NAMES, type FontSetName } from './font-sets.ts';
import { staffOf } from './staff.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Scheme, host and port of the site. */
    origin: string;
    operatorKey: string;
    /** Where to connect to the browser that has a set of fonts. */
    browsers: { readonly [fonts in FontSetName]?: string };
    examples: Examples;
  }
}

/** Starts the real site as `npm start` does, in a checkout of its own, and one browser for each set of fonts. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const checkout = makeCheckout(join(import.meta.dirname, '../..'));
  const port = await freePort();
  const [site, browsers] = await Promise.all([startSite(checkout.root, port), startBrowsers()]);
  const origin = `http://localhost:${port}`;
  const vars = readFileSync(join(checkout.root, '.dev.vars'), 'utf8');
  const operatorKey = /^OPERATOR_KEY=([\w-]+)/m.exec(vars)?.[1] ?? '';
  provide('origin', origin);
  provide('operatorKey', operatorKey);
  provide('browsers', Object.fromEntries(browsers.map(([fonts, { endpoint }]) => [fonts, endpoint])));
  provide('examples', await publishExamples(staffOf(origin, operatorKey)));
  return async () => {
    await Promise.all(browsers.map(([, browser]) => browser.close()));
    await site.stop();
    checkout.dispose();
  };
}

async function startBrowsers() {
  const which = await whichChromium();
  return Promise.all(
    FONT_SET_NAMES.map(async (fonts) => [fonts, await startChromium(which, fonts)] as const),
  );
}

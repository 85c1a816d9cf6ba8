import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { makeCheckout } from '../crash/checkout.ts';
import { endSites, startSite } from '../crash/site-process.ts';
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
    /** The endpoint of the browser with each set of fonts. */
    browsers: { readonly [fonts in FontSetName]?: string };
    examples: Examples;
  }
}

/**
 * Starts the real site as `npm start` does, in a separate checkout, and one browser for each set of fonts. Gives a
 * function that ends them all. If a start fails, the others are ended too.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const started = new AsyncDisposableStack();
  try {
    await start(started, provide);
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
  return () => started.disposeAsync();
}

async function start(started: AsyncDisposableStack, provide: TestProject['provide']): Promise<void> {
  const checkout = makeCheckout(join(import.meta.dirname, '../..'));
  started.defer(checkout.dispose);
  started.defer(endSites);
  const port = await freePort();
  const launch = await whichChromium();
  const browsers: { [fonts in FontSetName]?: string } = {};
  const starts = [
    startSite(checkout.root, port),
    ...FONT_SET_NAMES.map(async (fonts) => {
      const browser = await startChromium(launch, fonts);
      started.defer(browser.close);
      browsers[fonts] = browser.endpoint;
    }),
  ];
  await Promise.allSettled(starts); // only a finished start can be ended
  await Promise.all(starts);
  const origin = `http://localhost:${port}`;
  const vars = readFileSync(join(checkout.root, '.dev.vars'), 'utf8');
  const operatorKey = /^OPERATOR_KEY=([\w-]+)/m.exec(vars)?.[1] ?? '';
  provide('origin', origin);
  provide('operatorKey', operatorKey);
  provide('browsers', browsers);
  provide('examples', await publishExamples(staffOf(origin, operatorKey)));
}

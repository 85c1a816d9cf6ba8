import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { makeCheckout } from '../crash/checkout.ts';
import { endSites, startSite } from '../crash/site-process.ts';
import { freePort } from '../free-port.ts';
import { startChromium, whichChromium } from './chromium.ts';
import { publishExamples } from './examples.ts';
import { FONT_SET_NAMES, type FontSetName } from './font-sets.ts';
import { staffOf } from './staff.ts';
import type { StartedSite } from './the-site.ts';

/**
 * Starts the real site as `npm start` does, in a separate checkout, and one browser for each set of fonts. Gives a
 * function that ends them all. It does not wait until they are up, so that tests of other projects run meanwhile: the
 * tests in the browser ask for them at an address of their own. See the-site.ts.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const started = new AsyncDisposableStack();
  const site = start(started);
  site.catch(() => {}); // each test file that asks gets the error
  const port = await freePort();
  const server = createServer((_, answer) => {
    site.then(
      (value) => answer.end(JSON.stringify(value)),
      (error: unknown) => answer.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  provide('siteAddress', `http://127.0.0.1:${port}`);
  return async () => {
    await site.catch(() => {}); // only a finished start can be ended
    await started.disposeAsync();
    server.close();
  };
}

async function start(started: AsyncDisposableStack): Promise<StartedSite> {
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
  const examples = await publishExamples(staffOf(origin, operatorKey));
  return { origin, operatorKey, browsers, examples };
}

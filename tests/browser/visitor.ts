import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { IS_TEST_LONG } from '../in-test-long.ts';
import type { FontSetName } from './font-sets.ts';
import { browsers, origin } from './the-site.ts';

declare global {
  /** The layout shifts of a page: the score of each, and what moved. https://wicg.github.io/layout-instability/ */
  var layoutShifts: string[];
}

// https://wicg.github.io/layout-instability/#sec-layout-shift, which TypeScript's library does not have
type LayoutShift = PerformanceEntry & {
  readonly value: number;
  readonly sources: readonly { readonly node: Node | null }[];
};

/** A page that a reader has open. */
export type Visit = {
  readonly page: Page;
  /** Errors and warnings of the console, the page's scripts and its content security policy. */
  readonly complaints: readonly string[];
  /** The paths of all requests, in order. */
  readonly requested: readonly string[];
  /** Opens a path; gives the status of the answer. */
  go(path: string): Promise<number>;
  [Symbol.asyncDispose](): Promise<void>;
};

export const LANGUAGES = ['ar', 'en'] as const;
/** For the slowest tests: `npm test` looks at one language, `npm run test:long` at both. */
export const LANGUAGES_OF_RUN: readonly Language[] = IS_TEST_LONG ? LANGUAGES : ['ar'];
export type Language = (typeof LANGUAGES)[number];

const connections = new Map<FontSetName, Promise<Browser>>();

/** The browser with a set of fonts. Each test file connects to it once. */
function browserOf(fonts: FontSetName): Promise<Browser> {
  const connected = connections.get(fonts) ?? chromium.connect(browsers[fonts] ?? '');
  connections.set(fonts, connected);
  return connected;
}

type VisitOptions = BrowserContextOptions & { readonly fonts?: FontSetName };

/** Opens a new browser window without cache and storage. Its fonts are the `usual` set by default. */
export async function visitor({ fonts = 'usual', ...options }: VisitOptions = {}): Promise<Visit> {
  const context = await (await browserOf(fonts)).newContext({
    locale: 'en-US',
    viewport: { width: 1280, height: 800 },
    baseURL: origin,
    ...options,
  });
  return watched(context, await context.newPage());
}

/** A visit that collects the page's complaints and requests. */
async function watched(context: BrowserContext, page: Page): Promise<Visit> {
  const complaints: string[] = [];
  const requested: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    // The browser reports this for the page itself if it is a 404 or 410, as some tests expect.
    if (message.location().url === page.url() && /^Failed to load resource/.test(message.text())) return;
    complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => requested.push(new URL(request.url()).pathname));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event: Event) => {
      const { violatedDirective, blockedURI } = event as SecurityPolicyViolationEvent;
      console.error(`policy: ${violatedDirective} ${blockedURI}`);
    });
    globalThis.layoutShifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, sources } = entry as LayoutShift;
        const moved = sources.map(({ node }) => (node instanceof Element ? node.outerHTML : String(node)));
        globalThis.layoutShifts.push(`${value}: ${moved.join(' ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return {
    page,
    complaints,
    requested,
    go: async (path) => (await page.goto(path))?.status() ?? 0,
    [Symbol.asyncDispose]: () => context.close(),
  };
}

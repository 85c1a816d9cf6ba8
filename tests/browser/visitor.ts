import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { inject } from 'vitest';
import type { FontSetName } from './font-sets.ts';

declare global {
  /** The layout shifts a page has had (https://wicg.github.io/layout-instability/): how much, and what moved. */
  var layoutShifts: string[];
}

// https://wicg.github.io/layout-instability/#sec-layout-shift, which TypeScript's library does not have
type LayoutShift = PerformanceEntry & {
  readonly value: number;
  readonly sources: readonly { readonly node: Node | null }[];
};

/** A page as a reader has it open. */
export type Visit = {
  readonly page: Page;
  /** What the console, the page's scripts and its content security policy complained of. */
  readonly complaints: readonly string[];
  /** Paths of all that was asked for, in order. */
  readonly requested: readonly string[];
  go(path: string): Promise<number>;
  [Symbol.asyncDispose](): Promise<void>;
};

export const LANGUAGES = ['ar', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const browsers = new Map<FontSetName, Promise<Browser>>();

/** The browser that has a set of fonts; each test file connects to it once. */
function browserOf(fonts: FontSetName): Promise<Browser> {
  const connected = browsers.get(fonts) ?? chromium.connect(inject('browsers')[fonts] ?? '');
  browsers.set(fonts, connected);
  return connected;
}

type Wish = BrowserContextOptions & { readonly fonts?: FontSetName };

/** Opens a browser window of its own, with no cache and no storage, and with a set of fonts, the usual one if none is named. */
export async function visitor({ fonts = 'usual', ...wish }: Wish = {}): Promise<Visit> {
  const context = await (await browserOf(fonts)).newContext({
    locale: 'en-US',
    viewport: { width: 1280, height: 800 },
    baseURL: inject('origin'),
    ...wish,
  });
  return watched(context, await context.newPage());
}

async function watched(context: BrowserContext, page: Page): Promise<Visit> {
  const complaints: string[] = [];
  const requested: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    // The browser says so of the page itself where that is a 404 or 410, as tests ask for.
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

import { setTimeout as sleep } from 'node:timers/promises';
import type { CivilDate } from '../../worker/model/civil-date.ts';
import type { Reference } from './figure.ts';
import { figure, type Size } from './grow-site.ts';
import type { Writer } from './grown-content.ts';
import { type CountingSite, staffCall } from './site-in-miniflare.ts';

/** The kinds of change whose publishes are measured. */
export const KINDS = ['a figure', 'news', 'a decision', 'an answer to a question'] as const;
export type Kind = (typeof KINDS)[number];

/** A site with history, the writer of its new items, and their date. */
export type GrownSite = CountingSite & {
  readonly size: Size;
  readonly write: Writer;
  readonly today: CivilDate;
};

/** KV accepts one write of `current` a second. Publishes are further apart, so that none has to wait. */
const PACE_MS = 1200;

/** Publishes the `i`th new change of a kind. */
export function publish({ url, write, today, size }: GrownSite, kind: Kind, i: number): Promise<unknown> {
  switch (kind) {
    case 'a figure': {
      const values = { m0: figure('m0', size.years * 365) + i }; // as usual, so that nobody is asked whether it is right
      return staffCall(url, 'PUT', `statistics/${today}`, { values, reason: 'bench' });
    }
    case 'news':
      return staffCall(url, 'POST', 'news', write('news', 10_000 + i, today));
    case 'a decision':
      return staffCall(url, 'POST', 'decisions', write('decisions', 10_000 + i, today));
    case 'an answer to a question':
      return staffCall(url, 'POST', 'faq', write('faq', 10_000 + i, today));
    default:
      return kind satisfies never;
  }
}

/**
 * Acts on the sites in turns, `times` times on each. Before each turn a share of the pace passes, so that no site has
 * to wait for the second between two of its publishes.
 */
export async function inTurns(
  sites: readonly GrownSite[],
  times: number,
  act: (site: GrownSite, i: number) => Promise<void>,
): Promise<void> {
  for (let i = 0; i < times; i++)
    for (const site of sites) {
      await sleep(PACE_MS / sites.length);
      await act(site, i);
    }
}

/** Measures how long an act takes, by the clock and in CPU time of its site; both in milliseconds. */
export async function timed(site: GrownSite, act: () => Promise<unknown>): Promise<Times> {
  const [start, cpuStart] = [performance.now(), site.cpuMs()];
  await act();
  return { ms: performance.now() - start, cpuMs: site.cpuMs() - cpuStart };
}
export type Times = { readonly ms: number; readonly cpuMs: number };

/** Puts a site's Newsroom to sleep, as the platform does when nobody calls it. */
export async function putToSleep({ site, url }: GrownSite): Promise<void> {
  await staffCall(url, 'GET', 'whoami'); // wakes it: a sleeping one can't be put to sleep
  await site.unsafeEvictDurableObject('bench', 'Newsroom', { name: 'newsroom' });
}

/** The reference that was measured on the site with a tenth of the history. */
export const besideTenth = (value: number): Reference => ({ value, against: 'with a tenth of the history' });

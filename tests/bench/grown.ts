import { setTimeout as sleep } from 'node:timers/promises';
import type { CivilDate } from '../../worker/model/civil-date.ts';
import type { Reference } from './figure.ts';
import type { Size } from './grow-site.ts';
import type { Writer } from './grown-content.ts';
import { type CountingSite, staffCall } from './site-in-miniflare.ts';

/** What is published again and again. */
export const KINDS = ['a figure', 'news', 'a decision', 'an answer to a question'] as const;
export type Kind = (typeof KINDS)[number];

/** A site that has grown, what to publish on it, and the day to do so. */
export type Grown = CountingSite & {
  readonly size: Size;
  readonly write: Writer;
  readonly today: CivilDate;
};

/** KV takes one write a second to `current`: a publish that need not wait is measured after longer than that. */
const PACE_MS = 1200;

/** Publishes something that was not there before: the `i`th of its kind. */
export function publish({ url, write, today }: Grown, kind: Kind, i: number): Promise<unknown> {
  switch (kind) {
    case 'a figure':
      return staffCall(url, 'PUT', `statistics/${today}`, { values: { m0: 1000 + i }, reason: 'bench' });
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
 * Does something on each site, one after the other and `times` over, in turns. Half of the pace passes before the one's
 * turn and half before the other's, so that neither waits for the second between two of its publishes.
 */
export async function inTurns(
  sites: readonly Grown[],
  times: number,
  act: (site: Grown, i: number) => Promise<void>,
): Promise<void> {
  for (let i = 0; i < times; i++)
    for (const site of sites) {
      await sleep(PACE_MS / sites.length);
      await act(site, i);
    }
}

/** How long something takes: by the clock, and of its site's processor time; both in milliseconds. */
export async function timed(site: Grown, act: () => Promise<unknown>): Promise<Times> {
  const [start, cpuStart] = [performance.now(), site.cpuMs()];
  await act();
  return { ms: performance.now() - start, cpuMs: site.cpuMs() - cpuStart };
}
export type Times = { readonly ms: number; readonly cpuMs: number };

/** Puts a site's Newsroom to sleep, as the platform does with one that nobody calls. */
export async function putToSleep({ site, url }: Grown): Promise<void> {
  await staffCall(url, 'GET', 'whoami'); // what sleeps already can't be put to sleep
  await site.unsafeEvictDurableObject('bench', 'Newsroom', { name: 'newsroom' });
}

/** The same, measured on the site with a tenth of it all. */
export const besideTenth = (value: number): Reference => ({ value, against: 'with a tenth of it' });

import { readSeed } from '../../scripts/seed/read-seed.ts';
import { addDays, type CivilDate } from '../../worker/model/civil-date.ts';
import { atMost, type Measured, median } from './figure.ts';
import { growSite, type Size } from './grow-site.ts';
import {
  besideTenth,
  type GrownSite,
  inTurns,
  KINDS,
  type Kind,
  publish,
  type Times,
  timed,
} from './grown.ts';
import { writerLike } from './grown-content.ts';
import { measureHomePages, measureNewTemplates, measureSizes, measureWaking } from './grown-figures.ts';
import { measureItemPages } from './item-pages.ts';
import { startCountingSite } from './site-in-miniflare.ts';

/**
 * Ten years of an official bulletin, with 2,000 items. News, decisions and rumours grow with the days. The other
 * collections change with the situation only; they start from the seed's 25 questions, 9 pieces of guidance, 5 phases
 * and 8 contacts. A list's first page holds fifty items and the remainder of the list's length divided by fifty. This
 * remainder is about the same on both sites, or the first pages of one would be up to twice as long as those of the
 * other.
 */
const ALL: Size = {
  years: 10,
  items: { news: 890, decisions: 890, rumours: 60, faq: 100, guidance: 30, plan: 10, contacts: 20 },
  entries: 20_000,
  edits: 1200,
  withdrawals: 40,
};
const TENTH: Size = {
  years: 1,
  items: { news: 89, decisions: 89, rumours: 6, faq: 10, guidance: 3, plan: 1, contacts: 2 },
  entries: 2000,
  edits: 120,
  withdrawals: 4,
};
const ROUNDS = 15;
/**
 * Rounds that are run first and do not count. The small site's code has run a tenth as often as the large one's, and
 * its first publishes of a kind took twice the CPU time of later ones.
 */
const WARM_UP = 6;
const BOUND_MS = 500;
/**
 * The highest ratio of the time with all history to the time with a tenth, if a publish changes no whole-series file.
 */
const MAX_RATIO = 1.3;
const MAX_WRITES = 8;

/** The times and the KV writes of each publish, by site and kind. */
type Rounds = Map<GrownSite, Record<Kind, (Times & { readonly writes: number })[]>>;

/**
 * Measures publishes, from the staff call to its answer, which comes when the release is in KV. One site has ten years
 * of 20 metrics, 2,000 items and 20,000 entries; the other has a tenth of that; they take turns. Then measures what
 * else grows with the history: the release, a reader's memory, home pages, the wake of the Newsroom, a deploy of new
 * templates.
 * @param earlier the figures measured so far, with the home pages of the seeded site
 */
export async function measurePublish(earlier: readonly Measured[]): Promise<readonly Measured[]> {
  const seed = await readSeed('tests/fixtures/epidemic');
  const today = new Date().toISOString().slice(0, 10) as CivilDate;
  const items = { write: writerLike(seed), today };
  const all = { ...(await startCountingSite()), ...items, size: ALL };
  const tenth = { ...(await startCountingSite()), ...items, size: TENTH };
  const both = [all, tenth];
  try {
    await Promise.all(
      both.map((site) => growSite(site.url, seed, site.write, site.size, addDays(today, -1))),
    );
    const rounds: Rounds = new Map(
      both.map((site) => [
        site,
        { 'a figure': [], news: [], 'a decision': [], 'an answer to a question': [] },
      ]),
    );
    for (const kind of KINDS)
      await inTurns(both, WARM_UP + ROUNDS, async (site, i) => {
        const measured = await publishCounted(site, kind, i);
        if (i >= WARM_UP) rounds.get(site)?.[kind].push(measured);
      });
    const [allRounds, tenthRounds] = [rounds.get(all), rounds.get(tenth)];
    if (!allRounds || !tenthRounds) throw new Error('a site was not measured');
    return [
      ...KINDS.flatMap((kind) => timesOf(kind, allRounds[kind], tenthRounds[kind])),
      ...KINDS.map((kind) => writesOf(kind, allRounds[kind], tenthRounds[kind])),
      ...(await measureSizes(all, tenth)),
      await measureItemPages(all),
      ...(await measureHomePages(all, earlier)),
      ...(await measureWaking(all, tenth, WARM_UP + ROUNDS)),
      ...(await measureNewTemplates(all, tenth)),
    ];
  } finally {
    await Promise.all(both.map(({ site }) => site.dispose()));
  }
}

/** Publishes a change; gives the times and the number of KV writes. */
async function publishCounted(site: GrownSite, kind: Kind, i: number) {
  const kvCounts = new URL('/bench/kv', site.url);
  await fetch(kvCounts); // resets the counts
  const times = await timed(site, () => publish(site, kind, i));
  const kv = (await (await fetch(kvCounts)).json()) as { readonly put: number; readonly delete: number };
  return { ...times, writes: kv.put + kv.delete };
}

function timesOf(kind: Kind, all: readonly Times[], tenth: readonly Times[]): readonly Measured[] {
  const line = (clock: keyof Times, name: string, unit: string, maxRatio?: number) =>
    atMost(name, median(all.map((time) => time[clock])), BOUND_MS, unit, {
      ...besideTenth(median(tenth.map((time) => time[clock]))),
      // Each round is compared with the round next to it, so that other load on the machine affects both.
      ratio: median(all.map((time, i) => time[clock] / (tenth[i]?.[clock] ?? Number.NaN))),
      ...(maxRatio === undefined ? {} : { maxRatio }),
    });
  const keepsSeries = kind === 'news' || kind === 'a decision';
  return [
    line('ms', `publish ${kind}, with all history`, 'ms'),
    // On a busy machine CPU time is more reliable than the clock.
    line('cpuMs', `the same in processor time`, 'ms of CPU', keepsSeries ? MAX_RATIO : undefined),
  ];
}

function writesOf(kind: Kind, all: readonly Counted[], tenth: readonly Counted[]): Measured {
  const most = (rounds: readonly Counted[]) => Math.max(...rounds.map(({ writes }) => writes));
  const name = `KV writes of publishing ${kind}, the most of ${ROUNDS}`;
  return atMost(name, most(all), MAX_WRITES, 'writes', besideTenth(most(tenth)));
}
type Counted = { readonly writes: number };

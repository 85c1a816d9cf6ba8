import { readSeed } from '../../scripts/seed/read-seed.ts';
import { addDays, type CivilDate } from '../../worker/model/civil-date.ts';
import { atMost, type Measured, median } from './figure.ts';
import { growSite, type Size } from './grow-site.ts';
import { besideTenth, type Grown, inTurns, KINDS, type Kind, publish, type Times, timed } from './grown.ts';
import { writerLike } from './grown-content.ts';
import { measureHomePages, measureNewTemplates, measureSizes, measureWaking } from './grown-figures.ts';
import { startCountingSite } from './site-in-miniflare.ts';

/**
 * Ten years of an official bulletin: 2,000 items. News, decisions and rumours grow with the days; the rest grows from
 * the seed's 25 questions, 9 pieces of guidance, 5 phases and 8 contacts only as the situation changes. A list's first
 * page holds what is over fifty, and fifty more: that is as much here as with a tenth of it, or one site's first pages
 * would be up to twice as long as the other's.
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
 * Rounds before these that do not count: the small site's code has run a tenth as often as the large one's, and its first
 * publishes of a kind took twice the processor time of later ones.
 */
const WARM_UP = 6;
const BOUND_MS = 500;
/** Of publishing what leaves the whole-series files alone: how much dearer ten times the history may make it. */
const MAX_RATIO = 1.3;
const MAX_WRITES = 8;

/** What publishing took and how many KV writes it made, by site and kind. */
type Rounds = Map<Grown, Record<Kind, (Times & { readonly writes: number })[]>>;

/**
 * Publishing, from the staff call to its answer, which comes when the release is in KV: with ten years of 20 metrics,
 * 2,000 items and 20,000 entries, and with a tenth of all that, in turns. Then what else grows: release, a reader's
 * memory, home pages, waking, new templates.
 * @param before what was measured so far: the seeded site's home pages are looked up in it
 */
export async function measurePublish(before: readonly Measured[]): Promise<readonly Measured[]> {
  const seed = await readSeed('tests/fixtures/epidemic');
  const today = new Date().toISOString().slice(0, 10) as CivilDate;
  const like = { write: writerLike(seed), today };
  const all = { ...(await startCountingSite()), ...like, size: ALL };
  const tenth = { ...(await startCountingSite()), ...like, size: TENTH };
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
    const [mine, other] = [rounds.get(all), rounds.get(tenth)];
    if (!mine || !other) throw new Error('both sites were measured');
    return [
      ...KINDS.flatMap((kind) => timeOf(kind, mine[kind], other[kind])),
      ...KINDS.map((kind) => writesOf(kind, mine[kind], other[kind])),
      ...(await measureSizes(all, tenth)),
      ...(await measureHomePages(all, before)),
      ...(await measureWaking(all, tenth, WARM_UP + ROUNDS)),
      ...(await measureNewTemplates(all, tenth)),
    ];
  } finally {
    await Promise.all(both.map(({ site }) => site.dispose()));
  }
}

async function publishCounted(site: Grown, kind: Kind, i: number) {
  const counted = new URL('/bench/kv', site.url);
  await fetch(counted); // begins anew
  const times = await timed(site, () => publish(site, kind, i));
  const kv = (await (await fetch(counted)).json()) as { readonly put: number; readonly delete: number };
  return { ...times, writes: kv.put + kv.delete };
}

function timeOf(kind: Kind, mine: readonly Times[], other: readonly Times[]): readonly Measured[] {
  const line = (what: keyof Times, name: string, unit: string, maxRatio?: number) =>
    atMost(name, median(mine.map((t) => t[what])), BOUND_MS, unit, {
      ...besideTenth(median(other.map((t) => t[what]))),
      // Each round is compared with its neighbour, so that what else the machine did meanwhile weighs on both.
      ratio: median(mine.map((t, i) => t[what] / (other[i]?.[what] ?? Number.NaN))),
      ...(maxRatio === undefined ? {} : { maxRatio }),
    });
  const leavesSeries = kind === 'news' || kind === 'a decision';
  return [
    line('ms', `publish ${kind}, with all history`, 'ms'),
    // On a machine that does other things too, the clock tells less than the processor time.
    line('cpuMs', `the same in processor time`, 'ms of CPU', leavesSeries ? MAX_RATIO : undefined),
  ];
}

function writesOf(kind: Kind, mine: readonly Counted[], other: readonly Counted[]): Measured {
  const most = (all: readonly Counted[]) => Math.max(...all.map(({ writes }) => writes));
  const name = `KV writes of publishing ${kind}, the most of ${ROUNDS}`;
  return atMost(name, most(mine), MAX_WRITES, 'writes', besideTenth(most(other)));
}
type Counted = { readonly writes: number };

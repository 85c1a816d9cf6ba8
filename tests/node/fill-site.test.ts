import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { fillSite } from '../../scripts/seed/fill-site.ts';
import { readSeed, type Seed } from '../../scripts/seed/read-seed.ts';
import { type Staff, type StaffItem, StaffRefusal } from '../../scripts/seed/staff-client.ts';
import { COLLECTIONS, type Collection } from '../../worker/model/collections/registry.ts';
import { toItemId } from '../../worker/model/item.ts';
import type { Site } from '../../worker/model/site.ts';

type Body = {
  figures?: string;
  collection?: Collection;
  items?: readonly Pick<StaffItem, 'agency' | 'content'>[];
};

/** A staff endpoint in memory. Call number `failAt`, counted from 0, fails: with `refusal`, or as a lost connection. */
function aSite(failAt = Number.POSITIVE_INFINITY, refusal?: StaffRefusal) {
  const site = {
    calls: [] as string[],
    keys: [] as string[],
    bytes: [] as number[],
    days: new Map<string, string>(),
    failAt,
  };
  const items = new Map(COLLECTIONS.map((collection) => [collection as string, [] as StaffItem[]]));
  let settings: Site | null = null;
  const staff: Staff = {
    site: async () => settings,
    items: async (collection) => items.get(collection) ?? [],
    call: async (method, path, sent, key) => {
      if (site.calls.length === site.failAt) throw refusal ?? new Error('gone');
      const text = JSON.stringify(sent);
      const body: Body = JSON.parse(text);
      site.bytes.push(Buffer.byteLength(text));
      site.calls.push(`${method} ${path}`);
      if (key !== undefined) site.keys.push(key);
      if (path === '/site') settings = sent as Site;
      for (const line of body.figures?.trimEnd().split('\n').slice(1) ?? [])
        site.days.set(line.slice(0, 10), line);
      for (const item of body.items ?? []) {
        const all = items.get(body.collection ?? '');
        all?.push({ id: String(all.length + 1), ...item });
      }
      return {};
    },
  };
  return { ...site, staff, items, site, settings: () => settings };
}

const seed = await readSeed('tests/fixtures/epidemic');
const quiet = () => {};
const itemCounts = Object.fromEntries(
  COLLECTIONS.map((collection) => [collection, seed.items[collection].length]),
);
const itemCountsOf = (items: ReturnType<typeof aSite>['items']) =>
  Object.fromEntries([...items].map(([collection, all]) => [collection, all.length]));

it('fills an empty site in ten to fifteen calls, and opens it with the last one', async () => {
  const { staff, site, items, settings } = aSite();
  const lines: string[] = [];
  expect(await fillSite(seed, staff, 'https://bulletin.example', (line) => lines.push(line))).toBe('filled');
  expect(settings()).toMatchObject({ open: true, origin: 'https://bulletin.example' });
  expect(site.calls.length).toBeGreaterThanOrEqual(10);
  expect(site.calls.length).toBeLessThanOrEqual(15);
  expect(lines).toHaveLength(site.calls.length);
  expect([site.calls[0], site.calls.at(-1)]).toEqual(['PUT /site', 'PUT /site']);
  expect(site.days.size).toBe(seed.figures.days.length);
  expect(itemCountsOf(items)).toEqual(itemCounts);
});

it('continues after an interruption at any call, and adds no item twice', async () => {
  const whole = aSite();
  await fillSite(seed, whole.staff, 'http://localhost:1', quiet);
  for (let cut = 0; cut < whole.site.calls.length; cut++) {
    const { staff, site, items, settings } = aSite(cut);
    await fillSite(seed, staff, 'http://localhost:1', quiet).catch(quiet);
    expect(settings()?.open ?? false, `cut at ${cut}`).toBe(false);
    site.failAt = Number.POSITIVE_INFINITY;
    await fillSite(seed, staff, 'http://localhost:1', quiet);
    expect(settings()?.open).toBe(true);
    expect(site.days.size).toBe(seed.figures.days.length);
    expect(itemCountsOf(items), `cut at ${cut}`).toEqual(itemCounts);
    // `replaces` names decisions by id, and an id is a place in this order.
    const names = items.get('decisions')?.map(({ content }) => Object(content).title.en);
    expect(names, `cut at ${cut}`).toEqual(seed.items.decisions.map(({ content }) => content.title.en));
  }
});

it('gives each import an idempotency key made from its content, so that a repeated call is recognised', async () => {
  const [first, second] = [aSite(), aSite()];
  await fillSite(seed, first.staff, 'http://localhost:1', quiet);
  await fillSite(seed, second.staff, 'http://localhost:2', quiet);
  expect(first.site.keys).toEqual(second.site.keys);
  expect(new Set(first.site.keys).size).toBe(first.site.keys.length);
});

it('changes nothing on a site that is already open', async () => {
  const { staff, site } = aSite();
  await fillSite(seed, staff, 'http://localhost:1', quiet);
  const callCount = site.calls.length;
  expect(await fillSite(seed, staff, 'http://localhost:1', quiet)).toBe('already-open');
  expect(site.calls).toHaveLength(callCount);
});

it('does not fill a site that holds other decisions, because links between decisions would be wrong', async () => {
  const { staff, site, items } = aSite(6);
  await fillSite(seed, staff, 'http://localhost:1', quiet).catch(quiet);
  site.failAt = Number.POSITIVE_INFINITY;
  items.get('decisions')?.push({ id: '1', agency: 'health-ministry', content: { title: { ar: 'قرار' } } });
  await expect(fillSite(seed, staff, 'http://localhost:1', quiet)).rejects.toThrow(
    /^decisions\/1 on the site differs/,
  );
});

it('does not fill a site that holds other contacts, if the settings choose one by its id', async () => {
  const { staff, site, items } = aSite(6);
  await fillSite(seed, staff, 'http://localhost:1', quiet).catch(quiet);
  site.failAt = Number.POSITIVE_INFINITY;
  items.get('contacts')?.push({ id: '1', agency: 'health-ministry', content: { name: { ar: 'خط' } } });
  const choosing = { ...seed, site: { ...seed.site, hotline: toItemId(1) } };
  await expect(fillSite(choosing, staff, 'http://localhost:1', quiet)).rejects.toThrow(
    /^contacts\/1 on the site differs/,
  );
});

it('limits the size of a call too, so that long texts fit', async () => {
  const [news] = seed.items.news;
  const long = Array.from({ length: 9 }, (_, i) => ({
    ...news,
    content: { ...news?.content, body: { ar: `${i}${'ب'.repeat(49_000)}`, en: 'x'.repeat(49_000) } },
  }));
  const wide = { ...seed, items: { ...seed.items, news: long } } as Seed;
  const { staff, items, bytes } = aSite();
  await fillSite(wide, staff, 'http://localhost:1', quiet);
  expect(items.get('news')).toHaveLength(9);
  expect(Math.max(...bytes)).toBeLessThan(1024 * 1024);
});

it('names the file of a refused item, and the line of a refused figure', async () => {
  const fault = (pointer: string, detail: string, params = {}) =>
    new StaffRefusal(422, 'refused', [{ pointer, code: 'form-other', params, detail }]);
  const item = aSite(5, fault('#/items/1/content/title/en', 'is wrong'));
  // The settings and four calls of figures come before the first items.
  const itemMessage = await fillSite(seed, item.staff, 'http://localhost:1', quiet).catch(
    (e: Error) => e.message,
  );
  expect(itemMessage).toMatch(/epidemic\/news\/\S+\.md, content\/title\/en: is wrong$/);
  const cell = aSite(2, fault('#/figures', 'row 4, column F: is wrong', { row: 4, column: 'F' }));
  const figureMessage = await fillSite(seed, cell.staff, 'http://localhost:1', quiet).catch(
    (e: Error) => e.message,
  );
  expect(figureMessage).toContain('tests/fixtures/epidemic/statistics.csv, line 144, column F: is wrong');
});

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
/** Makes a copy of the fixture with one changed file; gives its folder. */
const brokenSeed = (file: string, change: (text: string) => string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'seed-'));
  folders.push(folder);
  cpSync('tests/fixtures/epidemic', folder, { recursive: true });
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));
  return folder;
};

it.each([
  [
    'site.json',
    (t: string) => t.replace('"open": false,', '"open": false'),
    /site\.json, line 9 column \d+: /,
  ],
  ['site.json', () => '{', /site\.json, line 1.*: is not JSON/],
  [
    'site.json',
    (t: string) => t.replace('Asia/Kuwait', 'Asia/Atlantis'),
    /site\.json, timeZone: must be the/,
  ],
  [
    'site.json',
    (t: string) => t.replace('{', '{"hotline": "2",'),
    /site\.json, hotline: contact 2 of contacts\.json is of kind agency$/,
  ],
  [
    'site.json',
    (t: string) => t.replace('{', '{"fund": "77",'),
    /site\.json, fund: contact 77 of contacts\.json does not exist$/,
  ],
  [
    'statistics.csv',
    (t: string) => t.replace('2020-02-26,15', '2020-02-26,x'),
    /line 4, new_cases: "x" is not/,
  ],
  [
    'statistics.csv',
    (t: string) => t.replace('2020-02-26,', '2020-02-30,'),
    /line 4: 2020-02-30 is not a date/,
  ],
  ['statistics.csv', (t: string) => t.replace('2020-02-26,', '2020-02-25,'), /line 4: .* does not follow/],
  ['statistics.csv', (t: string) => t.replace('deaths', 'dead'), /line 1: dead is not a metric/],
  ['contacts.json', (t: string) => t.replace('"hotline"', '"line"'), /0\/content\/kind: must be hotline/],
  ['news/2020-02-24-first-cases.md', (t: string) => t.replace('# ', ''), /\.md, line \d+: must be the title/],
  [
    'news/2020-02-24-first-cases.md',
    (t: string) => t.replace('agency:', 'agent:'),
    /line \d+: must be one of/,
  ],
  [
    'news/2020-02-24-first-cases.md',
    (t: string) => t.replace('date: 2020', 'date: 20x0'),
    /\.md, date: must be a/,
  ],
  [
    'news/2020-02-24-first-cases.md',
    (t: string) => t.replace('n-centre', 'n'),
    /\.md, agency: is not an agency/,
  ],
  [
    'decisions/2020-04-06-curfew-until-6-am.md',
    (t: string) => t.replace('replaces: 2020-03-21', 'replaces: 2020-03-22'),
    /replaces: must be the name of a file/,
  ],
  [
    'decisions/2020-04-06-curfew-until-6-am.md',
    (t: string) => t.replace(/replaces: .*/, 'replaces: 2020-05-08-total-curfew'),
    /replaces: must be a file whose name sorts before/,
  ],
  [
    'decisions/2020-04-06-curfew-until-6-am.md',
    (t: string) => t.replace('topic:', 'topics:'),
    /line \d+: must be the title, after # and a space, or one of issuer: …, topic: …$/,
  ],
  [
    'decisions/2020-04-06-curfew-until-6-am.md',
    (t: string) => t.replace('topic:', 'issuer:'),
    /line \d+: has issuer twice/,
  ],
  ['faq/protect.md', (t: string) => t.replace('order: ', 'order: x'), /order: must be a whole number/],
  ['faq/protect.md', (t: string) => t.replace('--- en ---', '--- ar ---'), /has the language ar twice/],
  [
    'faq/protect.md',
    (t: string) => t.replace(/# How.*/, ''),
    /must be the question, after # and a space, or/,
  ],
  [
    'faq/protect.md',
    (t: string) => `${t}\n--- fr ---\n`,
    /line \d+: has no question, which is written after #/,
  ],
  [
    'plan/phase-1.md',
    (t: string) => t.replace('## open', '## opened'),
    /must be one of ## open, ## closed, /,
  ],
  ['plan/phase-1.md', (t: string) => t.replace('## open', ''), /line \d+: must be under one of ## open, /],
  ['plan/phase-1.md', (t: string) => t.replace('## note', '## closed'), /line \d+: has closed twice/],
  ['plan/phase-1.md', (t: string) => t.replaceAll('## open', '## note'), /line 35: has note twice/],
])('says in one line what is wrong in %s, and where', async (file, change, message) => {
  const fault = await readSeed(brokenSeed(file, change)).catch((error: Error) => error.message);
  expect(fault).toMatch(message);
  expect(fault).not.toContain('\n');
});

it('reads a missing folder as a collection without items', async () => {
  const folder = brokenSeed('site.json', (text) => text);
  rmSync(join(folder, 'rumours'), { recursive: true });
  expect((await readSeed(folder)).items.rumours).toEqual([]);
});

import { expect } from 'vitest';
import type { SeedItem } from '../../scripts/seed/read-items.ts';
import { addDays, parseCivilDate } from '../../worker/model/civil-date.ts';
import { COLLECTIONS } from '../../worker/model/collections/registry.ts';
import type { Texts } from '../../worker/model/validation/text.ts';
import { daysIn, factsIn, numbersIn, sourceUrls, urlsOf } from './facts.ts';
import { itOfKuwait, record } from './kuwait.ts';

const { items } = record;
const allItems: readonly SeedItem[] = COLLECTIONS.flatMap(
  (collection): readonly SeedItem[] => items[collection],
);
const nameOf = ({ from }: SeedItem) => /([^/]+)\.md$/.exec(from)?.[1] ?? '';
const namesOf = (list: readonly SeedItem[]) => list.map(nameOf);
const textsOf = (item: SeedItem): readonly Texts[] =>
  Object.values(item.content).filter(
    (value): value is Texts => typeof value === 'object' && value !== null && 'ar' in value,
  );
const allText = (item: SeedItem) =>
  textsOf(item)
    .flatMap((texts) => Object.values(texts))
    .join('\n');

/** The numbers and days in an item that are not in the facts. */
function missingInFacts(item: SeedItem, facts: string) {
  const [numbers, days] = [new Set(numbersIn(facts)), new Set(daysIn(facts))];
  const text = allText(item);
  return [
    ...numbersIn(text).filter((number) => !numbers.has(number)),
    ...daysIn(text).filter((day) => !days.has(day)),
  ];
}
/** A date as texts write it, `3 August 2021`, for facts that have it in a column of its own. */
const dateInWords = (date: string | undefined) => {
  if (!date) return '';
  const format = new Intl.DateTimeFormat('en', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const part = Object.fromEntries(
    format.formatToParts(new Date(date)).map(({ type, value }) => [type, value]),
  );
  return `${part.day} ${part.month} ${part.year}`;
};

itOfKuwait('has every collection of the bulletin', () => {
  expect(
    Object.fromEntries(COLLECTIONS.map((collection) => [collection, items[collection].length])),
  ).toMatchObject({
    news: 26,
    decisions: 90,
    faq: 25,
    guidance: 9,
    plan: 5,
    rumours: 2,
    contacts: 8,
  });
});

itOfKuwait('has every text in both languages, each in its own script', () => {
  for (const item of allItems)
    for (const { ar = '', en = '', ...others } of textsOf(item)) {
      expect(others, item.from).toEqual({});
      expect(ar, item.from).toMatch(/[\u0621-\u064a]{2}/);
      expect(en, item.from).toMatch(/[A-Za-z]{2}/);
      expect(en, item.from).not.toMatch(/[\u0600-\u06ff]/);
    }
});

itOfKuwait(
  'has the punctuation of each language: Arabic marks in Arabic, curly quotes in English, no space before a percent sign',
  () => {
    for (const item of allItems)
      for (const { ar = '', en = '' } of textsOf(item)) {
        // A comma between digits separates thousands.
        expect(ar.replace(/\d,\d/g, ''), item.from).not.toMatch(/[,;?"'“”‘’ـ]/);
        expect(en, item.from).not.toMatch(/["'،؛؟«»]/);
        expect(`${ar}\n${en}`, item.from).not.toMatch(/ %| {2}|[ \t]$|\s[.،؛:؟]/m);
      }
  },
);

itOfKuwait('has short headlines without a full stop, and decisions that end with one', () => {
  for (const item of [...items.news, ...items.decisions]) {
    for (const title of Object.values(item.content.title)) {
      expect(title.length, item.from).toBeLessThanOrEqual(110);
      expect(title, item.from).not.toMatch(/\.$/);
    }
  }
  for (const item of items.decisions)
    for (const body of Object.values(item.content.body)) expect(body, item.from).toMatch(/[^.]\.$/);
});

itOfKuwait('names sources for all items except contacts, each from the list of sources', () => {
  const listedUrls = new Set(sourceUrls.values());
  for (const collection of COLLECTIONS)
    for (const item of items[collection]) {
      const sources = 'source' in item.content ? (item.content.source ?? []) : [];
      if (collection !== 'contacts') expect(sources.length, item.from).toBeGreaterThan(0);
      for (const { url, title } of sources) {
        expect(listedUrls, item.from).toContain(url);
        expect(title, item.from).toMatch(/\p{L}/u);
      }
      expect(new Set(sources.map(({ url }) => url)).size, item.from).toBe(sources.length);
    }
});

itOfKuwait('published each item in the afternoon or evening, and none before its date', () => {
  for (const item of allItems) {
    if (!('date' in item.content)) continue;
    const { publishedAt = '' } = item;
    expect(publishedAt.slice(0, 10) >= item.content.date, item.from).toBe(true);
    expect(Number(publishedAt.slice(11, 13)), item.from).toBeGreaterThanOrEqual(9);
  }
});

/** Facts about a day that the record has outside its tables, or under another day. */
const MORE_FACTS: Readonly<Record<string, string>> = {
  '2020-04-19': 'A plan to bring citizens home from 19 April to 7 May is announced.',
  '2020-11-20':
    'Positive share of swabs: 17 % on 20 September, 11.1 % on 20 October, 7.7 % on 20 November 2020.',
};

itOfKuwait('has each news item on its day, with numbers from the record only', () => {
  const rows = factsIn('news.tsv');
  expect(items.news.map(({ content }) => content.date)).toEqual(rows.map(({ date }) => date));
  for (const item of items.news) {
    const { date } = item.content;
    const facts = [
      ...rows.filter((row) => row.date === date),
      ...factsIn('decisions.tsv').filter((row) => row.decided === date || row.inForce === date),
      ...factsIn('kuwait-official-days.csv').filter((row) => row.date === date),
    ].flatMap(({ sources: _, source: __, inForce, ...row }) => [...Object.values(row), dateInWords(inForce)]);
    const [dayBefore, day] = factsIn('kuwait-cumulative.csv').filter(
      (row) => row.Date === date || row.Date === addDays(date, -1),
    );
    const caseCounts = [day?.Confirmed, Number(day?.Confirmed) - Number(dayBefore?.Confirmed)];
    expect(missingInFacts(item, [...facts, ...caseCounts, MORE_FACTS[date]].join('\n')), item.from).toEqual(
      [],
    );
  }
});

itOfKuwait('has every decision of the record, with its dates, its issuer and its sources', () => {
  const rows = factsIn('decisions.tsv');
  expect(namesOf(items.decisions).toSorted()).toEqual(rows.map(({ file }) => file).sort());
  for (const item of items.decisions) {
    const { date, effectiveFrom = '', issuer, source, topic } = item.content;
    const row = rows.find(({ file }) => file === nameOf(item)) ?? {};
    expect({ date, effectiveFrom }, item.from).toEqual({ date: row.decided, effectiveFrom: row.inForce });
    expect(`${issuer.en} / ${issuer.ar}`.toLowerCase(), item.from).toBe(row.issuer?.toLowerCase());
    expect(
      source?.map(({ url }) => url),
      item.from,
    ).toEqual(urlsOf(row.sources));
    expect(Object.keys(topic ?? {}), item.from).toEqual(['ar', 'en']);
  }
  const topics = new Map(items.decisions.map(({ content: { topic } }) => [topic?.ar, topic?.en]));
  expect(topics.size).toBe(new Set(topics.values()).size);
  expect(topics.size).toBeLessThanOrEqual(15);
});

itOfKuwait('has no date and no number in a decision that the record lacks', () => {
  for (const item of items.decisions) {
    const row = factsIn('decisions.tsv').find(({ file }) => file === nameOf(item)) ?? {};
    expect(
      missingInFacts(item, [row.english, row.arabic, dateInWords(row.inForce)].join('\n')),
      item.from,
    ).toEqual([]);
  }
});

itOfKuwait(
  'ends a decision only if the record does: in the words of the decision, or by a later decision',
  () => {
    const rows = factsIn('decisions.tsv');
    for (const item of items.decisions) {
      const row = rows.find(({ file }) => file === nameOf(item)) ?? {};
      const until = item.content.effectiveUntil;
      const ender = rows.find(({ number }) => number === row.endedBy);
      if (row.endedBy) expect(ender, item.from).toBeDefined();
      if (until === undefined) expect(row.endedBy, item.from).toBe('');
      else {
        const isInText = daysIn((ender ?? row).english ?? '').includes(until.slice(5));
        const inForce = parseCivilDate(ender?.inForce ?? '');
        const monthEnds = row.english?.includes('end of February') && until === '2021-02-28';
        expect(isInText || monthEnds || (inForce && addDays(inForce, -1) === until), item.from).toBe(true);
      }
    }
  },
);

itOfKuwait('links the end of each curfew back to every change of its hours', () => {
  const startsBackFrom = (name: string): readonly string[] => {
    const item = items.decisions.find((decision) => nameOf(decision) === name);
    const replaced = items.decisions[Number(item?.content.replaces) - 1];
    return [item?.content.effectiveFrom ?? '', ...(replaced ? startsBackFrom(nameOf(replaced)) : [])];
  };
  expect(startsBackFrom('2020-08-20-curfew-ends')).toEqual([
    '2020-08-30',
    '2020-07-28',
    '2020-06-30',
    '2020-06-21',
    '2020-05-31',
    '2020-05-10',
    '2020-04-24',
    '2020-04-06',
    '2020-03-22',
  ]);
  expect(startsBackFrom('2021-05-10-curfew-ends')).toEqual([
    '2021-05-13',
    '2021-04-22',
    '2021-04-08',
    '2021-03-23',
    '2021-03-07',
  ]);
});

itOfKuwait('replaces a decision at most once, by one that comes into force later', () => {
  const replaced = items.decisions.flatMap(({ content: { replaces } }) => replaces ?? []);
  expect(new Set(replaced).size).toBe(replaced.length);
  for (const item of items.decisions) {
    if (item.content.replaces === undefined) continue;
    const earlier = items.decisions[Number(item.content.replaces) - 1];
    expect((earlier?.content.effectiveFrom ?? '') < (item.content.effectiveFrom ?? ''), item.from).toBe(true);
  }
});

itOfKuwait(
  'answers every question of the record, in order by topic, with numbers and sources of the record only',
  () => {
    const rows = factsIn('answers.tsv');
    expect(namesOf(items.faq).toSorted()).toEqual(rows.map(({ topic }) => topic).sort());
    for (const item of items.faq) {
      const row = rows.find(({ topic }) => topic === nameOf(item)) ?? {};
      expect(missingInFacts(item, `${row.english} ${row.arabic}`), item.from).toEqual([]);
      expect(
        item.content.source?.map(({ url }) => url),
        item.from,
      ).toEqual(urlsOf(row.sources));
    }
    const orders = items.faq.map(({ content }) => content.order ?? 0).sort((a, b) => a - b);
    expect(orders).toEqual(orders.map((_, i) => i + 1));
    // The questions of a topic are next to each other.
    const topics = items.faq
      .toSorted((a, b) => (a.content.order ?? 0) - (b.content.order ?? 0))
      .map(({ content }) => content.topic.en);
    expect(topics.filter((topic, i) => topic !== topics[i - 1])).toHaveLength(new Set(topics).size);
  },
);

itOfKuwait('gives guidance with numbers and days from the record’s answers only', () => {
  const topicsOf: Readonly<Record<string, readonly string[]>> = {
    'seek-care': ['seek-care', 'hotline'],
    vaccination: ['vaccine'],
    travel: ['travel-2021'],
    'check-messages': ['rumours'],
  };
  for (const item of items.guidance) {
    const topics = topicsOf[nameOf(item)] ?? [nameOf(item)];
    const rows = factsIn('answers.tsv').filter(({ topic = '' }) => topics.includes(topic));
    expect(rows, item.from).toHaveLength(topics.length);
    // The numbers of a numbered list are allowed.
    const facts = rows.map(({ english, arabic }) => `${english} ${arabic}`).join('\n');
    expect(missingInFacts(item, `${facts} 1 2 3 4`), item.from).toEqual([]);
  }
});

itOfKuwait('has the five phases with planned and real starts, each ending on the day before the next', () => {
  const rows = factsIn('phases.tsv');
  for (const [i, item] of items.plan.entries()) {
    const { order, plannedFrom, from, until, source } = item.content;
    const [row, next] = [rows[i], rows[i + 1]];
    const nextFrom = parseCivilDate(next?.from ?? '');
    expect({ order, plannedFrom, from, until }).toEqual({
      order: Number(row?.order),
      plannedFrom: row?.plannedFrom,
      from: row?.from || undefined,
      until: nextFrom ? addDays(nextFrom, -1) : undefined,
    });
    expect(
      source?.map(({ url }) => url),
      item.from,
    ).toEqual(urlsOf(row?.sources));
    expect(missingInFacts(item, `${row?.english} ${row?.arabic}`), item.from).toEqual([]);
  }
  expect(items.plan[4]?.content.note?.en).toContain('Put off until further notice on 14 September 2020');
});

itOfKuwait('lists the health hotline first, and the contributions fund by name, without a link', () => {
  expect(items.contacts[0]?.content).toMatchObject({ kind: 'hotline', phone: '151', order: 1 });
  const funds = items.contacts.filter(({ content }) => content.kind === 'fund');
  expect(funds).toHaveLength(1);
  expect(funds[0]?.content.website).toBeUndefined();
});

import { runInDurableObject } from 'cloudflare:test';
import { brotliDecompressSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Bulletin } from '../../../worker/model/bulletin.ts';
import { templates } from '../../../worker/newsroom/templates.ts';
import {
  type ColdIndex,
  type Current,
  decodePack,
  type ItemsIndex,
  joinPage,
  type PackedDocument,
  type ReleaseIndex,
} from '../../../worker/pack/format.ts';
import type { Document } from '../../../worker/render/document.ts';
import { allOf, correctionsOf } from '../corrections-of.ts';
import { loadedBulletin } from '../loaded-rows.ts';
import { goldenState, goldenValue, wakeNewsroomOn } from './golden-state.ts';

const state = goldenState();
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const current: Current = JSON.parse(text(goldenValue(state, 'current')));
const release = decodePack<ReleaseIndex>(goldenValue(state, current.key).buffer, 'release');
const moment = { release: release.index.n, asOf: release.index.publishedAt };

const contentOf = ({ at, length, encoding }: PackedDocument, bytes: Uint8Array): string => {
  const packed = bytes.subarray(at, at + length);
  return text(encoding === 'br' ? brotliDecompressSync(packed) : packed);
};

/** The public content of the golden release by path; for a page that is joined on a read, its part. */
const published = new Map<string, string>();
for (const [path, document] of Object.entries(release.index.documents))
  published.set(path, contentOf(document, release.bytes));
for (const { key, documents } of release.index.cold) {
  const { bytes } = decodePack<ColdIndex>(goldenValue(state, key).buffer, 'cold');
  for (const [path, document] of Object.entries(documents)) published.set(path, contentOf(document, bytes));
}

/**
 * A document without what may differ by design: the style sheet and the names that hold a file's hash.
 * Every other difference from version bdb304b has a line here, with its reason.
 */
function comparable(content: string): string {
  return (
    content
      // The CSV has two more columns, which are empty as long as nothing is known of the figures but their numbers.
      .replace(/^(date,.*),states,notes$/m, '$1')
      .replaceAll(/^(\d{4}-\d\d-\d\d,.*),,$/gm, '$1')
      .replace(/<style>.*?<\/style>/s, '<style></style>')
      .replace(/\/assets\/([a-z]+)-[0-9a-f]{10}\./g, '/assets/$1.')
      // openapi.json explains when a release's number can go down: never on one server, but from one server to another.
      .replace(/A release is a number that only grows;[^"]*/, 'A release is a number that only grows;')
      // The head links to the icons.
      .replace(/<link rel=(\\?")(?:apple-touch-)?icon\1[^>]*>/g, '')
      // The chart has the URL of its strings.
      .replace(/ data-strings="[^"]*"/, '')
      // A decision says which agency posted it, if that is not its issuer.
      .replace(/ · (?:posted by|الجهة الناشرة:) <bdi>[^<]*<\/bdi>/g, '')
      .replace(/<div><dt>(?:Posted by|الجهة الناشرة)<\/dt>.*?<\/div>/g, '')
      // About promised that tampering shows. Now it says where the ledger is, and what anybody can check.
      .replace(/<p>(All that is published is entered|كل ما يُنشر يُقيّد) .*?<\/p>/, '')
      // About said that a total can't differ from the sum of its days. An agency may revise it.
      .replace(/<p>(Totals are worked out|تُحسب المجاميع) .*?<\/p>/, '')
      // A date beside its weekday is an element, so that larger text can break it between its words.
      .replace(
        /<time ([^>]*)>([^<]*)<span>([^<]*)<\/span>/g,
        (_, day, weekday, date) => `<time ${day}>${weekday}${date.replaceAll(' ', '\u00a0')}`,
      )
      // The chart is drawn to the pixel, from the first reported day, and its sentences speak of whole weeks only.
      .replace(/(<section class="block chart".*?<bdi>[^<]*<\/bdi>).*?(?=<details>)/s, '$1')
      // A figure of long ago says how long, a sum over days without a figure that it is a lower bound.
      .replace(/<p>(?:The latest figures are|(?:مضى|مضت) على أحدث الأرقام) [^<]*<\/p>/, '')
      .replace(/ \((?:[\d,]+ days? ago|منذ [^)]*|at least: [^)]*|على الأقل: [^)]*)\)/g, '')
      .replace(/<td>(?:at least ([\d,]+)|([\d,]+) على الأقل)<\/td>/g, '<td>$1$2</td>')
      // The same in data.
      .replace(/,"late":\[\]|,"(?:missingDays|old)":\{[^}]*\}|,"(?:missingDays|ageDays)":\d+/g, '')
      // Units stand beside values and in the heads of tables.
      .replace(new RegExp(`(?: \\(|[ \u00a0])(?:<bdi>)?(?:${units().join('|')})(?:</bdi>)?\\)?`, 'g'), '')
      // A difference and a mean are no longer repeated for programs.
      .replace(/<(data|bdi)(?: value="[^"]*")?>([\d.,]+)<\/\1>/g, '$2')
      // A level is higher or lower than the day before. It was more or fewer.
      .replace(/lower than the day before/g, 'fewer than the day before')
      .replace(/higher than the day before/g, 'more than the day before')
      .replace(/أعلى بـ/g, 'أكثر بـ')
      .replace(/أدنى بـ/g, 'أقل بـ')
      // The table of months has the last months only.
      .replace(/(?:T|t)he sums of the last months|(?:E|e)ach month’s sum/g, 'months')
      .replace(/مجاميع آخر الأشهر|مجموع كل شهر/g, 'months')
      // A total says what it begins with.
      .replace(/ يضاف إليه [\d,]+ مما قبلها|, and [\d,]+ from before/g, '')
      // Corrections are told in sentences of their own.
      .replace(/<ins>(?:Not reported|لم يُعلن)<\/ins>/g, '')
      .replace(
        /<p>(<span class="soft">[^<]*<\/span>)?[^<]*(<del>.*?<\/del>)[^<]*(<ins>.*?<\/ins>)?[^<]*<\/p>/g,
        '<p>$1$2$3</p>',
      )
  );
}

/** The units of the golden site, in all languages, longer ones first. */
const units = (): readonly string[] =>
  bulletin.site.metrics.flatMap(({ unit = {} }) => Object.values(unit)).sort((a, b) => b.length - a.length);

/** These are static files now: no release holds them, and they have no 503. */
const STATIC = ['/favicon.ico'];

/** Parts of the whole series, figures in a language's words, and what is known of figures: version bdb304b had none. */
const ADDED =
  /^\/(api\/v1|data)\/(statistics|figures)\/|^\/api\/v1\/(remarks|calendar)\.json|^\/calendar\.ics|metadata\.json$/;

/** The CSV without the columns that came after version bdb304b, all at its end. */
function withoutNewColumns(csv: string): string {
  const [header = '', ...rows] = csv.split('\n');
  const kept = header.split(',').filter((name) => !/_missing_days$|^states$|^notes$/.test(name)).length;
  return [header, ...rows].map((row) => row.split(',').slice(0, kept).join()).join('\n');
}

/** `bulletin.json` has a bound now: an item of version bdb304b with the body that it was cut to, a beginning of the whole. */
function withCutBody(was: Item, now: Item | undefined): Item {
  if (!now?.truncated) return was;
  for (const [language, whole] of Object.entries(was.body))
    expect(whole.startsWith(now.body[language]?.replace(/\s*…$/, '') ?? '-')).toBe(true);
  return { ...was, body: now.body, truncated: ['body'] };
}
const withCutBodies = (was: string, now: string) => {
  const [before, { news = [], decisions = [], figures = [] }] = [JSON.parse(was), JSON.parse(now)];
  // Figures have the unit of their metric, and a total its date.
  before.figures?.forEach((figure: object, i: number) => {
    for (const added of ['unit', 'totalDate'])
      if (added in figures[i]) Object.assign(figure, { [added]: figures[i][added] });
  });
  const cut = (list: readonly Item[], cutList: readonly Item[]) =>
    list.map((item, i) => withCutBody(item, cutList[i]));
  return 'news' in before
    ? { ...before, news: cut(before.news, news), decisions: cut(before.decisions, decisions) }
    : before;
};
type Item = { readonly body: Readonly<Record<string, string>>; readonly truncated?: readonly string[] };

/** The documents that hold contacts. */
const CONTACTS = ['/api/v1/contacts.json', '/api/v1/bulletin.json'];

/** Contacts of version bdb304b in today's form. `url` was the contact's website; now it is the address on this site. */
function withRenamedUrls(document: { readonly [list: string]: readonly { url: unknown }[] }): unknown {
  const rename = (contact: { url: unknown }) => ({
    ...contact,
    url: { ar: '/ar/#contacts', en: '/en/#contacts' },
    ...(typeof contact.url === 'string' ? { website: contact.url } : {}),
  });
  const { contacts, items } = document;
  return contacts
    ? { ...document, contacts: contacts.map(rename) }
    : { ...document, items: items?.map(rename) };
}

// Now derived from the table of staff calls, in other words: the test compares its promises, not its bytes.
const OPENAPI = '/api/v1/openapi.json';

/** Every answer that an OpenAPI document promises, as "method path status". */
const answersIn = (openapi: string): readonly string[] =>
  Object.entries(JSON.parse(openapi).paths as Record<string, Record<string, { responses?: object }>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).flatMap(([method, { responses = {} }]) =>
        Object.keys(responses).map((status) => `${method} ${path} ${status}`),
      ),
  );

let bulletin: Bulletin;
beforeAll(async () => {
  await runInDurableObject(await wakeNewsroomOn(state), (_, { storage }) => {
    const loaded = loadedBulletin(storage.sql);
    if (!loaded) throw new Error('the golden state has no settings');
    // Version bdb304b kept no record of erased figures.
    const corrections = correctionsOf(allOf(loaded.corrections).filter((c) => !('wasErased' in c)));
    bulletin = { ...loaded, corrections };
  });
});

const freshOf = ({ joined, render }: Document): string => {
  if (joined) return JSON.stringify(joined.part());
  const content = render();
  return typeof content === 'string' ? content : text(content);
};

describe('the public bytes of the state that version bdb304b left', () => {
  it('have the same paths', () => {
    const paths = templates.documents(bulletin, moment).map(({ path }) => path);
    expect([...paths.filter((path) => !ADDED.test(path)), ...STATIC].sort()).toEqual(
      [...published.keys()].sort(),
    );
  });

  it('are the same in every document', () => {
    for (const document of templates.documents(bulletin, moment)) {
      if (ADDED.test(document.path)) continue;
      const [now, was] = [freshOf(document), published.get(document.path) ?? ''];
      if (CONTACTS.includes(document.path))
        expect(JSON.parse(comparable(now))).toEqual(withRenamedUrls(withCutBodies(was, now)));
      else if (document.path === '/data/statistics.csv') expect(withoutNewColumns(now)).toBe(was);
      else if (document.path !== OPENAPI) expect(comparable(now), document.path).toBe(comparable(was));
    }
  });

  it('still promise every call and answer in openapi.json', () => {
    const document = templates.documents(bulletin, moment).find(({ path }) => path === OPENAPI);
    const [was, now] = [published.get(OPENAPI) ?? '', document ? freshOf(document) : ''].map(answersIn);
    expect(was?.length).toBeGreaterThan(200);
    const kept = (was ?? []).filter((answer) => !STATIC.some((path) => answer === `get ${path} 503`));
    expect(now).toEqual(expect.arrayContaining(kept));
  });

  it('are the same in every shell and every 404 page', () => {
    for (const { language, render } of templates.shells(bulletin, moment)) {
      const packed = release.index.shells[language];
      expect(comparable(JSON.stringify(render()))).toBe(
        comparable(packed ? contentOf(packed, release.bytes) : ''),
      );
    }
    for (const { language, render } of templates.notFoundPages(bulletin, moment)) {
      const packed = release.index.notFound[language];
      expect(comparable(render())).toBe(comparable(packed ? contentOf(packed, release.bytes) : ''));
    }
  });

  it('are the same in the page of every item', () => {
    let compared = 0;
    for (const { packs } of Object.values(release.index.items))
      for (const { key } of packs) {
        const { index, bytes } = decodePack<ItemsIndex>(goldenValue(state, key).buffer, 'items');
        const collection = Object.entries(release.index.items).find(([, index]) =>
          index.packs.some((pack) => pack.key === key),
        )?.[0] as 'news' | 'decisions' | 'rumours';
        for (const [id, { parts }] of Object.entries(index.items)) {
          const item = bulletin.items[collection].get(id as never);
          if (!item) throw new Error(`no ${collection} ${id}`);
          for (const { language, render } of templates.itemParts(bulletin, item)) {
            const { at, length } = parts[language] ?? { at: 0, length: 0 };
            const part = JSON.parse(text(bytes.subarray(at, at + length)));
            const [now, was] = [render(), part].map((p) => comparable(joinPage(['', '', '', ''], p)));
            expect(now, `${collection}/${id}`).toBe(was);
            compared += 1;
          }
        }
      }
    expect(compared).toBe(2 * (133 + 10 + 2));
  });
});

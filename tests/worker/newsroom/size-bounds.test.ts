import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { DocumentRows } from '../../../worker/newsroom/documents/document-rows.ts';
import { fitRelease } from '../../../worker/newsroom/documents/fit-release.ts';
import { etagOf } from '../../../worker/newsroom/documents/rendered.ts';
import { templates } from '../../../worker/newsroom/templates.ts';
import { advanceClock } from '../clock.ts';
import { deploy, newsroomKv } from '../main.ts';
import { get, newsContent, newsroom, pacedStaff, setUpSite, staff } from '../staff-client.ts';

/** Bounds that a text of 12,000 random characters exceeds, and the documents of a small site do not. */
const SMALL = { ...templates.bounds, storedBytes: 24_000 };
const LONG = 12_000;

/** Text that Brotli can't make smaller than two thirds: random Chinese characters, the same for a seed. */
function noise(length: number, seed: number): string {
  let state = seed;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return String.fromCharCode(0x4e00 + ((state >>> 12) % 20_000));
  }).join('');
}

const question = (text: string) => ({
  question: { ar: 'سؤال', en: 'Question' },
  answer: { ar: text, en: text },
  topic: { ar: 'عام', en: 'General' },
});
const post = (collection: string, body: object, agency: string) =>
  pacedStaff('POST', collection, { body, headers: { 'Nashra-Agency': agency } });
const status = async () => (await staff('GET', 'status')).body;
const faultyPaths = async () => (await status()).faults.map((fault: { what: string }) => fault.what).sort();

describe('a document over its bound', () => {
  beforeAll(async () => {
    await deploy({ ...templates, templateVersion: 'small', bounds: SMALL });
    await setUpSite();
  });

  it('keeps its last version; all others are public, and the status names it, the item and the agency', async () => {
    expect((await post('faq', question('Short'), 'media')).status).toBe(201);
    const faq = (await get('/en/faq/')).body;
    expect(faq).toContain('Short');
    const long = await post('faq', question(noise(LONG, 1)), 'media');
    expect(long).toMatchObject({ status: 201, body: { id: '2' } });
    expect(long.body.pending).toBeUndefined(); // the release that has all but this is public
    expect((await get('/en/faq/')).body).toBe(faq);

    const { pending, lastError, faults } = await status();
    expect(pending).toBe(false);
    expect(faults.map((fault: { what: string }) => fault.what)).toContain('/en/faq/');
    expect(lastError.detail).toMatch(
      /\d+ bytes, but at most 24000 can be published; the largest in it is faq\/2 of media/,
    );
    for (const { detail } of faults) expect(detail).toContain('faq/2 of media');

    const figures = { values: { new_cases: 7 } };
    const put = await pacedStaff('PUT', 'statistics/2021-08-02', { body: figures });
    expect(put).toMatchObject({ status: 200 });
    expect((await get('/api/v1/live.json')).body.figures.new_cases).toEqual(['2021-08-02', 7]);
    const news = await post('news', newsContent(), 'health');
    expect((await get(`/en/news/${news.body.id}`)).status).toBe(200);
    expect((await get('/en/faq/')).body).toBe(faq);
  });

  it('is not rendered or written again until it changes, and keeps its last version after a restart', async () => {
    const faq = (await get('/en/faq/')).body;
    const before = newsroomKv().calls.length;
    for (let minute = 0; minute < 5; minute++) {
      advanceClock(60_000);
      await staff('POST', 'tick', { body: {} });
    }
    expect(
      newsroomKv()
        .calls.slice(before)
        .filter(({ on }) => on === 'put'),
    ).toEqual([]);
    await evictDurableObject(newsroom());
    await post('news', newsContent(), 'health');
    expect((await get('/en/faq/')).body).toBe(faq);
    expect(await faultyPaths()).toContain('/en/faq/');
  });

  it('is public again when it fits', async () => {
    await pacedStaff('DELETE', 'faq/2', {
      body: { reason: 'Too long' },
      headers: { 'Nashra-Agency': 'media' },
    });
    await post('faq', question('Short too'), 'media');
    expect((await get('/en/faq/')).body).toContain('Short too');
    // The record of corrections does not have the long text: it was withdrawn.
    expect((await status()).faults).toEqual([]);
  });

  it('is the record of corrections too, after many edits of one item', async () => {
    const news = await post('news', newsContent(), 'media');
    for (let i = 0; i < 6; i++) {
      const edit = await pacedStaff('PUT', `news/${news.body.id}`, {
        body: { content: newsContent({ body: { ar: noise(3000, i) } }), reason: 'Again' },
        headers: { 'Nashra-Agency': 'media' },
      });
      expect(edit.status, JSON.stringify(edit.body)).toBe(200);
      expect(edit.body.pending).toBeUndefined();
    }
    const { lastError, pending } = await status();
    expect(pending).toBe(false);
    expect(lastError.detail).toMatch(
      /\/api\/v1\/changes\.json could not be rendered: .* of news\/\d+ of media/,
    );
    expect((await get('/api/v1/changes.json')).status).toBe(200);
    expect((await post('news', newsContent({ title: { ar: 'بعد' } }), 'health')).status).toBe(201);
  });
});

describe('the statistics over their bound', () => {
  it('keep their last version, and the status names the metric with the most figures and notes, and its agency', async () => {
    await deploy({ ...templates, templateVersion: 'smaller', bounds: { ...SMALL, storedBytes: 12_000 } });
    await setUpSite();
    for (let day = 10; day < 20; day++) {
      const date = `2021-03-${day}`;
      const note = { ar: noise(300, day), en: noise(300, day + 100) };
      const values = { new_cases: 1, critical: { value: 2, note } };
      expect((await pacedStaff('PUT', `statistics/${date}`, { body: { values } })).status).toBe(200);
    }
    const { faults } = await status();
    const fault = faults.find(({ what }: { what: string }) => what === '/api/v1/statistics.json');
    expect(fault?.detail, JSON.stringify(faults)).toMatch(
      /; the largest in it is the metric critical of health$/,
    );
  });
});

describe('an item over its bound', () => {
  it('has a plain page, and the status names its agency', async () => {
    await deploy({
      ...templates,
      templateVersion: 'small items',
      bounds: { ...templates.bounds, itemBytes: 70_000 },
    });
    await setUpSite();
    const good = await post('news', newsContent(), 'health');
    const body = { ar: '**a bold word** '.repeat(3_000), en: 'b' };
    const long = await post('news', newsContent({ body }), 'media');
    expect(long.status, JSON.stringify(long.body)).toBe(201);
    const page = await get(`/ar/news/${long.body.id}`);
    expect(page.status).toBe(200);
    expect(page.body).not.toContain('<strong>');
    expect((await get(`/ar/news/${good.body.id}`)).status).toBe(200);
    const { pending, faults } = await status();
    expect(pending).toBe(false);
    expect(faults).toEqual([
      {
        what: `news/${long.body.id}`,
        at: expect.any(String),
        detail: expect.stringMatching(/^\d+ bytes, but at most 70000 .* its agency is media$/),
      },
    ]);
  });
});

describe('a release over its bound', () => {
  it('moves its largest documents to cold packs, where they answer as before', async () => {
    await setUpSite();
    await post('faq', question('Answer'), 'media');
    const paths = [
      '/',
      '/ar/',
      '/en/',
      '/en/faq/',
      '/api/v1/bulletin.json',
      '/api/v1/live.json',
      '/sitemap.xml',
    ];
    const etags = async () => {
      const answers = await Promise.all(paths.map((path) => get(path)));
      return answers.map(({ status, headers }) => [
        status,
        headers.get('Content-Type'),
        headers.get('Content-Security-Policy'),
      ]);
    };
    const before = await etags();
    await deploy({
      ...templates,
      templateVersion: 'small release',
      bounds: { ...templates.bounds, releaseBytes: 1 },
    });
    await post('news', newsContent(), 'health');
    expect(await etags()).toEqual(before);
    expect((await get('/en/')).body).toContain('News');
    expect((await get('/')).body).toBe((await get('/ar/')).body);
    expect(await status()).toMatchObject({ pending: false, faults: [] });
  });

  it('moves no more than must be, and never what has no path', () => {
    const document = (path: string, length: number) =>
      ({ path, pack: 'release', audience: 'page', rendered: { bytes: new Uint8Array(length) } }) as never;
    const all = [document('/a', 10), document('/b', 30), document('shell:en', 99), document('/c', 20)];
    const moved = (releaseBytes: number) =>
      fitRelease(all, releaseBytes)
        .filter(({ pack }) => pack === 'archive')
        .map(({ path }) => path);
    expect(moved(159)).toEqual([]);
    expect(moved(158)).toEqual(['/b']);
    expect(moved(110)).toEqual(['/b', '/c']);
    expect(moved(1)).toEqual(['/a', '/b', '/c']);
  });
});

it('a document that is longer than a row keeps all its bytes', async () => {
  await runInDurableObject(newsroom(), (_, { storage }) => {
    const rows = new DocumentRows(storage.sql);
    const bytes = crypto.getRandomValues(new Uint8Array(65_536));
    for (const length of [10, 1_899_999, 1_900_000, 1_900_001, 4_000_000]) {
      const whole = Uint8Array.from({ length }, (_, i) => bytes[(i * 31 + (i >> 16)) % 65_536] ?? 0);
      rows.put('/long.json', {
        stamp: 's',
        type: 't',
        etag: etagOf(whole),
        digest: null,
        encoding: 'br',
        sizeBytes: length,
        bytes: whole,
        modified: null,
        failedStamp: null,
      });
      const stored = rows.all().get('/long.json');
      expect(stored?.bytes.length).toBe(length);
      expect(stored && etagOf(stored.bytes)).toBe(etagOf(whole));
    }
    rows.drop('/long.json');
    expect(rows.all().has('/long.json')).toBe(false);
    expect(storage.sql.exec("SELECT 1 FROM long_text WHERE owner LIKE 'document%'").toArray()).toEqual([]);
  });
});

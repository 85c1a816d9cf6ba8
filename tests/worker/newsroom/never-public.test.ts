import { beforeAll, describe, expect, it, vi } from 'vitest';
import { advanceClock } from '../clock.ts';
import { newsroomKv } from '../main.ts';
import { type Answer, get, newsContent, setUpSite, staff } from '../staff-client.ts';
import '../fresh-site.ts';

beforeAll(() => setUpSite());

const put = (value: number | null, reason?: string) =>
  staff('PUT', 'statistics/2021-08-02', {
    body: { values: { critical: value }, ...(reason ? { reason } : {}) },
  });
const changes = async () => (await get('/api/v1/changes.json')).body.items;
const critical = async () => (await get('/api/v1/live.json')).body.figures.critical;

const status = async () => (await staff('GET', 'status')).body;

/** Starts a write, and waits until its entry is written; its answer, in a list, comes when it is public. */
async function startWrite(write: () => Promise<Answer>): Promise<readonly Promise<Answer>[]> {
  const { entries } = await status();
  const answer = write();
  await vi.waitFor(async () => expect((await status()).entries).toBe(entries + 1));
  return [answer];
}

/** Publishes what waits, now that KV answers again. */
async function publishPending(): Promise<void> {
  newsroomKv().clearFaults();
  advanceClock(60_000);
  await staff('POST', 'tick', { body: {} });
}

describe('what is changed before its first release', () => {
  it('needs no reason and is no correction, while KV is down or within one release', async () => {
    newsroomKv().fail({ on: 'put', fault: { kind: 'refuse' } });
    const edited = newsContent({ title: { ar: 'خبر آخر', en: 'Other news' } });
    const answers: Promise<Answer>[] = [];
    for (const call of [
      () => put(5),
      () => put(6),
      () => staff('POST', 'news', { body: newsContent() }),
      () => staff('PUT', 'news/1', { body: { content: edited } }),
    ])
      answers.push(...(await startWrite(call)));
    await publishPending();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 201, 200]);
    expect(await critical()).toEqual(['2021-08-02', 6]);
    expect((await get('/en/news/1')).body).toContain('Other news');
    expect(await changes()).toEqual([]);
  });

  it('is a correction as soon as a release shows it', async () => {
    expect((await put(7)).status).toBe(422);
    expect((await put(7, 'recount')).status).toBe(200);
    expect(await changes()).toMatchObject([{ metric: 'critical', was: 6, now: 7, reason: 'recount' }]);
  });

  it('is one correction, from what was public to what is public, however often it changed before its release', async () => {
    const content = (title: string) =>
      newsContent({ title: { ar: title, en: title }, body: { ar: 'نص', en: 'Text' } });
    advanceClock(2000);
    const ids: string[] = [];
    for (const title of ['edited twice', 'edited and withdrawn', 'edited and restored'])
      ids.push((await staff('POST', 'news', { body: content(title) })).body.id);
    const [twice, withdrawn, restored] = ids;
    const edit = (id: string | undefined, title: string) => () =>
      staff('PUT', `news/${id}`, { body: { content: content(title), reason: title } });
    const listed = (await changes()).length;
    newsroomKv().fail({ on: 'put', fault: { kind: 'refuse' } });
    const answers: Promise<Answer>[] = [];
    for (const call of [
      () => put(8, 'never public'),
      () => put(9, 'recount'),
      edit(twice, 'never public'),
      edit(withdrawn, 'never public'),
      edit(restored, 'never public'),
      edit(twice, 'edited again'),
      () => staff('DELETE', `news/${withdrawn}`, { body: { reason: 'wrong' } }),
      edit(restored, 'edited and restored'),
    ])
      answers.push(...(await startWrite(call)));
    await publishPending();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(answers.map(() => 200));
    const added = (await changes()).slice(0, -listed);
    expect(JSON.stringify(added)).not.toContain('never public');
    expect(added).toMatchObject([
      { kind: 'withdrawal', item: withdrawn, was: { title: { en: 'edited and withdrawn' } }, now: null },
      {
        kind: 'edit',
        item: twice,
        was: { title: { en: 'edited twice' } },
        now: { title: { en: 'edited again' } },
      },
      { metric: 'critical', was: 7, now: 9, reason: 'recount' },
    ]);
    expect(added).toHaveLength(3);
    expect((await get('/en/changes/')).body).not.toContain('never public');
    expect((await get('/en/changes/')).body).toContain('edited and withdrawn');
    expect((await put(7, 'back')).status).toBe(200);
  });

  it('is a reading of a later or an earlier hour: the later one stands, the ledger has both, and no correction names either', async () => {
    advanceClock(2000);
    const date = '2021-07-31';
    const at = (value: number | null, at?: string, reason?: string) => () =>
      staff('PUT', `statistics/${date}`, {
        body: {
          values: { critical: at === undefined ? value : { value, at } },
          ...(reason ? { reason } : {}),
        },
      });
    const day = async () => (await get('/api/v1/statistics/metrics/critical.json')).body;
    const release = async (...calls: readonly (() => Promise<Answer>)[]) => {
      newsroomKv().fail({ on: 'put', fault: { kind: 'refuse' } });
      const answers: Promise<Answer>[] = [];
      for (const call of calls) answers.push(...(await startWrite(call)));
      await publishPending();
      return Promise.all(answers);
    };
    const shown = async () => {
      const { dates, metrics, facts = [] } = await day();
      const { at: hour } = facts.find((one: { date: string }) => one.date === date) ?? {};
      return [metrics.critical[dates.indexOf(date)], hour];
    };
    const before = (await changes()).length;
    await at(300, '08:00')();
    const [, late] = await release(at(342, '18:00'), at(320, '12:00'));
    expect(late).toMatchObject({
      status: 200,
      body: { changed: [], notes: [{ code: 'earlier-reading', params: { metrics: 'critical', date } }] },
    });
    expect(await shown()).toEqual([342, '18:00']);
    const payloads = (await get('/api/v1/ledger.json')).body.items.slice(0, 2);
    expect(payloads.map(({ payload }: { payload: { days: object } }) => payload.days)).toEqual([
      { [date]: { critical: { value: 320, at: '12:00', earlier: true } } },
      { [date]: { critical: { value: 342, at: '18:00' } } },
    ]);
    // The same hour again before its release: nobody saw the first number.
    await release(at(351, '20:00'), at(350, '20:00'));
    expect(await shown()).toEqual([350, '20:00']);
    expect(await changes()).toHaveLength(before);
    // Without an hour, it corrects what was public.
    await release(at(361, '21:00'), at(360, undefined, 'recount'));
    expect((await changes())[0]).toMatchObject({ metric: 'critical', was: 350, now: 360 });
    expect(await changes()).toHaveLength(before + 1);
    // An erased reading that was not the day's takes nothing else.
    const { seq } = (await staff('GET', 'ledger')).body.items.findLast(
      ({ payload }: { payload?: { days?: Record<string, { critical?: { earlier?: true } }> } }) =>
        payload?.days?.[date]?.critical?.earlier,
    );
    expect((await staff('POST', `ledger/${seq}/erasure`, { body: { reason: 'r' } })).status).toBe(201);
    expect((await shown())[0]).toBe(360);
    const rows = (await staff('GET', `statistics/${date}`)).body;
    expect((await staff('POST', 'rebuild')).status).toBe(200);
    expect((await staff('GET', `statistics/${date}`)).body).toEqual(rows);
  });

  it('counts as public if the write of `current` began, though its outcome is unknown', async () => {
    newsroomKv().fail({ on: 'put', prefix: 'current', fault: { kind: 'unknown' }, times: 1 });
    advanceClock(2000);
    const answer = await startWrite(() =>
      staff('PUT', 'statistics/2021-08-01', { body: { values: { critical: 1 } } }),
    );
    await vi.waitFor(async () => expect((await status()).lastError).not.toBeNull());
    const changed = await staff('PUT', 'statistics/2021-08-01', { body: { values: { critical: 2 } } });
    expect(changed.status).toBe(422);
    await publishPending();
    expect((await Promise.all(answer))[0]?.status).toBe(200);
  });

  it('is no correction on a site that is not open, however many releases show it', async () => {
    const before = await changes();
    await setUpSite({ open: false });
    const write = (value: number) =>
      staff('PUT', 'statistics/2021-07-30', { body: { values: { critical: value } } });
    for (const value of [3, 4, 5]) {
      advanceClock(2000);
      expect((await write(value)).status).toBe(200);
    }
    await setUpSite({ open: true });
    expect(await changes()).toEqual(before);
    advanceClock(2000);
    expect((await write(6)).status).toBe(422);
  });

  it('is verified with the chain: the entry says which entries may have been public before it', async () => {
    const entries = (await staff('GET', 'ledger')).body.items;
    const shown = entries.filter((entry: { shown?: number }) => entry.shown !== undefined);
    expect(shown.length).toBeGreaterThan(0);
    for (const { seq, shown: last } of shown) expect(last).toBeLessThan(seq - 1);
  });
});

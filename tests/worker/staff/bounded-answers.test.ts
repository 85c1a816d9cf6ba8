import { runInDurableObject } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Instant } from '../../../worker/model/instant.ts';
import { noteFailure } from '../../../worker/newsroom/publish/failure.ts';
import { createKey, newsContent, newsroom, pacedStaff, setUpSite, staff } from '../staff-client.ts';
import '../fresh-site.ts';

beforeAll(() => setUpSite());

describe('a refusal', () => {
  it('quotes only the beginning of a long header or path', async () => {
    const { body } = await staff('POST', 'news', {
      body: newsContent(),
      headers: { 'Nashra-Agency': 'media' },
    });
    const long = `"${'x'.repeat(12_000)}"`;
    const media = { 'Nashra-Agency': 'media' };
    const refusals = [
      await staff('PUT', `news/${body.id}`, {
        body: { content: newsContent() },
        headers: { ...media, 'If-Match': long },
      }),
      await staff('GET', `news/${body.id}`, { headers: { 'If-Match': long } }),
      await staff('GET', 'status', { headers: { 'Nashra-Agency': 'x'.repeat(12_000) } }),
      await staff('GET', 'x'.repeat(12_000)),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([412, 412, 403, 404]);
    for (const refusal of refusals) expect(JSON.stringify(refusal.body).length).toBeLessThan(1_500);
  });

  it('of a read is 412 if If-Match names another version', async () => {
    const { body } = await pacedStaff('POST', 'news', {
      body: newsContent(),
      headers: { 'Nashra-Agency': 'media' },
    });
    const read = (ifMatch: string) => staff('GET', `news/${body.id}`, { headers: { 'If-Match': ifMatch } });
    expect((await read('"1"')).status).toBe(200);
    expect((await read('"7", *')).status).toBe(200);
    expect((await read('"2"')).status).toBe(412);
  });
});

it('a repeated request for a key says that the key is not shown again', async () => {
  const request = { body: { agency: 'media' }, headers: { 'Idempotency-Key': 'lost-answer' } };
  const first = await staff('POST', 'keys', request);
  const again = await staff('POST', 'keys', request);
  expect(first.body.key).toMatch(/./);
  expect(first.body.note).toBeUndefined();
  const { key: _, ...rest } = first.body;
  expect(again).toMatchObject({
    status: 201,
    body: { ...rest, note: expect.stringContaining('first answer only') },
  });
  expect(again.body.key).toBeUndefined();
});

it('the status shows an agency the faults of its own items, and no cause that others wrote', async () => {
  const { body } = await pacedStaff('POST', 'news', {
    body: newsContent(),
    headers: { 'Nashra-Agency': 'media' },
  });
  const at = '2026-11-27T12:00:00Z' as Instant;
  const [media, health] = [await createKey('media'), await createKey('health')];
  const seenBy = async (key?: string) => {
    const { faults, lastError } = (await staff('GET', 'status', key === undefined ? {} : { key })).body;
    return { faults: faults.map(({ what }: { what: string }) => what), lastError: lastError?.detail ?? null };
  };
  await runInDurableObject(newsroom(), (_, { storage: { sql } }) => {
    for (const [what, detail] of [
      [`news/${body.id}`, 'a secret word'],
      ['/en/faq/', '9 bytes, but at most 8 can be published; the largest in it is faq/2 of health'],
      ['/en/plan/', 'a fault of the templates'],
    ])
      sql.exec('INSERT INTO render_fault (what, at, detail) VALUES (?, ?, ?)', what, at, detail);
  });
  expect((await seenBy()).faults).toHaveLength(3);
  expect(await seenBy(media.key)).toEqual({
    faults: [`news/${body.id}`],
    lastError: expect.stringContaining('a secret word'),
  });
  expect(await seenBy(health.key)).toEqual({
    faults: ['/en/faq/'],
    lastError: expect.not.stringContaining('a secret word'),
  });
  await runInDurableObject(newsroom(), (_, { storage: { sql } }) => {
    sql.exec('DELETE FROM render_fault');
    noteFailure(sql, { at, detail: 'KV PUT failed: 413' });
  });
  expect((await seenBy()).lastError).toBe('KV PUT failed: 413');
  expect((await seenBy(media.key)).lastError).toMatch(/^publishing fails at the moment/);
});

import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readKeyFile } from '../../scripts/operator-key.ts';
import { makeCheckout } from '../crash/checkout.ts';
import { endSites, startSite } from '../crash/site-process.ts';
import { freePort } from '../free-port.ts';
import { bodyOf, ORDINARY_PIECE } from '../hostile/bodies.ts';
import { AGENCY, writeSmallSeed } from './small-seed.ts';

/** How soon the figure of an agency must be public while another agency floods the Newsroom. */
const PUBLIC_WITHIN_MS = 3000;
/** The same as a ratio to a figure alone, for slow machines. */
const MAX_RATIO = 4;
const MIB = 2 ** 20;
/** More than may be under way together. */
const WRITERS = 30;
const FIGURES = 10;

const checkout = makeCheckout(join(import.meta.dirname, '../..'));
afterAll(async () => {
  await endSites();
  checkout.dispose();
});

it('one agency that floods the Newsroom with its largest bodies does not keep the figures of another from the public', async () => {
  writeSmallSeed(checkout.root, [['2026-01-01', 300, 2]], {
    agencies: [AGENCY, 'media'].map((id) => ({ id, name: { en: id } })),
  });
  const port = await freePort();
  const site = await startSite(checkout.root, port);
  const operator = readKeyFile(join(checkout.root, '.dev.vars')).first;
  const call = async (key: string, method: string, path: string, body: unknown) => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/staff/${path}`, {
      method,
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  };
  const keyOf = async (agency: string): Promise<string> =>
    Object((await call(operator, 'POST', 'keys', { agency })).body).key;
  const [media, authority] = [await keyOf('media'), await keyOf(AGENCY)];

  const body = (i: number) => ({ en: `${i} ${bodyOf(ORDINARY_PIECE)}`.slice(0, 50_000).trimEnd() });
  const item = (i: number) => ({ title: { en: `${i}` }, body: body(i), date: '2026-01-01' });
  const numbers = `{"source":[${'1,'.repeat(MIB / 2 - 20)}1]}`;
  const unknownFields = `{${Array.from({ length: 60_000 }, (_, i) => `"x${i}":1`).join()}}`;
  const noJson = 'x'.repeat(MIB);
  const bodies: readonly ((i: number) => unknown)[] = [
    item, // valid, as large as one language allows
    () => numbers,
    () => unknownFields,
    () => noJson,
    (i) => ({ ...item(i), body: { en: 'short' } }),
  ];
  const statuses = new Map<number | 'closed', number>();
  let isOver = false;
  const flood = async (writer: number) => {
    for (let i = writer; !isOver; i++) {
      // The site may refuse a call and close the connection while the body is still being sent.
      const answer = await call(media, 'POST', 'news', bodies[i % bodies.length]?.(i)).catch(() => null);
      const status = answer?.status ?? 'closed';
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  const report = (value: number) => {
    const figures = { values: { water_level: value }, reason: 'Read again' };
    return call(authority, 'PUT', 'statistics/2026-01-01', figures);
  };
  const publishedMs = async (value: number): Promise<number> => {
    const startMs = performance.now();
    expect(await report(value)).toMatchObject({ status: 200, body: { release: expect.any(Number) } });
    return Math.round(performance.now() - startMs);
  };
  await publishedMs(1); // the first publish after a start takes longer
  const aloneMs = await publishedMs(2);
  const flooding = Promise.all(Array.from({ length: WRITERS }, (_, i) => flood(i)));
  const waitsMs: number[] = [];
  try {
    for (let value = 3; value < 3 + FIGURES; value++) waitsMs.push(await publishedMs(value));
  } finally {
    isOver = true;
    await flooding;
  }
  console.log(
    'figures were public after',
    waitsMs.join(' '),
    'ms; the flood got',
    Object.fromEntries(statuses),
  );
  for (const status of [201, 422, 429]) expect(statuses.get(status), `${status}`).toBeGreaterThan(0);
  expect(Math.max(...waitsMs)).toBeLessThan(Math.max(PUBLIC_WITHIN_MS, MAX_RATIO * aloneMs));
  expect(await site.stop()).toBe(0);
}, 180_000);

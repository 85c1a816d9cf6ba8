import { env } from 'cloudflare:workers';
import { expect, it, vi } from 'vitest';
import { BYTES_A_TURN } from '../../../worker/newsroom/documents/turns.ts';
import { templates } from '../../../worker/newsroom/templates.ts';
import { CURRENT_KEY, type Current, decodePack, type ReleaseIndex } from '../../../worker/pack/format.ts';
import { advanceClock } from '../clock.ts';
import { deploy } from '../main.ts';
import { get, newsContent, setUpSite, staff } from '../staff-client.ts';

/** The releases whose documents were rendered, in order. */
const rendered: number[] = [];
/** How many of the documents below were rendered for each release. */
const turnsOf = new Map<number, number>();

const TURNS = 200;

/** Templates with more documents, each of which takes a turn of its own: calls run while they are rendered. */
const slowTemplates: typeof templates = {
  ...templates,
  documents: (bulletin, moment) => [
    ...templates.documents(bulletin, moment),
    ...Array.from({ length: TURNS }, (_, i) => ({
      path: `/turns/${i}.txt`,
      type: 'text/plain',
      pack: 'release' as const,
      stamp: `${moment.release}`,
      render: () => {
        if (rendered.at(-1) !== moment.release) rendered.push(moment.release);
        turnsOf.set(moment.release, (turnsOf.get(moment.release) ?? 0) + 1);
        return ' '.repeat(BYTES_A_TURN);
      },
    })),
  ],
};

const put = (value: number, reason?: string) =>
  staff('PUT', 'statistics/2021-08-02', {
    body: { values: { critical: value }, ...(reason === undefined ? {} : { reason }) },
  });
const changes = async () => (await get('/api/v1/changes.json')).body.items;

it('a change that comes while a release is rendered is in it, once, and replaces what was never public', async () => {
  await setUpSite();
  await deploy(slowTemplates);
  await staff('POST', 'tick', { body: {} });
  advanceClock(60_000);
  rendered.length = 0;
  const first = put(5);
  await vi.waitFor(() => expect(rendered).toHaveLength(1), { interval: 1, timeout: 20_000 });
  const second = put(6); // without a reason: 5 was never public
  await vi.waitFor(() => expect(rendered).toHaveLength(2), { interval: 1, timeout: 20_000 });
  // What the change makes stale is not rendered to its end.
  expect(turnsOf.get(rendered[0] ?? 0)).toBeLessThan(TURNS);
  const third = put(7, 'Counted again');
  const answers = await Promise.all([first, second, third]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const [a, b, c] = answers.map(({ body }) => body.release);
  expect([b, c]).toEqual([a, a + 1]);
  expect(rendered).toEqual([a - 1, a, c]);
  expect(await changes()).toMatchObject([{ metric: 'critical', was: 6, now: 7, release: c }]);
  expect(await changes()).toHaveLength(1);
});

it('a rebuild that comes while a release is rendered writes everything again', async () => {
  await staff('POST', 'news', { body: newsContent() });
  const { keys } = await env.BULLETIN.list({ prefix: 'pack/' });
  expect(keys.length).toBeGreaterThan(0);
  for (const { name } of keys) await env.BULLETIN.delete(name);
  advanceClock(60_000);
  rendered.length = 0;
  const figure = put(8, 'Counted again');
  await vi.waitFor(() => expect(rendered).toHaveLength(1), { interval: 1, timeout: 20_000 });
  const rebuilt = staff('POST', 'rebuild', { body: {} });
  expect((await Promise.all([figure, rebuilt])).map(({ status }) => status)).toEqual([200, 200]);
  await vi.waitFor(async () => expect((await staff('GET', 'status')).body.pending).toBe(false));
  const current = await env.BULLETIN.get<Current>(CURRENT_KEY, 'json');
  const release = await env.BULLETIN.get(current?.key ?? '', 'arrayBuffer');
  const { index } = decodePack<ReleaseIndex>(release ?? new ArrayBuffer(0), 'release');
  const named = [...index.cold, ...Object.values(index.items).flatMap(({ packs }) => packs)];
  expect(named.length).toBeGreaterThan(1);
  for (const { key } of named) expect(await env.BULLETIN.get(key, 'arrayBuffer'), key).not.toBeNull();
});

import { exports } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { aSite } from '../a-site.ts';
import { advanceClock } from '../clock.ts';
import { IS_TEST_LONG } from '../is-test-long.ts';
import { newsroomKv } from '../main.ts';
import { setUpSite, staff } from '../staff-client.ts';

const publishes = IS_TEST_LONG ? 1000 : 50;

it(`a reader during ${publishes} publishes sees only whole releases, and never an older one after a newer one`, async () => {
  // In one language only, because many renderings in two languages are slow.
  await setUpSite(monolingual(aSite()));
  const acknowledged: { value: number; release: number }[] = [];
  let done = false;
  const write = async () => {
    for (let value = 1; value <= publishes; value++) {
      advanceClock(1100); // the publishing loop waits by this clock
      const answer = await staff('PUT', 'statistics/2021-01-01', {
        body: { values: { critical: value }, reason: 'r' },
      });
      expect(answer.status).toBe(200);
      acknowledged.push({ value, release: answer.body.release });
    }
    done = true;
    wake();
  };
  const readings: { release: number; value: number }[] = [];
  // The reader reads at every KV operation of every publish. A reader without pause would only slow the writer.
  let wake = () => {};
  newsroomKv().onCall = () => wake();
  const nextStep = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  const read = async () => {
    let lastRelease = 0;
    for (let i = 0; !done; i++) {
      await nextStep();
      const path = ['/api/v1/bulletin.json', '/api/v1/live.json', '/api/v1/statistics.json'][i % 3] ?? '';
      const response = await exports.default.fetch(`https://bulletin.example${path}`);
      const release = Number(response.headers.get('Nashra-Release'));
      // biome-ignore lint/suspicious/noExplicitAny: three shapes of JSON
      const body = (await response.json()) as any;
      expect(release).toBeGreaterThanOrEqual(lastRelease);
      lastRelease = release;
      if (body.release !== undefined) expect(body.release).toBe(release);
      const value = body.dates
        ? body.metrics.critical[body.dates.indexOf('2021-01-01')]
        : body.poll
          ? body.figures.critical?.[1]
          : body.figures.find((figure: { metric: string }) => figure.metric === 'critical').value;
      if (value !== undefined && value !== null) readings.push({ release, value });
    }
  };
  await Promise.all([write(), read()]);
  const valueAt = (release: number) => acknowledged.findLast((a) => a.release <= release)?.value;
  const first = acknowledged[0]?.release ?? 0;
  const comparable = readings.filter(({ release }) => release >= first);
  expect(new Set(comparable.map(({ release }) => release)).size).toBeGreaterThan(publishes / 20);
  for (const { release, value } of comparable) expect(value).toBe(valueAt(release));
}, 360_000);

/** The same settings in Arabic alone. */
const monolingual = (site: ReturnType<typeof aSite>) => ({
  ...JSON.parse(JSON.stringify(site, (key, value) => (key === 'en' ? undefined : value))),
  languages: [{ tag: 'ar', locale: 'ar-KW-u-nu-latn' }],
});

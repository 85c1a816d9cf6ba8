import { exports } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { aRelease, publish } from '../a-release.ts';
import { advanceClock } from '../clock.ts';
import { testEnv } from './reader.ts';

/** Requests with a context each, as the platform gives them: a read that one began is not the others' to await. */
const herd = (path: string): Promise<readonly string[]> =>
  Promise.all(
    Array.from({ length: 50 }, async () => (await exports.default.fetch(`https://b.example${path}`)).text()),
  );

it.each(['/en/', '/en/news/1', '/data/statistics.csv'])(
  'requests at once for %s are all answered, by an isolate that knows it or not',
  async (path) => {
    for (let i = 0; i < 5; i++) {
      const words = `${path} ${i}`;
      await publish(
        testEnv.BULLETIN,
        aRelease({
          documents: { '/ar/': words, '/en/': words },
          shells: { en: ['', ''] },
          news: { '1': { en: [words] } },
          cold: { '/data/statistics.csv': { text: words, type: 'text/csv; charset=utf-8' } },
        }),
      );
      advanceClock(60_000);
      for (let j = 0; j < 2; j++) expect(await herd(path)).toEqual(Array(50).fill(words));
    }
  },
);

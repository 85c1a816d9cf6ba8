import { exports } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { aRelease, publish } from '../a-release.ts';
import { advanceClock } from '../clock.ts';
import { testEnv } from './reader.ts';

/** The bodies of 50 requests at once, each with its own context as on the platform: none may await another's read. */
const askMany = (path: string): Promise<readonly string[]> =>
  Promise.all(
    Array.from({ length: 50 }, async () => (await exports.default.fetch(`https://b.example${path}`)).text()),
  );

it.each(['/en/', '/en/news/1', '/data/statistics.csv'])(
  'many requests at once for %s are all answered, whether the isolate has read the content before or not',
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
      for (let j = 0; j < 2; j++) expect(await askMany(path)).toEqual(Array(50).fill(words));
    }
  },
);

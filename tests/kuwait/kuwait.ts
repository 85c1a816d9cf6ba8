import { readFileSync } from 'node:fs';
import { it } from 'vitest';
import { readSeed, type Seed } from '../../scripts/seed/read-seed.ts';

const NAME = 'Coronavirus (COVID-19) news – State of Kuwait – live';

/** Whether `kv-seed/` holds Kuwait's record. If it holds another bulletin, Kuwait's facts do not apply. */
function isKuwaitsRecord(): boolean {
  try {
    return JSON.parse(readFileSync('kv-seed/site.json', 'utf8')).name.en === NAME;
  } catch {
    return false; // another seed, or a broken one: tests/node/seed.test.ts reports that
  }
}

const isKuwait = isKuwaitsRecord();

/** Kuwait's record. If `kv-seed/` holds another bulletin: a fixture, which no test uses. */
export const record: Seed = await readSeed(isKuwait ? 'kv-seed' : 'tests/fixtures/epidemic');

/** A test of Kuwait's record. It is skipped if `kv-seed/` holds another bulletin. */
export const itOfKuwait = it.skipIf(!isKuwait);

import { readFileSync } from 'node:fs';
import { it } from 'vitest';
import { readSeed, type Seed } from '../../scripts/seed/read-seed.ts';

const NAME = 'Coronavirus (COVID-19) news – State of Kuwait – live';

/** Whether `kv-seed/` holds Kuwait's record. It may hold any other bulletin: the facts of Kuwait's are then of no use. */
function isKuwaitsRecord(): boolean {
  try {
    return JSON.parse(readFileSync('kv-seed/site.json', 'utf8')).name.en === NAME;
  } catch {
    return false; // another seed, or a broken one, which tests/node/seed.test.ts tells of
  }
}

const isKuwait = isKuwaitsRecord();

/** Kuwait's record; where `kv-seed/` holds another, a fixture, on which no test is run. */
export const record: Seed = await readSeed(isKuwait ? 'kv-seed' : 'tests/fixtures/epidemic');

/** A test of Kuwait's record, skipped where `kv-seed/` holds another. */
export const itOfKuwait = it.skipIf(!isKuwait);

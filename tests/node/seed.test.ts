import { describe, expect, it } from 'vitest';
import { readSeed } from '../../scripts/seed/read-seed.ts';

describe('the bulletin that a new site starts with', () => {
  it('passes the checks of the staff endpoint', async () => {
    const { site } = await readSeed('kv-seed');
    expect(site.languages.map(({ tag }) => tag)).toContain(site.defaultLanguage);
  });
});

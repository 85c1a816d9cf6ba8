import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chartStrings } from '../../client/page/chart/chart-strings.ts';
import { ar } from '../../client/strings/ar.ts';
import { en } from '../../client/strings/en.ts';
import { assets } from '../../dist/build.ts';
import { STRICT_TRANSPORT } from '../../worker/platform/strict-transport.ts';

const read = (name: string): string => readFileSync(`dist/assets${assets[name]}`, 'utf8');

describe('the scripts that pages load', () => {
  it('contain no strings of any language, so that a reader loads only those of the page’s language', () => {
    const sentences = [ar, en].flatMap((strings) =>
      Object.values(strings).filter((text): text is string => typeof text === 'string' && text.length > 12),
    );
    expect(sentences.length).toBeGreaterThan(200);
    for (const name of ['page.js', 'chart.js'])
      expect(
        sentences.filter((text) => read(name).includes(text)),
        name,
      ).toEqual([]);
    expect(read('chart.js')).not.toMatch(/[\u0600-\u06ff]/);
  });

  it('come with a separate file of strings for each language', () => {
    for (const [tag, strings] of Object.entries({ ar, en }))
      expect(JSON.parse(read(`chart-${tag}.json`))).toEqual(chartStrings(strings));
  });
});

it('static files tell browsers to stay on https, as every answer of the Worker does', () => {
  const rules = readFileSync('dist/assets/_headers', 'utf8').split(/^(?=\/)/m);
  expect(rules.length).toBeGreaterThan(1);
  for (const rule of rules)
    expect(rule).toContain(`  Strict-Transport-Security: ${STRICT_TRANSPORT['Strict-Transport-Security']}\n`);
});

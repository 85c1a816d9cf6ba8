import { HtmlValidate } from 'html-validate';
import { expect, it } from 'vitest';
import { kinds } from './paths.ts';
import { origin } from './the-site.ts';
import { LANGUAGES } from './visitor.ts';

const validator = new HtmlValidate({ extends: ['html-validate:standard'] });

it.each(LANGUAGES.flatMap((language) => kinds.map((page) => [language, page.kind, page] as const)))(
  'the HTML is valid by the standard: %s, %s',
  async (language, _, page) => {
    const html = await (await fetch(origin + page.path(language))).text();
    const report = await validator.validateString(html);
    const complaints = report.results.flatMap(({ messages }) => messages);
    expect(
      complaints.map(({ ruleId, line, column, message }) => `${line}:${column} ${ruleId}: ${message}`),
    ).toEqual([]);
  },
);

it('every link inside the site leads to a page and to an id that exist, on every linked page', async () => {
  const linkedFrom = new Map<string, string>([['/', 'the printed address']]);
  const dead: string[] = [];
  const anchors: { readonly path: string; readonly id: string; readonly from: string }[] = [];
  const ids = new Map<string, ReadonlySet<string>>();
  for (const [path, from] of linkedFrom) {
    const response = await fetch(origin + path, { redirect: 'manual' });
    if (response.status !== 200) dead.push(`${path} is ${response.status}, linked from ${from}`);
    if (!response.headers.get('Content-Type')?.startsWith('text/html')) continue;
    const html = await response.text();
    ids.set(path, new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id ?? '')));
    for (const [, href = ''] of html.matchAll(/ (?:href|src)="([^"]+)"/g)) {
      const url = new URL(href.replaceAll('&amp;', '&'), origin + path);
      if (url.origin !== origin) continue;
      if (url.hash)
        anchors.push({ path: url.pathname, id: decodeURIComponent(url.hash.slice(1)), from: path });
      if (!linkedFrom.has(url.pathname)) linkedFrom.set(url.pathname, path);
    }
  }
  for (const { path, id, from } of anchors)
    if (!ids.get(path)?.has(id)) dead.push(`${path}#${id} does not exist, linked from ${from}`);
  expect(dead).toEqual([]);
  expect(linkedFrom.size).toBeGreaterThan(80);
});

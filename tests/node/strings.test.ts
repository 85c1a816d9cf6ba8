import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ar } from '../../client/strings/ar.ts';
import { en } from '../../client/strings/en.ts';
import { pageLanguage, STRINGS_TAGS } from '../../client/strings/languages.ts';
import { COLLECTIONS, hasPermalinks } from '../../worker/model/collections/registry.ts';
import { SECTIONS } from '../../worker/model/path.ts';
import { CONTENTS } from '../worker/some-content.ts';

const SOURCES = ['client/page', 'client/islands', 'worker'];
const source = SOURCES.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8')),
).join('\n');

/** The keys that are put together where they are used, by their beginning: what may follow it. */
const PUT_TOGETHER: { readonly [start: string]: readonly string[] } = {
  change: ['edit', 'withdrawal'],
  data: ['flow', 'level', 'total'],
  field: ['replaces', ...Object.values(CONTENTS).flatMap(({ full }) => Object.keys(full))],
  state: ['decided', 'starts', 'in-force', 'ended', 'replaced'],
  withdrawn: ['when', 'why', ...COLLECTIONS.filter(hasPermalinks)],
};

it('says nothing that no page has a place for', () => {
  const starts = [...source.matchAll(/`(\w+)\.\$\{/g)].flatMap(([, start]) => start ?? []);
  expect(new Set(starts)).toEqual(new Set(Object.keys(PUT_TOGETHER)));
  const used = new Set<string>(SECTIONS);
  for (const [start, ends] of Object.entries(PUT_TOGETHER))
    for (const end of ends) used.add(`${start}.${end}`);
  // A key is written in quotation marks, or as a property where it is one word.
  for (const [, quoted, word] of source.matchAll(/["']([\w.-]+)["']|strings\.(\w+)/g))
    used.add(quoted?.includes('.') ? quoted : (word ?? ''));
  expect(Object.keys(ar).filter((key) => !used.has(key))).toEqual([]);
});

it('is set in the marks of its language', () => {
  const said = (strings: object): readonly string[] =>
    Object.values(strings).flatMap((text) => (typeof text === 'string' ? text : Object.values(text)));
  for (const text of said(ar)) expect(text).not.toMatch(/[,;?"'“”‘’]| [،؛؟:.]| {2}/);
  for (const text of said(en)) expect(text).not.toMatch(/[\u0600-\u06ff«»"']| [,;?:.]| {2}/);
});

it('has every plural form of its language', () => {
  for (const tag of STRINGS_TAGS)
    for (const [key, plural] of Object.entries(pageLanguage(tag).strings)) {
      if (typeof plural === 'string') continue;
      const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
      expect(Object.keys(plural).sort(), key).toEqual([...pluralCategories].sort());
    }
});

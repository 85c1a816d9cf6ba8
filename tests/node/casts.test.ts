import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { codeFiles } from '../tree.ts';

const root = new URL('../../', import.meta.url);

/** The files that may claim a type with `as`, by the reason. All others get their types from parsers and guards. */
const MAY_CAST: { readonly [reason: string]: readonly string[] } = {
  'A text gets its brand here, after a check or because it is made here': [
    'worker/model/civil-date.ts',
    'worker/model/instant.ts',
    'worker/model/item.ts',
    'worker/model/ledger.ts',
    'worker/model/site.ts',
    'worker/model/staff/staff-key.ts',
    'worker/model/validation/text.ts',
    'worker/newsroom/ledger/ledger-store.ts',
    'worker/render/views/markdown.ts',
  ],
  'JSON, a pack or a row of SQLite is read here': [
    'client/islands/chart.ts',
    'scripts/deploy.ts',
    'scripts/seed/staff-client.ts',
    'worker/model/validation/strict-json.ts',
    'worker/newsroom/documents/item-parts.ts',
    'worker/newsroom/ledger/answered.ts',
    'worker/newsroom/ledger/sql-rows.ts',
    'worker/newsroom/ledger/staff-keys.ts',
    'worker/pack/format.ts',
    'worker/platform/due.ts',
    'worker/read/joined-page.ts',
    'worker/read/loaded-release.ts',
    'worker/read/packs.ts',
    'worker/staff/routes.ts',
  ],
  'A library or the language gives a type that is too wide': [
    'client/page/chart/chart-strings.ts',
    'scripts/local/local-worker.ts',
    'scripts/seed/read-seed.ts',
    'worker/model/collections/registry.ts',
    'worker/model/entries.ts',
    'worker/model/memory-rows.ts',
    'worker/model/validation/exact-object.ts',
    'worker/render/openapi/json-schema.ts',
    'worker/render/openapi/openapi-schemas.ts',
    'worker/render/views/listed-items.ts',
  ],
};

/** Whether a source has a cast: `as` before a type, outside of comments, texts, imports and exports. */
function casts(source: string): boolean {
  const code = source
    .replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')
    .replaceAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`[^`]*`/g, "''")
    .replaceAll(/^(?:import|export)\b[^;=]*? from ''/gm, '');
  return /[\w)\]}'"]\s+as (?!const\b)[\w({[]/.test(code);
}

it('only the files that are listed here cast with "as"', () => {
  const files = codeFiles().filter((path) => /^(worker|client|scripts)\/.*(?<!\.d)\.tsx?$/.test(path));
  const found = files.filter((path) => casts(readFileSync(new URL(path, root), 'utf8')));
  expect(found).toEqual(Object.values(MAY_CAST).flat().sort());
});

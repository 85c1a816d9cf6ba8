import { fillText } from '../../../client/page/parts/fill.ts';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import type { Written } from '../../../client/page/parts/text.tsx';
import { type ChangeRow, ChangesSection, type FieldValue } from '../../../client/page/sections/changes.tsx';
import type { SentenceKey } from '../../../client/strings/ar.ts';
import { ar } from '../../../client/strings/ar.ts';
import { pageLanguage } from '../../../client/strings/languages.ts';
import { type Bulletin, isPublic } from '../../model/bulletin.ts';
import { parseCivilDate } from '../../model/civil-date.ts';
import { headingOf } from '../../model/collections/collection.ts';
import { itemPaths, sectionPath } from '../../model/path.ts';
import { metricOf, type Site } from '../../model/site.ts';
import { agencyName, written } from '../views/localize.ts';
import { sectionHead } from './section-head.ts';
import type { Addressing, PageParts, ShellFrame } from './shell.tsx';

/** Corrections on the page: older ones are in the file. */
const NEWEST = 100;
/** Texts up to this many characters are shown as they were and are. */
const SHORT = 300;

type Correction = Bulletin['corrections'][number];

/** The newest corrections in a language. */
export const changesView = (bulletin: Bulletin, language: string): readonly ChangeRow[] =>
  bulletin.corrections
    .slice(-NEWEST)
    .reverse()
    .map((correction) => changeRow(bulletin, correction, language));

function changeRow(bulletin: Bulletin, correction: Correction, language: string): ChangeRow {
  const { site } = bulletin;
  const { id, at, reason, release } = correction;
  const head = {
    id,
    at,
    agency: agencyName(site, correction.agency, language),
    ...(reason === undefined ? {} : { reason }),
    release,
  };
  if (correction.kind === 'figure') {
    const { kind, metric, date, was, now } = correction;
    const known = metricOf(site, metric);
    return {
      ...head,
      kind,
      metric: known ? written(known.label, language, site) : { text: metric },
      date,
      was,
      now,
    };
  }
  return {
    ...head,
    kind: correction.kind,
    item: itemName(bulletin, correction, language),
    ...(correction.kind === 'edit' ? changedFields(site, correction, language) : { fields: [], others: [] }),
  };
}

type ItemCorrection = Exclude<Correction, { kind: 'figure' }>;

// Of an item that is withdrawn the record keeps the heading; what was erased has none left.
function itemName(bulletin: Bulletin, correction: ItemCorrection, language: string) {
  const { site } = bulletin;
  const item = bulletin.items[correction.collection].get(correction.item);
  if (!item?.content || (correction.kind === 'withdrawal' && correction.was === null)) return null;
  const heading = written(headingOf(item.content).text, language, site);
  const name = item.collection === 'rumours' ? quoted(heading, language) : heading;
  const path = isPublic(item) ? itemPaths(site, item)[language] : undefined;
  return path === undefined ? { name } : { name, path };
}

// What is said stands in quotation marks here too: a record of changes must not read as if it said so itself.
const quoted = (claim: Written, language: string): Written => ({
  ...claim,
  text: fillText(pageLanguage(language).strings['rumour.claim'], { claim: claim.text }),
});

function changedFields(site: Site, { was, now }: ItemCorrection, language: string) {
  const fields: { key: SentenceKey; was: FieldValue; now: FieldValue }[] = [];
  const others: SentenceKey[] = [];
  for (const name of new Set([...Object.keys(was ?? {}), ...Object.keys(now ?? {})])) {
    const key = `field.${name}`;
    if (!isSentence(key)) continue;
    const before = fieldValue(site, was?.[name], language);
    const after = fieldValue(site, now?.[name], language);
    // A text may have changed in another language only: then there is nothing to show in this one.
    if (before === undefined || after === undefined || JSON.stringify(before) === JSON.stringify(after))
      others.push(key);
    else fields.push({ key, was: before, now: after });
  }
  return { fields, others };
}

const isSentence = (key: string): key is SentenceKey =>
  key in ar && typeof ar[key as keyof typeof ar] === 'string';

// A short text or a day; null for a field that is not set, undefined for what is no text or too long to show.
function fieldValue(site: Site, value: unknown, language: string): FieldValue | undefined {
  if (value === undefined) return null;
  if (typeof value === 'string') {
    const date = parseCivilDate(value);
    return date ? { date } : { text: value };
  }
  if (!isTexts(value)) return undefined;
  const text = written(value, language, site);
  return text.text.length <= SHORT ? text : undefined;
}

const isTexts = (value: unknown): value is { readonly [language: string]: string } =>
  typeof value === 'object' &&
  value !== null &&
  !('until' in value) &&
  Object.values(value).every((text) => typeof text === 'string');

/** The slots of the page of corrections. */
export function changesParts(site: Addressing, frame: ShellFrame, rows: readonly ChangeRow[]): PageParts {
  const f = formatsOf(frame.formats);
  return {
    ...sectionHead(site, frame, f.strings.changes, (tag) => sectionPath(tag, 'changes')),
    main: <ChangesSection rows={rows} f={f} />,
  };
}

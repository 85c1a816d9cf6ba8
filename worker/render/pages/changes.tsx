import { fillText } from '../../../client/page/parts/fill.ts';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import type { LocalizedText } from '../../../client/page/parts/text.tsx';
import {
  ChangesSection,
  type CorrectionRow,
  type FieldValue,
} from '../../../client/page/sections/changes.tsx';
import { pageLanguage } from '../../../client/strings/languages.ts';
import { type Bulletin, isPublic } from '../../model/bulletin.ts';
import { parseCivilDate } from '../../model/civil-date.ts';
import { COLLECTIONS, headingOf } from '../../model/collections/registry.ts';
import { itemPaths } from '../../model/path.ts';
import { metricOf, type Site } from '../../model/site.ts';
import { agencyName, localize } from '../views/localize.ts';
import { type SectionPage, sectionParts } from './section-page.ts';

/** Corrections on the page: older ones are in the file. */
const NEWEST = 100;
/** Texts up to this many characters are shown as they were and are. */
const SHORT = 300;

type Correction = Bulletin['corrections'][number];

/** The newest corrections in a language. */
const correctionRows = (bulletin: Bulletin, language: string): readonly CorrectionRow[] =>
  bulletin.corrections
    .slice(-NEWEST)
    .reverse()
    .map((correction) => correctionRow(bulletin, correction, language));

function correctionRow(bulletin: Bulletin, correction: Correction, language: string): CorrectionRow {
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
      metric: known ? localize(known.label, language, site) : { text: metric },
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
  const { text, quoted } = headingOf(item.collection, item.content);
  const heading = localize(text, language, site);
  const name = quoted ? inQuotes(heading, language) : heading;
  const path = isPublic(item) ? itemPaths(site, item)[language] : undefined;
  return path === undefined ? { name } : { name, path };
}

// What others say stands in quotation marks here too: the record must not read as if it said so itself.
const inQuotes = (claim: LocalizedText, language: string): LocalizedText => ({
  ...claim,
  text: fillText(pageLanguage(language).strings['rumour.claim'], { claim: claim.text }),
});

function changedFields(site: Site, { was, now }: ItemCorrection, language: string) {
  const fields: { name: string; was: FieldValue; now: FieldValue }[] = [];
  const others: string[] = [];
  for (const name of new Set([...Object.keys(was ?? {}), ...Object.keys(now ?? {})])) {
    const before = fieldValue(site, was?.[name], language);
    const after = fieldValue(site, now?.[name], language);
    // A text may have changed in another language only: then there is nothing to show in this one.
    if (before === undefined || after === undefined || JSON.stringify(before) === JSON.stringify(after))
      others.push(name);
    else fields.push({ name, was: before, now: after });
  }
  return { fields, others };
}

// A short text or a day; null for a field that is not set, undefined for what is no text or too long to show.
function fieldValue(site: Site, value: unknown, language: string): FieldValue | undefined {
  if (value === undefined) return null;
  if (typeof value === 'string') {
    const date = parseCivilDate(value);
    return date ? { date } : { text: value };
  }
  if (!isTexts(value)) return undefined;
  const text = localize(value, language, site);
  return text.text.length <= SHORT ? text : undefined;
}

const isTexts = (value: unknown): value is { readonly [language: string]: string } =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !('until' in value) &&
  Object.values(value).every((text) => typeof text === 'string');

/** Every correction of what was public, newest first. */
export const changesSection: SectionPage = {
  // The record names items by what they are called now, wherever they are.
  stamp: ({ bulletin: { corrections, revisions } }) => [
    corrections.at(-1)?.release,
    revisions.corrections,
    COLLECTIONS.map((collection) => revisions[collection]),
  ],
  parts: (context, frame) => {
    const rows = correctionRows(context.bulletin, frame.formats.tag);
    return sectionParts(
      context,
      frame,
      'changes',
      <ChangesSection rows={rows} f={formatsOf(frame.formats)} />,
    );
  },
};

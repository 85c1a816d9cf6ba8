import { fillText } from '../../../client/page/parts/fill.ts';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import type { LocalizedText } from '../../../client/page/parts/text.tsx';
import { ChangesSection, type CorrectionRow } from '../../../client/page/sections/changes.tsx';
import { pageLanguage } from '../../../client/strings/languages.ts';
import { type Bulletin, isPublic } from '../../model/bulletin.ts';
import { COLLECTIONS, headingOf } from '../../model/collections/registry.ts';
import { itemPaths } from '../../model/path.ts';
import { metricOf } from '../../model/site.ts';
import { changedFields } from '../views/changed-fields.ts';
import { isTexts } from '../views/field-values.ts';
import { agencyName, localize } from '../views/localize.ts';
import { rowsWithin } from '../views/page-room.ts';
import { publicCorrections } from '../views/public-corrections.ts';
import { shownMeasure } from '../views/shown-measure.ts';
import { type SectionPage, sectionParts } from './section-page.ts';

/** How many corrections the page shows. `changes.json` has the older ones. */
const NEWEST = 100;

type Correction = Bulletin['corrections'][number];

/** The newest corrections in a language. */
const correctionRows = (bulletin: Bulletin, language: string): readonly CorrectionRow[] =>
  rowsWithin(
    publicCorrections(bulletin)
      .slice(-NEWEST)
      .reverse()
      .map((correction) => correctionRow(bulletin, correction, language)),
  );

function correctionRow(bulletin: Bulletin, correction: Correction, language: string): CorrectionRow {
  const { site } = bulletin;
  const { id, at, reason, reasonErased, release } = correction;
  const head = {
    id,
    at,
    agency: agencyName(site, correction.agency, language),
    ...(reason === undefined ? {} : { reason }),
    ...(reasonErased ? { reasonErased } : {}),
    release,
  };
  if (correction.kind === 'figure') {
    const { kind, metric, date, until, was, now, wasErased, nowErased } = correction;
    const settings = metricOf(site, metric);
    return {
      ...head,
      kind,
      metric: settings ? localize(settings.label, language, site) : { text: metric },
      measure: settings ? shownMeasure(site, settings, language) : { decimals: 0 },
      date,
      ...(until === undefined ? {} : { until }),
      was: wasErased ? 'erased' : was,
      now: nowErased ? 'erased' : now,
    };
  }
  return {
    ...head,
    kind: correction.kind,
    item: itemName(bulletin, correction, language),
    ...changedFields(bulletin, correction, language),
  };
}

type ItemCorrection = Exclude<Correction, { kind: 'figure' }>;

// The heading of the item, with a link if the item is public; null if its content was erased. A withdrawn item may have
// been edited before its withdrawal, in the same release: its heading is the one that was public.
function itemName(bulletin: Bulletin, correction: ItemCorrection, language: string) {
  const { site } = bulletin;
  const item = bulletin.items[correction.collection].get(correction.item);
  if (!item?.content || (correction.kind === 'withdrawal' && correction.was === null)) return null;
  const { field, text, quoted } = headingOf(item.collection, item.content);
  const last = correction.kind === 'withdrawal' ? correction.was?.[field] : undefined;
  const heading = localize(isTexts(last) ? last : text, language, site);
  const name = quoted ? inQuotes(heading, language) : heading;
  const path = isPublic(item) ? itemPaths(site, item)[language] : undefined;
  return path === undefined ? { name } : { name, path };
}

// A rumour's claim is in quotation marks here too, so that the record does not seem to make the claim itself.
const inQuotes = (claim: LocalizedText, language: string): LocalizedText => ({
  ...claim,
  text: fillText(pageLanguage(language).strings['rumour.claim'], { claim: claim.text }),
});

/** The newest corrections of what was public, newest first. */
export const changesSection: SectionPage = {
  // Rows show the current heading of each item, so the page depends on all collections.
  stamp: ({ bulletin: { corrections, revisions } }) => [
    corrections.at(-1)?.release,
    // A newer fold may find a correction that the older one did not: its release is unknown until the next one.
    corrections.filter(({ release }) => release === null).length,
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

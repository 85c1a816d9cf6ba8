import type { ChartView } from '../../../client/page/chart/chart.tsx';
import { CHART_DAYS } from '../../../client/page/chart/chart-shape.ts';
import type { FigureView } from '../../../client/page/home/figures.tsx';
import { Home, type HomeView } from '../../../client/page/home/home.tsx';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import { assets } from '../../../dist/build.ts';
import type { Bulletin } from '../../model/bulletin.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { markedDays } from '../../model/marked-days.ts';
import { homePath, sectionPath } from '../../model/path.ts';
import { inDrawnOrder, type Metric, type MetricId, type Site } from '../../model/site.ts';
import type { ReportedMetric } from '../../model/staff/figure.ts';
import { MAX_TITLE } from '../../model/validation/text.ts';
import { WEEK } from '../../model/week.ts';
import type { DaySnapshot } from '../views/day-snapshot.ts';
import { breakIndexes, bulletinDay, type FigureFacts } from '../views/figure-facts.ts';
import { highestOf } from '../views/highest.ts';
import { withinRoom } from '../views/home-remarks.ts';
import { CELLS_AT_HOME, DAYS_AT_HOME, dayTable, MONTHS_AT_HOME, monthTable } from '../views/home-tables.ts';
import { hotlineOf, listedItems, placedContacts } from '../views/listed-items.ts';
import { agencyName, localize } from '../views/localize.ts';
import { markdownHtml } from '../views/markdown.ts';
import { cutLabel, rowsWithin } from '../views/page-room.ts';
import { prefixWithin } from '../views/prefix-within.ts';
import { factLines, newestShift, remarkLines } from '../views/remarks.ts';
import { shownMeasure } from '../views/shown-measure.ts';
import { newestDecisions } from './decisions.tsx';
import { newsRow } from './news.tsx';
import { shortPlan } from './plan.tsx';
import { newestRumours } from './rumours.tsx';
import { type Addressing, alternates, type PageParts, type ShellFrame } from './shell.tsx';
import { firstGuidance, firstQuestions } from './topics.tsx';

const NEWEST_NEWS = 5;
/** About how many characters the titles of the newest news may have together. */
const NEWS_TITLES = 600;
/** How many contacts and funds the home page has room for; `contacts.json` has all. */
const CONTACTS_AT_HOME = 20;
const CONTACTS_BYTES = 20_000;
const FUNDS_AT_HOME = 5;
const FUND_BYTES = 5_000;
/** The most characters of each name, if there are more figures than in any bulletin that we know. */
const MANY_FIGURES = 20;
const LONGEST_OF_MANY = 40;
/** About how many characters the names of the agencies that report the figures may have together. */
const SOURCES = 1_500;

/** The view of the home page's main part, in one language. */
export function homeView(bulletin: Bulletin, snapshot: DaySnapshot, language: string): HomeView {
  const { site } = bulletin;
  const { series, latest } = snapshot;
  const shown = shownMetrics(site);
  const agencies = new Set(shown.flatMap((metric) => metric.agencies));
  const date = bulletinDay(site, latest);
  return {
    date,
    ageDays: ageOfNewest(latest, date),
    ...withinRoom(shown.flatMap((metric) => figureView(bulletin, snapshot, metric.id, language))),
    sources: prefixWithin(
      series.dates.length > 0 ? [...agencies].map((id) => agencyName(site, id, language)) : [],
      ({ text }) => text.length,
      SOURCES,
    ),
    todo: firstGuidance(bulletin, language),
    decisions: newestDecisions(bulletin, snapshot.decisions, language),
    plan: shortPlan(bulletin, snapshot.today, language),
    chart: chartView(bulletin, snapshot, language),
    news: prefixWithin(
      listedItems(bulletin, 'news')
        .slice(0, NEWEST_NEWS)
        .map((item) => newsRow(site, item, language, { excerpt: false })),
      ({ title }) => title.text.length,
      NEWS_TITLES,
    ),
    faq: firstQuestions(bulletin, language),
    rumours: newestRumours(bulletin, language),
    ...contactRows(bulletin, language),
    paths: {
      news: sectionPath(language, 'news'),
      plan: sectionPath(language, 'plan'),
      rumours: sectionPath(language, 'rumours'),
      data: sectionPath(language, 'data'),
    },
  };
}

// Funds in the place of their kind have a block of their own; other funds are among the contacts. `phone` is the
// hotline's, which the block of questions also shows.
function contactRows(
  bulletin: Bulletin,
  language: string,
): Pick<HomeView, 'contacts' | 'moreContacts' | 'fund' | 'phone'> {
  const items = listedItems(bulletin, 'contacts');
  const funds = placedContacts(bulletin, 'fund');
  const rows = (isFund: boolean) =>
    items
      .filter((item) => funds.includes(item) === isFund)
      .map(({ id, content }) => ({
        id,
        name: localize(content.name, language, bulletin.site),
        ...(content.phone === undefined ? {} : { phone: content.phone }),
        ...(content.website === undefined ? {} : { url: content.website }),
        ...(content.hours === undefined ? {} : { hours: localize(content.hours, language, bulletin.site) }),
      }));
  const phone = hotlineOf(bulletin)?.content.phone;
  const [allContacts, allFunds] = [rows(false), rows(true)];
  const contacts = rowsWithin(allContacts, CONTACTS_BYTES, CONTACTS_AT_HOME);
  const fund = rowsWithin(allFunds, FUND_BYTES, FUNDS_AT_HOME);
  const isCut = contacts.length < allContacts.length || fund.length < allFunds.length;
  return {
    contacts,
    fund,
    ...(isCut ? { moreContacts: true } : {}),
    ...(phone === undefined ? {} : { phone }),
  };
}

/** The metrics of the home page's figures, by group. */
function shownMetrics(site: Site): readonly ReportedMetric[] {
  const reported = site.metrics.filter((metric) => metric.kind !== 'total');
  const shown = reported.filter((metric) => metric.home?.shown !== false);
  const groups = (site.groups ?? []).map(({ id }) => id);
  return shown.toSorted((a, b) => groups.indexOf(a.group ?? '') - groups.indexOf(b.group ?? ''));
}

function figureView(bulletin: Bulletin, snapshot: DaySnapshot, id: MetricId, language: string): FigureView[] {
  const { site } = bulletin;
  const metric = site.metrics.find((m) => m.id === id);
  const last = snapshot.latest.find((l) => l.metric === id);
  if (!metric || !last) return [];
  const { value, date } = last;
  const lines = [
    ...factLines(bulletin, id, snapshot, language),
    ...remarkLines(bulletin, id, snapshot.today),
  ];
  const longest = site.metrics.length > MANY_FIGURES ? LONGEST_OF_MANY : MAX_TITLE;
  return [
    {
      id,
      label: cutLabel(localize(metric.label, language, site), longest),
      tone: metric.tone,
      measure: shownMeasure(site, metric, language),
      ...(metric.better && metric.better !== 'neither' ? { better: metric.better } : {}),
      ...groupOf(site, metric, language),
      latest: value === null || date === null ? null : { value, date },
      ageDays: last.isOld ? last.ageDays : null,
      change: last.change,
      average: last.average?.kind === 'mean' ? last.average.mean : null,
      totals: site.metrics.flatMap((m): FigureView['totals'] => {
        const total =
          m.kind === 'total' && m.of === id && m.home?.shown !== false
            ? snapshot.latest.find((l) => l.metric === m.id)
            : null;
        return total?.unknownSince
          ? [
              {
                label: cutLabel(localize(m.label, language, site), longest),
                unknownSince: total.unknownSince,
              },
            ]
          : total && total.value !== null && total.date !== null
            ? [
                {
                  label: cutLabel(localize(m.label, language, site), longest),
                  value: total.value,
                  date: total.date,
                  measure: shownMeasure(site, m, language),
                  missingDays: total.missingDays ?? 0,
                  ...newestShift(bulletin, m.id),
                },
              ]
            : [];
      }),
      was: snapshot.corrected.get(id) ?? null,
      ...(lines.length > 0 ? { remarks: lines } : {}),
    },
  ];
}

function groupOf(site: Site, { group }: Metric, language: string): Pick<FigureView, 'group'> {
  const found = site.groups?.find(({ id }) => id === group);
  return found ? { group: cutLabel(localize(found.label, language, site), LONGEST_OF_MANY) } : {};
}

// Null unless a figure of the bulletin's day is old: then the heading says so for all figures of that day.
function ageOfNewest(latest: readonly FigureFacts[], day: CivilDate | null): number | null {
  return latest.find(({ date, kind, isOld }) => date === day && kind !== 'total' && isOld)?.ageDays ?? null;
}

// The first metric that has something to compare: agencies name the most important one first.
function chartView(bulletin: Bulletin, snapshot: DaySnapshot, language: string): ChartView | null {
  const { site } = bulletin;
  const { series, latest, today } = snapshot;
  const isDrawn = ({ id, kind }: Metric) =>
    kind !== 'total' && (series.metrics[id] ?? []).filter((value) => value !== null).length > 1;
  const ordered = inDrawnOrder(site);
  const metric = ordered.find(isDrawn) ?? ordered.find(({ kind }) => kind !== 'total');
  const column = metric ? series.metrics[metric.id] : undefined;
  if (!metric || metric.kind === 'total' || !column) return null;
  const end = column.findLastIndex((value) => value !== null);
  // Six days more than the chart draws, because the first weekly mean needs them.
  const start = Math.max(0, end + 1 - CHART_DAYS - (WEEK - 1));
  const from = series.dates[start];
  if (from === undefined) return null;
  const breaks = breakIndexes(bulletin, series, metric.id);
  const facts = latest.find((l) => l.metric === metric.id);
  const { adjusted, provisional } = markedDays(site, series, metric, today);
  const inView = (marked: readonly number[]) => marked.map((at) => at - start);
  return {
    metric: metric.id,
    kind: metric.kind,
    label: localize(metric.label, language, site),
    measure: shownMeasure(site, metric, language),
    from,
    values: column.slice(start, end + 1),
    breaks: inView(breaks),
    adjusted: inView(adjusted),
    provisional: inView(provisional),
    isCurrent: facts?.state === 'reported' && !facts.isOld,
    ...highestOf(series, column, breaks, metric.kind),
    days: dayTable(site, snapshot, { rows: DAYS_AT_HOME, language, cells: CELLS_AT_HOME }),
    months: monthTable(site, snapshot, { rows: MONTHS_AT_HOME, language, cells: CELLS_AT_HOME }),
  };
}

/** What goes into the slots of a home page. */
export function homeParts(site: Addressing, frame: ShellFrame, view: HomeView): PageParts {
  const f = formatsOf(frame.formats);
  const name = frame.view.name.text;
  const all = alternates(site, homePath);
  return {
    head: {
      title: frame.view.authority ? `${name} · ${frame.view.authority.text}` : name,
      description: describe(view, frame, f),
      origin: site.origin,
      siteName: name,
      kind: 'website',
      alternates: all,
    },
    languages: all,
    main: <Home view={view} toHtml={markdownHtml} assets={assets} f={f} />,
  };
}

// The day's figures in one line, for search results and shared links. No commas, because languages write them
// differently.
function describe(view: HomeView, frame: ShellFrame, f: ReturnType<typeof formatsOf>): string {
  const figures = view.figures.flatMap(({ latest, label, measure }) =>
    latest && latest.date === view.date ? [`${label.text}: ${f.measured(latest.value, measure)}`] : [],
  );
  const day = view.date === null ? [] : [f.date(view.date)];
  return [frame.view.name.text, ...day, ...figures.slice(0, 6)].join(' · ');
}

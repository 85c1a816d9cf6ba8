import type { ChartView } from '../../../client/page/chart/chart.tsx';
import { CHART_DAYS } from '../../../client/page/chart/chart-shape.ts';
import type { FigureView } from '../../../client/page/home/figures.tsx';
import { Home, type HomeView } from '../../../client/page/home/home.tsx';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import { assets } from '../../../dist/build.ts';
import type { Bulletin } from '../../model/bulletin.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { homePath, sectionPath } from '../../model/path.ts';
import type { Column, Series } from '../../model/series.ts';
import type { MetricId, Site } from '../../model/site.ts';
import { MAX_TITLE } from '../../model/validation/text.ts';
import type { DaySnapshot } from '../views/day-snapshot.ts';
import { DAYS_AT_HOME, dayTable, MONTHS_AT_HOME, monthTable } from '../views/home-tables.ts';
import { hotlineOf, listedItems, placedContacts } from '../views/listed-items.ts';
import { agencyName, localize } from '../views/localize.ts';
import { markdownHtml } from '../views/markdown.ts';
import { cutLabel, rowsWithin } from '../views/page-room.ts';
import { prefixWithin } from '../views/prefix-within.ts';
import { factLines, newestShift, remarkLines } from '../views/remarks.ts';
import { newestDecisions } from './decisions.tsx';
import { newsRow } from './news.tsx';
import { shortPlan } from './plan.tsx';
import { newestRumours } from './rumours.tsx';
import { type Addressing, alternates, type PageParts, type ShellFrame } from './shell.tsx';
import { firstGuidance, firstQuestions } from './topics.tsx';

const NEWEST_NEWS = 5;
/** About how many characters the titles of the newest news may have together. */
const NEWS_TITLES = 600;
const WEEK = 7;
/** How many contacts and funds the home page has room for; `contacts.json` has all. */
const CONTACTS_AT_HOME = 20;
const CONTACTS_BYTES = 20_000;
const FUNDS_AT_HOME = 5;
const FUND_BYTES = 5_000;
/** The most characters of each name, if there are more figures than in any bulletin that we know. */
const MANY_FIGURES = 20;
const LONGEST_OF_MANY = 40;
/** How many remarks about figures the home page has room for, and how many beside more than a dozen figures. */
const REMARKS_AT_HOME = 9;
const DOZEN = 12;
const REMARKS_BESIDE_MANY = 3;
/** About how many characters the names of the agencies that report the figures may have together. */
const SOURCES = 1_500;

/** The view of the home page's main part, in one language. */
export function homeView(bulletin: Bulletin, snapshot: DaySnapshot, language: string): HomeView {
  const { site } = bulletin;
  const { series, latest } = snapshot;
  const reported = site.metrics.filter((metric) => metric.kind !== 'total');
  const agencies = new Set(reported.flatMap((metric) => metric.agencies));
  return {
    date: latest.reduce<HomeView['date']>((a, { date }) => (date && (!a || date > a) ? date : a), null),
    figures: withFewRemarks(
      reported.flatMap((metric) => figureView(bulletin, snapshot, metric.id, language)),
    ),
    sources: prefixWithin(
      series.dates.length > 0 ? [...agencies].map((id) => agencyName(site, id, language)) : [],
      ({ text }) => text.length,
      SOURCES,
    ),
    todo: firstGuidance(bulletin, language),
    decisions: newestDecisions(bulletin, snapshot.decisions, language),
    plan: shortPlan(bulletin, snapshot.today, language),
    chart: chartView(site, series, language),
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
  const end = date === null ? -1 : snapshot.series.dates.indexOf(date);
  return [
    {
      id,
      label: cutLabel(localize(metric.label, language, site), longest),
      tone: metric.tone,
      latest: value === null || date === null ? null : { value, date },
      change: last.change,
      average: metric.kind === 'flow' ? fullWeekMean(snapshot.series, id, end) : null,
      totals: site.metrics.flatMap((m) => {
        const total =
          m.kind === 'total' && m.of === id ? snapshot.latest.find((l) => l.metric === m.id) : null;
        return total && total.value !== null
          ? [
              {
                label: cutLabel(localize(m.label, language, site), longest),
                value: total.value,
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

// Names lead to the data page, which has them all.
function withFewRemarks(figures: readonly FigureView[]): readonly FigureView[] {
  let left = figures.length > DOZEN ? REMARKS_BESIDE_MANY : REMARKS_AT_HOME;
  return figures.map(({ remarks = [], ...figure }) => {
    const shown = remarks.slice(0, left);
    left -= shown.length;
    const totals = figure.totals.map(({ shift, ...total }) =>
      shift && left-- > 0 ? { ...total, shift } : total,
    );
    return { ...figure, totals, ...(shown.length > 0 ? { remarks: shown } : {}) };
  });
}

// Null unless all seven days are reported: beside a figure there is no room to say that a day is missing from the mean.
function fullWeekMean(series: Series, id: MetricId, end: number): number | null {
  const week = (series.metrics[id] ?? []).slice(Math.max(0, end - WEEK + 1), end + 1);
  if (week.length < WEEK) return null;
  return week.reduce<number | null>((sum, v) => (sum === null || v === null ? null : sum + v / WEEK), 0);
}

function chartView(site: Site, series: Series, language: string): ChartView | null {
  const metric = site.metrics.find((m) => m.kind === 'flow');
  const column = metric ? series.metrics[metric.id] : undefined;
  if (!metric || !column) return null;
  // Six days more than the chart draws, because the first weekly mean needs them.
  const start = Math.max(0, column.length - CHART_DAYS - (WEEK - 1));
  const from = series.dates[start];
  if (from === undefined) return null;
  return {
    metric: metric.id,
    label: localize(metric.label, language, site),
    from,
    values: column.slice(start),
    highest: highestOf(series, column),
    days: dayTable(site, series, DAYS_AT_HOME, language),
    months: monthTable(site, series, MONTHS_AT_HOME, language),
  };
}

// The highest value of the whole series; the chart may draw only the end of it.
function highestOf({ dates }: Series, column: Column): ChartView['highest'] {
  let [value, date]: [number | null, CivilDate | undefined] = [null, undefined];
  for (const [i, v] of column.entries())
    if (v !== null && (value === null || v > value)) [value, date] = [v, dates[i]];
  return value === null || date === undefined ? null : { value, date };
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
  const figures = view.figures.flatMap(({ latest, label }) =>
    latest && latest.date === view.date ? [`${label.text}: ${f.number(latest.value)}`] : [],
  );
  const day = view.date === null ? [] : [f.date(view.date)];
  return [frame.view.name.text, ...day, ...figures.slice(0, 6)].join(' · ');
}

import type { CivilDate } from '../../../worker/model/civil-date.ts';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Day } from '../parts/values.tsx';
import { type MonthLink, MonthName, type MonthPageName, Months, Turn } from './months.tsx';

/** A news item in a list. */
export type NewsRow = {
  readonly path: string;
  readonly title: LocalizedText;
  readonly date: CivilDate;
  readonly agency: LocalizedText;
  /** The beginning of the body as plain text. */
  readonly excerpt?: LocalizedText;
};

type RowsProps = { rows: readonly NewsRow[]; heading: 'h2' | 'h3'; f: Formats };

/** Rows of news, newest first. `heading` is one level below the heading above the list. */
export const NewsRows = ({ rows, heading: Heading, f }: RowsProps) => (
  <ul class="rows">
    {rows.map((row) => (
      <li key={row.path}>
        <p class="soft">
          <Day date={row.date} f={f} /> · <Text text={row.agency} />
        </p>
        <Heading class="item-name">
          <a href={row.path}>
            <Text text={row.title} />
          </a>
          <Untranslated text={row.title} f={f} />
        </Heading>
        {row.excerpt ? (
          <p>
            <Text text={row.excerpt} />
          </p>
        ) : null}
      </li>
    ))}
  </ul>
);

type HomeProps = { rows: readonly NewsRow[]; allPath: string; f: Formats };

/** The newest items on the home page. */
export const NewestNews = ({ rows, allPath, f }: HomeProps) => (
  <section class="block side" id="news">
    <h2>
      {f.strings.news}{' '}
      {rows[0] ? (
        <span>{fill(f.strings['news.latest'], { date: <Day date={rows[0].date} f={f} /> })}</span>
      ) : null}
    </h2>
    {rows.length === 0 ? <p>{f.strings['news.none']}</p> : <NewsRows rows={rows} heading="h3" f={f} />}
    {rows.length === 0 ? null : (
      <a class="more" href={allPath}>
        {f.strings['news.all']}
      </a>
    )}
  </section>
);

type SectionProps = {
  rows: readonly NewsRow[];
  months: Parameters<typeof Months>[0]['months'];
  olderMonth?: MonthLink;
  f: Formats;
};

/** The news section: the newest items, and links to the months. */
export const NewsSection = ({ rows, months, olderMonth, f }: SectionProps) => (
  <div class="wrap sheet">
    <section class="block">
      <h1>{f.strings.news}</h1>
      {rows.length === 0 ? <p>{f.strings['news.none']}</p> : <NewsRows rows={rows} heading="h2" f={f} />}
    </section>
    <Months months={months} olderMonth={olderMonth} heading="news.archive" count="news.count" f={f} />
  </div>
);

type ArchiveProps = MonthPageName & {
  rows: readonly NewsRow[];
  newer?: MonthLink;
  older?: MonthLink;
  f: Formats;
};

/** A page of a month's news. */
export const NewsArchive = ({ month, page, rows, newer, older, f }: ArchiveProps) => (
  <div class="wrap sheet">
    <section class="block">
      <h1>{fill(f.strings['news.month'], { month: <MonthName month={month} page={page} f={f} /> })}</h1>
      <NewsRows rows={rows} heading="h2" f={f} />
      <Turn newer={newer} older={older} f={f} />
    </section>
  </div>
);

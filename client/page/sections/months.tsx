import type { CivilMonth } from '../../../worker/model/civil-date.ts';
import type { PluralKey, SentenceKey } from '../../strings/ar.ts';
import { fill, fillText } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { Month } from '../parts/values.tsx';

/** A month of a section and the path of its page. With `page`, the path of one of the month's older pages. */
export type MonthLink = { readonly month: CivilMonth; readonly path: string; readonly page?: number };

/** A page of a month: its newest items if `page` is null. */
export type MonthPageName = { readonly month: CivilMonth; readonly page: number | null };

/** The name of a month, with the number of the page if it is one of the month's older pages. */
export const monthName = ({ month, page }: MonthPageName, f: Formats): string =>
  page === null
    ? f.month(month)
    : fillText(f.strings['month.page'], { month: f.month(month), n: f.ordinal(page) });

/** As `monthName`, with the month marked as a time. */
export const MonthName = ({ month, page, f }: MonthPageName & { f: Formats }) => {
  const name = <Month month={month} f={f} />;
  if (page === null) return name;
  return <>{fill(f.strings['month.page'], { month: name, n: f.ordinal(page) })}</>;
};

type MonthsProps = {
  months: readonly (MonthLink & { readonly count: number })[];
  /** The newest month that is not listed. Its page leads to those before it. */
  olderMonth?: MonthLink | undefined;
  heading: SentenceKey;
  count: PluralKey;
  f: Formats;
};

/** Links to the months of a section. Nothing if there are none. */
export const Months = ({ months, olderMonth, heading, count, f }: MonthsProps) =>
  months.length === 0 ? null : (
    <nav class="block side" aria-labelledby="months">
      <h2 id="months">{f.strings[heading]}</h2>
      <ul class="months">
        {months.map(({ month, path, count: n }) => (
          <li key={month}>
            <a href={path}>{f.month(month)}</a>{' '}
            <span class="soft">{fillText(f.plural(count, n), { n: f.number(n) })}</span>
          </li>
        ))}
      </ul>
      {olderMonth ? (
        <a class="more" href={olderMonth.path}>
          {fillText(f.strings['news.older'], { month: f.month(olderMonth.month) })}
        </a>
      ) : null}
    </nav>
  );

type TurnProps = { newer?: MonthLink | undefined; older?: MonthLink | undefined; f: Formats };

/** Links from one page to the next newer and the next older one. */
export const Turn = ({ newer, older, f }: TurnProps) => (
  <p class="turn">
    {newer ? (
      <a class="more" href={newer.path}>
        {fillText(f.strings['news.newer'], { month: nameOf(newer, f) })}
      </a>
    ) : null}{' '}
    {older ? (
      <a class="more" href={older.path}>
        {fillText(f.strings['news.older'], { month: nameOf(older, f) })}
      </a>
    ) : null}
  </p>
);

const nameOf = ({ month, page }: MonthLink, f: Formats): string =>
  monthName({ month, page: page ?? null }, f);

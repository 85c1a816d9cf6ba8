import type { CivilDate, CivilMonth } from '../../../worker/model/civil-date.ts';
import type { Instant } from '../../../worker/model/instant.ts';
import type { Formats } from './formats.ts';

/** A number in full, alone in its text node. */
export const Num = ({ n, f }: { n: number; f: Formats }) => <data value={String(n)}>{f.number(n)}</data>;

/** A civil date in full (`date`) or as day and month (`shortDate`). */
export const Day = ({ date, f, as = 'date' }: { date: CivilDate; f: Formats; as?: 'date' | 'shortDate' }) => (
  <time datetime={date}>{f[as](date)}</time>
);

/** A civil date in the locale's own calendar, after the date itself. Nothing if that is the Gregorian calendar. */
export const OwnDate = ({ date, f }: { date: CivilDate; f: Formats }) =>
  f.ownDate === null ? null : <> ({f.ownDate(date)})</>;

/** A civil date with its weekday. The date is its own element, so that a line breaks inside it only if it must. */
export const LongDay = ({ date, f }: { date: CivilDate; f: Formats }) => {
  const long = f.longDate(date);
  return (
    <time datetime={date}>
      {long.before}
      <span>{long.date}</span>
      {long.after}
    </time>
  );
};

/** A month. */
export const Month = ({ month, f }: { month: CivilMonth; f: Formats }) => (
  <time datetime={month}>{f.month(month)}</time>
);

/** An instant as date and time in the site's zone. */
export const Moment = ({ at, f }: { at: Instant; f: Formats }) => <time datetime={at}>{f.dateTime(at)}</time>;

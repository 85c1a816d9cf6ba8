import type { CivilDate, CivilMonth } from '../../../worker/model/civil-date.ts';
import type { Instant } from '../../../worker/model/instant.ts';
import type { Measure } from '../../../worker/model/measure.ts';
import type { Formats } from './formats.ts';
import { Text } from './text.tsx';

/** A number in full, alone in its text node. */
export const Num = ({ n, f }: { n: number; f: Formats }) => <data value={String(n)}>{f.number(n)}</data>;

type MeasuredProps = { n: number; measure: Measure; f: Formats };

/** A metric's value with its unit. The number is alone in its text node. */
export const Measured = ({ n, measure, f }: MeasuredProps) => (
  <>
    <Amount n={n} measure={measure} f={f} />
    <Unit n={n} measure={measure} f={f} />
  </>
);

/** A difference or a former value with its unit: as `Measured`, without the value for programs, which a page has no room for. */
export const Aside = ({ n, measure, f }: MeasuredProps) => (
  <>
    <bdi>{f.amount(n, measure)}</bdi>
    <Unit n={n} measure={measure} f={f} />
  </>
);

/** A metric's value without its unit, alone in its text node. */
export const Amount = ({ n, measure, f }: MeasuredProps) => (
  <data value={String(n)}>{f.amount(n, measure)}</data>
);

/** A longer unit may stand on the next line: with its number it would not fit a narrow column in large letters. */
const LONGEST_KEPT = 8;

/** The unit after a value, with the space between them. Nothing if there is none. */
export const Unit = ({ n, measure, f, space }: MeasuredProps & { space?: string }) => (
  <UnitText unit={f.unitAfter(n, measure)} measure={measure} space={space} />
);

/** A mean of a metric's values with its unit. */
export const Mean = ({ n, measure, f }: MeasuredProps) => (
  <>
    <bdi>{f.meanAmount(n, measure)}</bdi>
    <UnitText unit={f.meanUnitAfter(n, measure)} measure={measure} />
  </>
);

type UnitTextProps = { unit: string | null; measure: Measure; space?: string | undefined };

const UnitText = ({ unit, measure, space }: UnitTextProps) => {
  if (unit === null) return null;
  const lang = measure.unit?.lang;
  return (
    <>
      {space ?? (unit.length > LONGEST_KEPT ? ' ' : '\u00a0')}
      <Text text={{ text: unit, ...(lang === undefined ? {} : { lang }) }} />
    </>
  );
};

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

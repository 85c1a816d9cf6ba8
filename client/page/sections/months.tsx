import type { CivilMonth } from '../../../worker/model/civil-date.ts';
import type { PluralKey, SentenceKey } from '../../strings/ar.ts';
import { fillText } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';

/** A month of a section and the path of its page. */
export type MonthLink = { readonly month: CivilMonth; readonly path: string };

type MonthsProps = {
  months: readonly (MonthLink & { readonly count: number })[];
  heading: SentenceKey;
  count: PluralKey;
  f: Formats;
};

/** Links to every month of a section. Nothing if there are none. */
export const Months = ({ months, heading, count, f }: MonthsProps) =>
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
    </nav>
  );

type TurnProps = { newer?: MonthLink | undefined; older?: MonthLink | undefined; f: Formats };

/** Links from one month to the next newer and the next older month. */
export const Turn = ({ newer, older, f }: TurnProps) => (
  <p class="turn">
    {newer ? (
      <a class="more" href={newer.path}>
        {fillText(f.strings['news.newer'], { month: f.month(newer.month) })}
      </a>
    ) : null}{' '}
    {older ? (
      <a class="more" href={older.path}>
        {fillText(f.strings['news.older'], { month: f.month(older.month) })}
      </a>
    ) : null}
  </p>
);

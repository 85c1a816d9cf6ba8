import type { CivilDate, CivilMonth } from '../../../worker/model/civil-date.ts';
import { fill, fillText } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text } from '../parts/text.tsx';
import { Day, Month } from '../parts/values.tsx';

/** Metrics by day: a value each in the order of `metrics`, null where it was not reported. Newest first. */
export type DayTableView = {
  readonly metrics: readonly LocalizedText[];
  readonly rows: readonly { readonly date: CivilDate; readonly values: readonly (number | null)[] }[];
};

/** Sums by month, newest first. `days` is set where the series has only so many days of the month. */
export type MonthTableView = {
  readonly metrics: readonly LocalizedText[];
  readonly rows: readonly {
    readonly month: CivilMonth;
    readonly days?: number;
    readonly sums: readonly (number | null)[];
  }[];
};

/** The last days in figures. What scrolls takes the focus, so that it scrolls by keyboard (WCAG 2.1.1). */
export const DayTable = ({
  view,
  f,
  as = 'shortDate',
}: {
  view: DayTableView;
  f: Formats;
  as?: 'shortDate' | 'date';
}) => (
  <section class="scroll" tabindex={0} aria-label={f.strings['table.days']}>
    <table>
      <caption>{f.strings['table.days']}</caption>
      <Heads first={f.strings['table.day']} metrics={view.metrics} />
      <tbody>
        {view.rows.map(({ date, values }) => (
          <tr key={date}>
            <th scope="row">
              <Day date={date} f={f} as={as} />
            </th>
            <Cells of={values} f={f} />
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

/** Each month's sum. */
export const MonthTable = ({ view, f }: { view: MonthTableView; f: Formats }) => (
  <section class="scroll" tabindex={0} aria-label={f.strings['table.months']}>
    <table>
      <caption>{f.strings['table.months']}</caption>
      <Heads first={f.strings['table.month']} metrics={view.metrics} />
      <tbody>
        {view.rows.map(({ month, days, sums }) => (
          <tr key={month}>
            <th scope="row">
              {days === undefined ? (
                <Month month={month} f={f} />
              ) : (
                fill(fillText(f.plural('table.part', days), { n: f.number(days), month: '{month}' }), {
                  month: <Month month={month} f={f} />,
                })
              )}
            </th>
            <Cells of={sums} f={f} />
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const Heads = ({ first, metrics }: { first: string; metrics: readonly LocalizedText[] }) => (
  <thead>
    <tr>
      <th scope="col">{first}</th>
      {metrics.map((metric) => (
        <th scope="col" key={metric.text}>
          <Text of={metric} />
        </th>
      ))}
    </tr>
  </thead>
);

// A cell of what was not reported says so in words; brotli makes the repeated ones nearly free.
const Cells = ({ of, f }: { of: readonly (number | null)[]; f: Formats }) => (
  <>
    {of.map((value, i) => (
      <td key={i}>
        {value === null ? <span class="soft">{f.strings['figure.none']}</span> : f.number(value)}
      </td>
    ))}
  </>
);

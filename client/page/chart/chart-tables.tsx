import type { CivilDate, CivilMonth } from '../../../worker/model/civil-date.ts';
import type { Measure } from '../../../worker/model/measure.ts';
import { fill, fillText } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text } from '../parts/text.tsx';
import { Day, Month } from '../parts/values.tsx';

/** The head of a metric's column. */
export type ColumnHead = LocalizedText & { readonly measure: Measure };

/** Metrics by day, newest first. `values` are in the order of `metrics`; null is not reported. */
export type DayTableView = {
  readonly metrics: readonly ColumnHead[];
  readonly rows: readonly { readonly date: CivilDate; readonly values: readonly (number | null)[] }[];
};

/**
 * Sums by month, newest first. `days` is set if the series has only that many days of the month. `isLeast` says of which
 * metrics, in their order, a day was not reported: the sum is then a lower bound.
 */
export type MonthTableView = {
  readonly metrics: readonly ColumnHead[];
  readonly rows: readonly {
    readonly month: CivilMonth;
    readonly days?: number;
    readonly sums: readonly (number | null)[];
    readonly isLeast: readonly boolean[];
  }[];
};

/** The figures of the last days. The scrolling section can be focused, so that it scrolls by keyboard (WCAG 2.1.1). */
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
            <Cells values={values} metrics={view.metrics} f={f} />
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

/** The sums of each month. */
export const MonthTable = ({ view, f }: { view: MonthTableView; f: Formats }) => (
  <section class="scroll" tabindex={0} aria-label={f.strings['table.months']}>
    <table>
      <caption>{f.strings['table.months']}</caption>
      <Heads first={f.strings['table.month']} metrics={view.metrics} />
      <tbody>
        {view.rows.map(({ month, days, sums, isLeast }) => (
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
            <Cells values={sums} metrics={view.metrics} isLeast={isLeast} f={f} />
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

// The unit stands once, in the head. A percentage has its sign in each cell.
const Heads = ({ first, metrics }: { first: string; metrics: readonly ColumnHead[] }) => (
  <thead>
    <tr>
      <th scope="col">{first}</th>
      {metrics.map((metric) => (
        <th scope="col" key={metric.text}>
          <Text text={metric} />
          {metric.measure.unit ? (
            <>
              {' '}
              (<Text text={metric.measure.unit} />)
            </>
          ) : null}
        </th>
      ))}
    </tr>
  </thead>
);

const WHOLE: Measure = { decimals: 0 };

// What is not known is shown in words. Brotli makes the repeated words nearly free.
const Cells = ({
  values,
  metrics,
  isLeast = [],
  f,
}: {
  values: readonly (number | null)[];
  metrics: readonly ColumnHead[];
  isLeast?: readonly boolean[];
  f: Formats;
}) => (
  <>
    {values.map((value, i) => (
      <td key={i}>
        {value === null ? (
          <span class="soft">{f.strings['figure.none']}</span>
        ) : isLeast[i] ? (
          fillText(f.strings['table.least'], { n: f.amount(value, metrics[i]?.measure ?? WHOLE) })
        ) : (
          f.amount(value, metrics[i]?.measure ?? WHOLE)
        )}
      </td>
    ))}
  </>
);

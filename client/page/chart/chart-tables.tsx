import type { CivilDate, CivilMonth } from '../../../worker/model/civil-date.ts';
import type { Measure } from '../../../worker/model/measure.ts';
import { lackKey } from '../parts/change-words.ts';
import { fill, fillText } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Day, Month } from '../parts/values.tsx';

/** The head of a metric's column. */
export type ColumnHead = LocalizedText & { readonly measure: Measure };

/**
 * A number of a table, or why there is none: its agency says so (`said`), pauses, or is late; else nobody said anything.
 * `notes` are indexes of the table's notes; `STARRED` is a note that the page has no room for.
 */
export type TableCell = {
  readonly value: number | null;
  readonly why?: 'said' | 'paused' | 'late';
  readonly notes?: readonly number[];
};

/** In the place of an index of a note. */
export const STARRED = -1;

/** What is to be known of numbers of a table. `days`: some days of a month are provisional. */
export type TableNote =
  | { readonly kind: 'provisional'; readonly until: CivilDate }
  | { readonly kind: 'break'; readonly date: CivilDate }
  | { readonly kind: 'note'; readonly text: LocalizedText }
  | { readonly kind: 'days' };

/** Metrics by day, newest first. `cells` are in the order of `metrics`. */
export type DayTableView = {
  readonly metrics: readonly ColumnHead[];
  readonly rows: readonly { readonly date: CivilDate; readonly cells: readonly TableCell[] }[];
  readonly notes: readonly TableNote[];
};

/**
 * Sums by month, newest first. `days` is set if the series has only that many days of the month. `missing` says how many
 * days of each metric, in their order, were not reported: if any, the sum is a lower bound, or that of a part of the days.
 */
export type MonthTableView = {
  readonly metrics: readonly ColumnHead[];
  readonly rows: readonly {
    readonly month: CivilMonth;
    readonly days?: number;
    readonly sums: readonly TableCell[];
    readonly missing: readonly number[];
  }[];
  readonly notes: readonly TableNote[];
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
        {view.rows.map(({ date, cells }) => (
          <tr key={date}>
            <th scope="row">
              <Day date={date} f={f} as={as} />
            </th>
            <Cells cells={cells} metrics={view.metrics} of="days" f={f} />
          </tr>
        ))}
      </tbody>
    </table>
    <Notes cells={view.rows.flatMap(({ cells }) => cells)} notes={view.notes} of="days" f={f} />
  </section>
);

/** The sums of each month. */
export const MonthTable = ({ view, f }: { view: MonthTableView; f: Formats }) => (
  <section class="scroll" tabindex={0} aria-label={f.strings['table.months']}>
    <table>
      <caption>{f.strings['table.months']}</caption>
      <Heads first={f.strings['table.month']} metrics={view.metrics} />
      <tbody>
        {view.rows.map(({ month, days, sums, missing }) => (
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
            <Cells cells={sums} metrics={view.metrics} missing={missing} of="months" f={f} />
          </tr>
        ))}
      </tbody>
    </table>
    <Notes cells={view.rows.flatMap(({ sums }) => sums)} notes={view.notes} of="months" f={f} />
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

type CellsProps = {
  cells: readonly TableCell[];
  metrics: readonly ColumnHead[];
  missing?: readonly number[];
  /** The table: a part of the addresses of its notes. */
  of: 'days' | 'months';
  f: Formats;
};

// What is not known is shown in words. Brotli makes the repeated words nearly free.
const Cells = ({ cells, metrics, missing = [], of, f }: CellsProps) => (
  <>
    {cells.map((cell, i) => {
      const { value, why } = cell;
      const marks = <Marks cell={cell} of={of} f={f} />;
      if (value === null)
        return (
          <td key={i}>
            {marks}
            <span class="soft">{f.strings[why ? WHY[why] : 'figure.none']}</span>
          </td>
        );
      const measure = metrics[i]?.measure ?? WHOLE;
      const n = f.amount(value, measure);
      return (
        <td key={i}>
          {f.direction === 'ltr' ? marks : null}
          {lacking(n, missing[i] ?? 0, measure, f)}
          {f.direction === 'rtl' ? marks : null}
        </td>
      );
    })}
  </>
);

function lacking(n: string, days: number, measure: Measure, f: Formats): string {
  if (days === 0) return n;
  return measure.mayFall
    ? `${n} (${f.counted(lackKey(measure), days)})`
    : fillText(f.strings['table.least'], { n });
}

const WHY = { said: 'table.said', paused: 'table.paused', late: 'table.late' } as const;

// On the left of the number, so that digits of a column line up at its right side.
const Marks = ({ cell: { notes = [] }, of, f }: Pick<CellsProps, 'of' | 'f'> & { cell: TableCell }) => {
  if (notes.length === 0) return null;
  const marks = notes.map((note) =>
    note === STARRED ? '*' : <a href={`#${of}-${note + 1}`}>[{f.ordinal(note + 1)}]</a>,
  );
  return f.direction === 'ltr' ? <>{marks} </> : <> {marks}</>;
};

const Notes = ({
  cells,
  notes,
  of,
  f,
}: Pick<CellsProps, 'cells' | 'of' | 'f'> & { notes: readonly TableNote[] }) => (
  <>
    {notes.map((note, i) => (
      <p class="soft" id={`${of}-${i + 1}`} key={i}>
        [{f.ordinal(i + 1)}] <NoteWords note={note} f={f} />
      </p>
    ))}
    {cells.some((cell) => cell.notes?.includes(STARRED)) ? (
      <p class="soft">{f.strings['table.starred']}</p>
    ) : null}
  </>
);

const NoteWords = ({ note, f }: { note: TableNote; f: Formats }) => {
  switch (note.kind) {
    case 'provisional':
      return <>{fill(f.strings['fact.provisional'], { date: <Day date={note.until} f={f} /> })}</>;
    case 'break':
      return <>{fill(f.strings['remark.break'], { date: <Day date={note.date} f={f} /> })}</>;
    case 'note':
      return (
        <>
          <Text text={note.text} />
          <Untranslated text={note.text} f={f} />
        </>
      );
    case 'days':
      return <>{f.strings['table.someDays']}</>;
    default:
      return note satisfies never;
  }
};

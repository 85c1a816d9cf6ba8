import type { CivilDate } from '../../../worker/model/civil-date.ts';
import type { Instant } from '../../../worker/model/instant.ts';
import type { Measure } from '../../../worker/model/measure.ts';
import { fill, fillText } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text } from '../parts/text.tsx';
import { Day, Measured, Moment } from '../parts/values.tsx';

/**
 * The value of a field before or after a change: a text, a day, days, a moment, a number of a metric, or null for no value.
 * `word` is the key of a string.
 */
export type FieldValue =
  | LocalizedText
  | { readonly word: string }
  | { readonly date: CivilDate }
  | { readonly from: CivilDate; readonly until: CivilDate }
  | { readonly at: Instant }
  | { readonly number: number; readonly measure: Measure }
  | null;

/** A field of an item that changed; without `now` it stays, or the item is withdrawn. */
export type FieldChange = { readonly name: string; readonly was: FieldValue; readonly now?: FieldValue };

/** A figure before or after a change: null if it is not reported, `erased` if the operator has erased it since. */
export type FigureValue = number | null | 'erased';

/** A correction: a change of something public. */
export type CorrectionRow = {
  readonly id: string;
  readonly at: Instant;
  readonly agency: LocalizedText;
  readonly reason?: string;
  /** There was a reason, and the operator has erased it. */
  readonly reasonErased?: true;
  readonly release: number | null;
} & (
  | {
      readonly kind: 'figure';
      readonly metric: LocalizedText;
      readonly measure: Measure;
      readonly date: CivilDate;
      readonly until?: CivilDate;
      readonly was: FigureValue;
      readonly now: FigureValue;
    }
  | {
      readonly kind: 'edit' | 'withdrawal';
      /** The item's name, and its page if it still has one. Null if its content was erased. */
      readonly item: { readonly name: LocalizedText; readonly path?: string } | null;
      /** The short fields that changed. */
      readonly fields: readonly FieldChange[];
      /** The names of changed fields that are too long to show. */
      readonly others: readonly string[];
    }
);

type Props = { rows: readonly CorrectionRow[]; f: Formats };

/** The section of corrections, newest first. */
export const ChangesSection = ({ rows, f }: Props) => (
  <div class="wrap single">
    <section class="block article">
      <h1>{f.strings.changes}</h1>
      <p>{f.strings['changes.lead']}</p>
      {rows.length === 0 ? (
        <p class="note">
          <b>{f.strings['changes.none']}</b>
        </p>
      ) : (
        <ol class="rows note">
          {rows.map((row) => (
            <Change row={row} f={f} key={row.id} />
          ))}
        </ol>
      )}
      <a class="more" href="/api/v1/changes.json">
        {f.strings['changes.all']}
      </a>
    </section>
  </div>
);

const Change = ({ row, f }: { row: CorrectionRow; f: Formats }) => (
  <li id={`change-${row.id}`}>
    <p class="soft line">
      <Moment at={row.at} f={f} /> <Text text={row.agency} />{' '}
      {row.release === null ? null : (
        <span>{fill(f.strings['change.release'], { n: <bdi>{f.ordinal(row.release)}</bdi> })}</span>
      )}
    </p>
    {row.kind === 'figure' ? <FigureChange row={row} f={f} /> : <ItemChange row={row} f={f} />}
    {row.reason === undefined ? null : (
      <p>{fill(f.strings['change.why'], { reason: <Text text={{ text: row.reason }} /> })}</p>
    )}
    {row.reasonErased ? <p>{f.strings['change.why-erased']}</p> : null}
  </li>
);

const FigureChange = ({ row, f }: { row: Extract<CorrectionRow, { kind: 'figure' }>; f: Formats }) => (
  <>
    <h2 class="item-name">
      {fill(f.strings['change.figure'], {
        metric: <Text text={row.metric} />,
        date:
          row.until === undefined ? (
            <Day date={row.date} f={f} />
          ) : (
            fill(f.strings['phase.span'], {
              from: <Day date={row.date} f={f} />,
              until: <Day date={row.until} f={f} />,
            })
          ),
      })}
    </h2>
    <p>
      {fill(f.strings[figureSentence(row)], {
        was: (
          <del>
            <Figure value={row.was} measure={row.measure} f={f} />
          </del>
        ),
        now: (
          <ins>
            <Figure value={row.now} measure={row.measure} f={f} />
          </ins>
        ),
      })}
    </p>
  </>
);

// "Not reported" is no value that stands in the place of a number: languages say it in other words.
function figureSentence({ was, now }: Extract<CorrectionRow, { kind: 'figure' }>) {
  if (was === now) return was === null ? 'change.factsNone' : 'change.facts';
  if (was === null) return 'change.wasNone';
  return now === null ? 'change.nowNone' : 'change.was';
}

const Figure = ({ value, measure, f }: { value: FigureValue; measure: Measure; f: Formats }) => {
  if (value === null) return null;
  return value === 'erased' ? f.strings['change.erased'] : <Measured n={value} measure={measure} f={f} />;
};

type ItemRow = Extract<CorrectionRow, { kind: 'edit' | 'withdrawal' }>;

const ItemChange = ({ row, f }: { row: ItemRow; f: Formats }) => (
  <>
    <h2 class="item-name">
      {fill(f.strings[`change.${row.kind}`], { what: <ItemName item={row.item} f={f} /> })}
    </h2>
    {row.fields.map(({ name, was, now }) => (
      <p key={name}>
        <span class="soft">{fieldLabel(name, f)}:</span>{' '}
        {now === undefined ? (
          <Value value={was} f={f} />
        ) : (
          fill(f.strings['change.field'], {
            was: (
              <del>
                <Value value={was} f={f} />
              </del>
            ),
            now: (
              <ins>
                <Value value={now} f={f} />
              </ins>
            ),
          })
        )}
      </p>
    ))}
    {row.others.length === 0 ? null : (
      <p>
        {fillText(f.strings['change.fields'], {
          fields: f
            .listParts(row.others.length)
            .map((part) => (typeof part === 'number' ? fieldLabel(row.others[part] ?? '', f) : part))
            .join(''),
        })}
      </p>
    )}
  </>
);

// Every present field has a label in every language. A field that only an old correction has is shown by its name,
// because it must not vanish from the record.
const fieldLabel = (name: string, f: Formats): string => stringOf(`field.${name}`, f) ?? name;

function stringOf(key: string, f: Formats): string | undefined {
  const strings: { readonly [key: string]: unknown } = f.strings;
  const found = strings[key];
  return typeof found === 'string' ? found : undefined;
}

const ItemName = ({ item, f }: { item: ItemRow['item']; f: Formats }) => {
  if (item === null) return <>{f.strings['change.gone']}</>;
  return item.path === undefined ? (
    <Text text={item.name} />
  ) : (
    <a class="tap" href={item.path}>
      <Text text={item.name} />
    </a>
  );
};

const Value = ({ value, f }: { value: FieldValue; f: Formats }) => {
  if (value === null) return <>{f.strings['change.nothing']}</>;
  if ('word' in value) return <>{stringOf(value.word, f) ?? value.word.slice(value.word.indexOf('.') + 1)}</>;
  if ('date' in value) return <Day date={value.date} f={f} />;
  if ('at' in value) return <Moment at={value.at} f={f} />;
  if ('number' in value) return <Measured n={value.number} measure={value.measure} f={f} />;
  if ('from' in value)
    return (
      <>
        {fill(f.strings['phase.span'], {
          from: <Day date={value.from} f={f} />,
          until: <Day date={value.until} f={f} />,
        })}
      </>
    );
  return <Text text={value} />;
};

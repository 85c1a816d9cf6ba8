import type { CivilDate } from '../../../worker/model/civil-date.ts';
import type { Instant } from '../../../worker/model/instant.ts';
import type { SentenceKey } from '../../strings/ar.ts';
import { fill, fillText } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { Text, type Written } from '../parts/text.tsx';
import { Day, Moment, Num } from '../parts/values.tsx';

/** A value of a field before or after a change: a text, a day, or nothing. */
export type FieldValue = Written | { readonly date: CivilDate } | null;

/** A change to something that was public. */
export type ChangeRow = {
  readonly id: string;
  readonly at: Instant;
  readonly agency: Written;
  readonly reason?: string;
  readonly release: number | null;
} & (
  | {
      readonly kind: 'figure';
      readonly metric: Written;
      readonly date: CivilDate;
      readonly was: number | null;
      readonly now: number | null;
    }
  | {
      readonly kind: 'edit' | 'withdrawal';
      /** What the item is called, null where its content was erased, and its page if it has one still. */
      readonly item: { readonly name: Written; readonly path?: string } | null;
      /** Short fields, as they were and are. */
      readonly fields: readonly {
        readonly key: SentenceKey;
        readonly was: FieldValue;
        readonly now: FieldValue;
      }[];
      /** Fields that changed and are too long to show here. */
      readonly others: readonly SentenceKey[];
    }
);

type Props = { rows: readonly ChangeRow[]; f: Formats };

/** Every change to what was public, newest first. */
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

const Change = ({ row, f }: { row: ChangeRow; f: Formats }) => (
  <li id={`change-${row.id}`}>
    <p class="soft line">
      <Moment at={row.at} f={f} /> <Text of={row.agency} />{' '}
      {row.release === null ? null : (
        <span>{fill(f.strings['change.release'], { n: <bdi>{f.ordinal(row.release)}</bdi> })}</span>
      )}
    </p>
    {row.kind === 'figure' ? <FigureChange row={row} f={f} /> : <ItemChange row={row} f={f} />}
    {row.reason === undefined ? null : (
      <p>{fill(f.strings['change.why'], { reason: <bdi>{row.reason}</bdi> })}</p>
    )}
  </li>
);

const FigureChange = ({ row, f }: { row: Extract<ChangeRow, { kind: 'figure' }>; f: Formats }) => (
  <>
    <h2 class="item-name">
      {fill(f.strings['change.figure'], {
        metric: <Text of={row.metric} />,
        date: <Day date={row.date} f={f} />,
      })}
    </h2>
    <p>
      {fill(f.strings['change.was'], {
        was: <del>{row.was === null ? f.strings['change.erased'] : <Num n={row.was} f={f} />}</del>,
        now: <ins>{row.now === null ? f.strings['figure.none'] : <Num n={row.now} f={f} />}</ins>,
      })}
    </p>
  </>
);

type ItemRow = Extract<ChangeRow, { kind: 'edit' | 'withdrawal' }>;

const ItemChange = ({ row, f }: { row: ItemRow; f: Formats }) => (
  <>
    <h2 class="item-name">
      {fill(f.strings[`change.${row.kind}`], { what: <ItemName of={row.item} f={f} /> })}
    </h2>
    {row.fields.map(({ key, was, now }) => (
      <p key={key}>
        <span class="soft">{f.strings[key]}:</span>{' '}
        {fill(f.strings['change.was'], {
          was: (
            <del>
              <Value of={was} f={f} />
            </del>
          ),
          now: (
            <ins>
              <Value of={now} f={f} />
            </ins>
          ),
        })}
      </p>
    ))}
    {row.others.length === 0 ? null : (
      <p>
        {fillText(f.strings['change.fields'], {
          fields: f
            .listParts(row.others.length)
            .map((part) => (typeof part === 'number' ? f.strings[row.others[part] ?? 'field.body'] : part))
            .join(''),
        })}
      </p>
    )}
  </>
);

const ItemName = ({ of, f }: { of: ItemRow['item']; f: Formats }) => {
  if (of === null) return <>{f.strings['change.gone']}</>;
  return of.path === undefined ? (
    <Text of={of.name} />
  ) : (
    <a class="tap" href={of.path}>
      <Text of={of.name} />
    </a>
  );
};

const Value = ({ of, f }: { of: FieldValue; f: Formats }) => {
  if (of === null) return <>{f.strings['change.nothing']}</>;
  return 'date' in of ? <Day date={of.date} f={f} /> : <Text of={of} />;
};

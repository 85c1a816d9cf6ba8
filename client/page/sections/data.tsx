import type { CivilDate } from '../../../worker/model/civil-date.ts';
import type { Measure } from '../../../worker/model/measure.ts';
import type { MetricId } from '../../../worker/model/site.ts';
import { DayTable, type DayTableView, MonthTable, type MonthTableView } from '../chart/chart-tables.tsx';
import { type FooterView, License, Names } from '../frame/footer.tsx';
import { lackKey } from '../parts/change-words.ts';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Day, Measured } from '../parts/values.tsx';
import { Fact } from './decision.tsx';
import { type RemarkLine, Remarks, RemarkWords, type WholeRemark } from './remarks.tsx';
import { Rest } from './rest.tsx';

/** The definition of a metric, and its latest value. */
export type MetricView = {
  readonly id: MetricId;
  readonly label: LocalizedText;
  readonly kind: 'flow' | 'level' | 'total';
  /** Only for a total: the name of the metric that it sums. */
  readonly summed?: LocalizedText;
  /** Only for a total that has one other than 0: what it had before the first day. */
  readonly opening?: number;
  readonly definition?: LocalizedText;
  readonly unit?: LocalizedText;
  readonly measure: Measure;
  readonly source?: LocalizedText;
  readonly agencies: readonly LocalizedText[];
  readonly latest: {
    readonly value: number;
    readonly date: CivilDate;
    /** How many days ago that was, if the figure is old; else null. */
    readonly ageDays: number | null;
    /** For a total: how many days were not reported, and are not in it. */
    readonly missingDays: number;
  } | null;
  /** For a total that nobody knows, because what is left of it adds up to less than 0: since when. */
  readonly unknownSince?: CivilDate;
  /** What is known of its newest figure. */
  readonly lines: readonly RemarkLine[];
  readonly remarks: readonly WholeRemark[];
};

/** The content of the data section: the metrics, and tables of the latest figures. */
export type DataSectionView = {
  readonly metrics: readonly MetricView[];
  /** Set if the page has no room for all metrics with their definitions. */
  readonly isCut?: boolean;
  /** Set if the page has no room for all remarks about figures. */
  readonly areRemarksCut?: true;
  readonly days: DayTableView;
  readonly months: MonthTableView;
  readonly license: FooterView['license'];
};

/** The data section, with links to the files that hold all figures. */
export const DataSection = ({ view, f }: { view: DataSectionView; f: Formats }) => (
  <div class="wrap sheet">
    <div class="stack">
      <section class="block">
        <h1>{f.strings.data}</h1>
        <h2 class="topic">{f.strings['data.metrics']}</h2>
        {view.metrics.length === 0 ? <p>{f.strings['data.none']}</p> : null}
        <ul class="rows">
          {view.metrics.map((metric) => (
            <Metric metric={metric} f={f} key={metric.id} />
          ))}
        </ul>
        {view.isCut ? <Rest path="/api/v1/site.json" f={f} /> : null}
        {view.areRemarksCut ? <Rest path="/api/v1/remarks.json" f={f} /> : null}
      </section>
      {view.days.rows.length === 0 ? null : (
        <section class="block">
          <h2>{f.strings['data.tables']}</h2>
          <DayTable view={view.days} f={f} as="date" />
          {view.months.rows.length > 0 ? <MonthTable view={view.months} f={f} /> : null}
        </section>
      )}
    </div>
    <div class="side stack">
      <Downloads f={f} />
      <section class="block">
        <h2>{f.strings['data.license']}</h2>
        <p>{fill(f.strings['foot.license'], { license: <License view={view.license} /> })}</p>
        <p class="note">
          <Text text={view.license.attribution} />
        </p>
      </section>
    </div>
  </div>
);

const FILES = [
  ['/data/statistics.csv', 'data.csv'],
  ['/api/v1/statistics.json', 'data.json'],
  ['/api/v1/bulletin.json', 'data.bulletin'],
  ['/api/v1/site.json', 'data.site'],
  ['/api/v1/openapi.json', 'data.openapi'],
] as const;

const Downloads = ({ f }: { f: Formats }) => (
  <section class="block">
    <h2>{f.strings['data.downloads']}</h2>
    <ul class="links">
      {FILES.map(([path, key]) => (
        <li key={path}>
          <a href={path}>{f.strings[key]}</a>
        </li>
      ))}
    </ul>
  </section>
);

const Metric = ({ metric, f }: { metric: MetricView; f: Formats }) => (
  <li id={`metric-${metric.id}`}>
    <h3>
      <Text text={metric.label} />
      <Untranslated text={metric.label} f={f} />
    </h3>
    <p>
      {metric.latest
        ? fill(f.strings['data.latest'], {
            n: <Measured n={metric.latest.value} measure={metric.measure} f={f} />,
            date: <Day date={metric.latest.date} f={f} />,
          })
        : f.strings['figure.never']}
      <Qualified latest={metric.latest} measure={metric.measure} f={f} />
    </p>
    {metric.lines.map((line, i) => (
      <p key={i}>
        <RemarkWords remark={line} f={f} />
      </p>
    ))}
    <Remarks rows={metric.remarks} measure={metric.measure} f={f} />
    {metric.unknownSince ? (
      <p>
        {fill(f.strings['total.unknown'], {
          label: <Text text={metric.label} />,
          date: <Day date={metric.unknownSince} f={f} />,
        })}
      </p>
    ) : null}
    {metric.definition ? (
      <p>
        <Text text={metric.definition} />
      </p>
    ) : null}
    <dl class="facts soft">
      <Fact term={f.strings['data.kind']}>
        {fill(f.strings[metric.opening === undefined ? (`data.${metric.kind}` as const) : 'data.opening'], {
          of: metric.summed ? <Text text={metric.summed} /> : null,
          n:
            metric.opening === undefined ? null : (
              <Measured n={metric.opening} measure={metric.measure} f={f} />
            ),
        })}
      </Fact>
      {metric.unit ? (
        <Fact term={f.strings['data.unit']}>
          <Text text={metric.unit} />
        </Fact>
      ) : null}
      {metric.agencies.length > 0 ? (
        <Fact term={f.strings['data.by']}>
          <Names names={metric.agencies} f={f} />
        </Fact>
      ) : null}
      {metric.source ? (
        <Fact term={f.strings['data.source']}>
          <Text text={metric.source} />
        </Fact>
      ) : null}
    </dl>
  </li>
);

const Qualified = ({ latest, measure, f }: Pick<MetricView, 'latest' | 'measure'> & { f: Formats }) => (
  <>
    {latest && latest.ageDays !== null ? ` (${f.counted('figure.age', latest.ageDays)})` : null}
    {latest && latest.missingDays > 0 ? ` (${f.counted(lackKey(measure), latest.missingDays)})` : null}
  </>
);

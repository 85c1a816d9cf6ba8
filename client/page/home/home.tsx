import type { ComponentChildren } from 'preact';
import type { CivilDate } from '../../../worker/model/civil-date.ts';
import { Chart, type ChartView } from '../chart/chart.tsx';
import { type Published, PublishedLine } from '../frame/shell.tsx';
import type { ToHtml } from '../parts/body.tsx';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text } from '../parts/text.tsx';
import { LongDay, OwnDate } from '../parts/values.tsx';
import { type ContactRow, Contacts } from '../sections/contacts.tsx';
import { NewestDecisions, type NewestDecisionsView } from '../sections/decisions.tsx';
import { NewestNews, type NewsRow } from '../sections/news-list.tsx';
import { type PlanView, ShortPlan } from '../sections/plan.tsx';
import { NewestRumours, type RumourRow } from '../sections/rumours.tsx';
import { Figures, type FigureView } from './figures.tsx';
import { Fund } from './fund.tsx';
import { FirstQuestions, type ShortItems, ToDo } from './home-topics.tsx';

/** The content of the home page between masthead and footer. A block without items is null or has no rows. */
export type HomeView = {
  /** The newest date of all figures; null if there is no figure yet. */
  readonly date: CivilDate | null;
  /** How many days ago that was, if these figures are old; else null. */
  readonly ageDays: number | null;
  readonly figures: readonly FigureView[];
  /** How many remarks about them the page has no room for. */
  readonly moreRemarks: number;
  readonly sources: readonly LocalizedText[];
  readonly todo: ShortItems | null;
  readonly decisions: NewestDecisionsView | null;
  readonly plan: PlanView | null;
  readonly chart: ChartView | null;
  readonly news: readonly NewsRow[];
  readonly faq: ShortItems | null;
  readonly fund: readonly ContactRow[];
  readonly rumours: readonly RumourRow[];
  readonly contacts: readonly ContactRow[];
  /** Set if the page has no room for all contacts. */
  readonly moreContacts?: true;
  readonly phone?: string;
  readonly paths: { readonly [S in 'news' | 'plan' | 'rumours' | 'data']: string };
};

type Props = {
  view: HomeView;
  toHtml: ToHtml;
  assets: { readonly [name: string]: string };
  f: Formats;
};

/** The home page: figures, guidance, decisions, plan, chart, news, questions, fund, rumours, contacts. */
export const Home = ({ view, toHtml, assets, f }: Props) => (
  <div class="wrap sheet">
    <Figures
      figures={view.figures}
      moreRemarks={view.moreRemarks}
      date={view.date}
      ageDays={view.ageDays}
      sources={view.sources}
      data={view.paths.data}
      f={f}
    />
    {view.todo ? <ToDo view={view.todo} toHtml={toHtml} f={f} /> : null}
    {view.decisions ? <NewestDecisions view={view.decisions} f={f} /> : null}
    {view.plan ? <ShortPlan view={view.plan} allPath={view.paths.plan} f={f} /> : null}
    {view.chart ? <Chart view={view.chart} assets={assets} f={f} /> : null}
    <NewestNews rows={view.news} allPath={view.paths.news} f={f} />
    <Stack>
      {view.faq ? <FirstQuestions view={view.faq} phone={view.phone} toHtml={toHtml} f={f} /> : null}
      <Fund rows={view.fund} f={f} />
    </Stack>
    <Stack side>
      {view.rumours.length > 0 ? (
        <NewestRumours rows={view.rumours} allPath={view.paths.rumours} f={f} />
      ) : null}
      <Contacts rows={view.contacts} more={view.moreContacts} f={f} />
    </Stack>
  </div>
);

const Stack = ({ side, children }: { side?: boolean; children: ComponentChildren }) => (
  <div class={side ? 'side stack' : 'stack'}>{children}</div>
);

type DatelineProps = { name: LocalizedText; date: CivilDate | null; published: Published; f: Formats };

/** The bulletin's name, the day of its figures, and when it was published. */
export const Dateline = ({ name, date, published, f }: DatelineProps) => (
  <>
    <div class={name.text.length > 28 ? 'name name-long' : 'name'}>
      <h1>
        <Text text={name} />
      </h1>
      {date === null ? null : (
        <p>
          <LongDay date={date} f={f} />
          <OwnDate date={date} f={f} />
        </p>
      )}
    </div>
    <p class="soft line">
      <PublishedLine published={published} f={f} />
    </p>
  </>
);

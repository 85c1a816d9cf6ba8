import type { CivilDate } from '../../worker/model/civil-date.ts';
import { Chart, type ChartView } from './chart.tsx';
import { type ContactRow, Contacts } from './contacts.tsx';
import { Figures, type FigureView } from './figures.tsx';
import type { Formats } from './formats.ts';
import { NewestNews, type NewsRow } from './news-list.tsx';
import { type Published, PublishedLine } from './shell.tsx';
import { Text, type Written } from './text.tsx';
import { Day } from './values.tsx';

/** What the home page holds between its masthead and its foot. */
export type HomeView = {
  /** The newest date any figure has; null before the first. */
  readonly date: CivilDate | null;
  readonly figures: readonly FigureView[];
  readonly sources: readonly Written[];
  readonly chart: ChartView | null;
  readonly news: readonly NewsRow[];
  readonly newsPath: string;
  readonly contacts: readonly ContactRow[];
};

type Props = { view: HomeView; assets: { readonly [name: string]: string }; f: Formats };

/** How it stands, whom to call, where it is going, what is new. */
export const Home = ({ view, assets, f }: Props) => (
  <div class="wrap sheet">
    <Figures figures={view.figures} date={view.date} sources={view.sources} f={f} />
    <Contacts rows={view.contacts} f={f} />
    {view.chart ? <Chart view={view.chart} assets={assets} f={f} /> : null}
    <NewestNews rows={view.news} all={view.newsPath} f={f} />
  </div>
);

type DatelineProps = { name: Written; date: CivilDate | null; published: Published; f: Formats };

/** The bulletin's name, the day it tells of, and when it was published. */
export const Dateline = ({ name, date, published, f }: DatelineProps) => (
  <>
    <div class={name.text.length > 28 ? 'name name-long' : 'name'}>
      <h1>
        <Text of={name} />
      </h1>
      {date === null ? null : (
        <p>
          <Day date={date} f={f} as="longDate" />
        </p>
      )}
    </div>
    <p class="soft line">
      <PublishedLine published={published} f={f} />
    </p>
  </>
);

import { addDays } from '../../model/civil-date.ts';
import { entriesOf } from '../../model/entries.ts';
import { saidWithin } from '../../model/said.ts';
import { ROOM_OF_WHOLE, withinRoom } from '../../model/said-room.ts';
import type { Column } from '../../model/series.ts';
import type { SeriesPart } from './statistics-slices.ts';

/** What has what the whole series has no room for. */
const YEARS = '/api/v1/statistics/years/{yyyy}.json';

/**
 * The most characters of a file of the whole series: as numbers of twelve digits by chance these take nine tenths of what a
 * document may have as it is stored (`worker/newsroom/documents/size-bounds.ts`). 100 metrics of five digits over 36 years
 * have so many.
 */
const MAX_LENGTH = 8_000_000;

/**
 * A file of the whole series that can always be published: without the oldest facts and notes, and without the oldest days
 * if there are very many numbers.
 */
export function wholeWithinRoom(
  series: SeriesPart,
  render: (part: SeriesPart) => string,
  maxLength = MAX_LENGTH,
): string {
  const whole = withinRoom(series, ROOM_OF_WHOLE, YEARS);
  let text = render(whole);
  for (let days = whole.dates.length; text.length > maxLength && days > 1; ) {
    days = Math.max(1, Math.floor((days * maxLength * 0.95) / text.length));
    text = render(newestDays(whole, days));
  }
  return text;
}

/** The last days of a series. */
function newestDays(series: SeriesPart, days: number): SeriesPart {
  const { metrics, missing, leftOut, adjustments, breaks, pauses, problems, facts, ...others } = series;
  const dates = series.dates.slice(-days);
  const [first] = dates;
  const columns = (all: SeriesPart['metrics']): { readonly [id: string]: Column } =>
    Object.fromEntries(entriesOf(all).map(([id, column]) => [id, column.slice(-days)]));
  return {
    ...others,
    dates,
    metrics: columns(metrics),
    missing: columns(missing),
    ...saidWithin(series, () => true, first, dates.at(-1)),
    ...(first ? { leftOut: { ...leftOut, until: addDays(first, -1), in: YEARS } } : {}),
  };
}

import type { SentenceKey } from '../../strings/ar.ts';
import type { MarkPaths } from './chart-marks.ts';
import type { ChartShape, Drawing } from './chart-shape.ts';

/** What the lines and marks of the picture are, of those that it has, as keys of sentences. */
export const keySentences = (
  { kind, values, breaks }: Drawing,
  { line, range, dots }: ChartShape,
  marks: MarkPaths,
): readonly SentenceKey[] => {
  const first = values.findIndex((value) => value !== null);
  const hasGaps = values.slice(first).includes(null);
  // Days of a first week, or after a break, are dots too, whatever was reported.
  const areDotsAtGaps = dots !== '' && hasGaps && breaks.length === 0;
  return [
    ...(line === '' ? [] : ([kind === 'level' ? 'chart.level' : 'chart.line'] as const)),
    ...(range === '' ? [] : (['chart.band'] as const)),
    ...(line !== '' && !areDotsAtGaps && hasGaps ? (['chart.gaps'] as const) : []),
    ...(dots === '' ? [] : ([areDotsAtGaps ? 'chart.dots' : 'chart.dot'] as const)),
    ...markSentences({
      breaks: marks.breaks !== '',
      adjusted: marks.adjusted !== '',
      provisional: marks.provisional !== '',
    }),
  ];
};

/** What the marks of a chart are, of those that it has, as keys of sentences. */
export const markSentences = ({
  breaks,
  adjusted,
  provisional,
}: {
  readonly [kind in keyof MarkPaths]: boolean;
}) => [
  ...(breaks ? (['chart.break'] as const) : []),
  ...(adjusted ? (['chart.adjusted'] as const) : []),
  ...(provisional ? (['chart.provisional'] as const) : []),
];

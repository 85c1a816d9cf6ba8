import type { Bulletin } from '../../../worker/model/bulletin.ts';
import type { BulletinSpec } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { withRemarks } from './with-remarks.ts';

const texts = (en: string) => ({ ar: `${en} ع`, en });
const base = (id: string, more: object) => ({
  id,
  agencies: ['health'],
  label: texts(id),
  tone: 'neutral',
  definition: texts(`What ${id} is`),
  source: texts('The station'),
  ...more,
});

/** Settings with decimals, negative figures, percentages, bounds, groups, rules and hours at which figures are due. */
export const measuredSite = aSite({
  groups: [{ id: 'water', label: texts('Water') }],
  rules: [{ sum: ['share'], is: 'at-most', of: ['rain'] }],
  limits: { remarks: 100 },
  notice: texts('A notice'),
  metrics: [
    base('river', {
      kind: 'level',
      decimals: 2,
      min: -5,
      max: 12.5,
      unit: texts('m'),
      group: 'water',
      better: 'lower',
      due: { weekdays: [1, 2, 3, 4, 5, 6, 7], time: '09:00', graceMinutes: 30, except: ['2021-07-29'] },
    }),
    base('share', { kind: 'level', decimals: 1, unit: 'percent', home: { drawn: true } }),
    base('net', {
      kind: 'flow',
      decimals: 1,
      negative: true,
      unit: texts('people'),
      unitForms: { en: { one: 'person', other: 'people' } },
    }),
    base('rain', { kind: 'flow', decimals: 3, unit: texts('mm'), group: 'water' }),
    { ...base('net_total', { kind: 'total', of: 'net', opening: 2.5 }), agencies: undefined },
    base('never', { kind: 'level', home: { shown: false } }),
  ].map((metric) => JSON.parse(JSON.stringify(metric))),
});

const cell = (value: number | null, more: object) => ({ value, ...more }) as never;

/** Figures of every form, last reported on 1 August 2021, with gaps, and a corrected one. */
const days: BulletinSpec['days'] = {
  '2021-07-24': { river: 3.42, share: 57.5, net: -3.5, rain: 0.001 },
  '2021-07-25': { river: cell(-0.05, { at: '08:00' }), share: 100, net: 0.1, rain: 0.2 },
  '2021-07-26': { river: null, net: cell(0.2, { provisionalUntil: '2021-08-20' }), rain: 1.125 },
  '2021-07-30': { river: cell(null, { state: 'not-reported', note: texts('No boat') }), net: -12.5 },
  '2021-08-01': { river: cell(-1.5, { at: '07:30', note: texts('At the bridge') }), net: -0.4, rain: 3.55 },
  '2021-08-02': { share: cell(null, { state: 'not-reported' }) },
};

/** A bulletin of that site with figures, facts, corrections and remarks of every kind. */
export const aMeasuredBulletin = (more: BulletinSpec = {}): Bulletin => {
  const bulletin = withRemarks(
    {
      site: measuredSite,
      days,
      ...more,
      changes: [
        {
          kind: 'figures',
          payload: { days: { '2021-07-24': { river: 3.4, net: null } } } as never,
          reason: 'Read again',
        },
        ...(more.changes ?? []),
      ],
    },
    { metric: 'net', kind: 'adjustment', date: '2021-07-28', amount: -0.7 },
    { metric: 'net_total', kind: 'restatement', date: '2021-07-31', total: 4.5 },
    { metric: 'river', kind: 'break', date: '2021-07-25' },
    { metric: 'river', kind: 'problem', date: '2021-07-30', nextWord: '2021-08-09T09:00:00Z' },
    { metric: 'rain', kind: 'problem', date: '2021-07-24', until: '2021-07-25' },
    { metric: 'share', kind: 'pause', date: '2021-07-27' },
    { metric: 'rain', kind: 'pause', date: '2021-07-27', until: '2021-07-28' },
  );
  // As in a release, which numbers the corrections before it is rendered.
  return { ...bulletin, corrections: bulletin.corrections.map((one) => ({ ...one, release: 527 })) };
};

import { addDays, type CivilDate } from '../../../worker/model/civil-date.ts';
import type { ClerkFile } from './clerk-files.ts';

const WEEK = {
  '2021-08-04': { new_cases: 752, deaths: 4 },
  '2021-08-05': { new_cases: 701, deaths: 9 },
};
const NOTHING = { value: null, state: 'not-reported' };
const rows = '2021-08-04,752,4\n2021-08-05,701,9\n';

/** More files as clerks make them: names in two rows, dates in fewer letters, cells that say something in words. */
export const MORE_CLERK_FILES: readonly ClerkFile[] = [
  // Names in two rows.
  [
    'with groups above the metrics, merged',
    `,Infections,\nDate,New cases,Deaths\n${rows}`,
    { days: WEEK, notes: [] },
  ],
  [
    'with the word for date beside the groups, merged downwards',
    `Date,Infections,\n,New cases,Deaths\n${rows}`,
    { days: WEEK, notes: ['header-read'] },
  ],
  [
    'with metrics above, and the word for date below',
    `,New cases,Deaths\nDate,,\n${rows}`,
    { days: WEEK, notes: ['header-read'] },
  ],
  [
    'with units below the metrics, and the form of the dates',
    'Date,River level,Share\n(dd/mm/yyyy),(m),%\n14/08/2021,3.42,42.5\n',
    { days: { '2021-08-14': { river: 3.42, share: 42.5 } }, notes: ['dates-read', 'header-read'] },
  ],
  [
    'with names in two languages, one below the other',
    `Date,New cases,Deaths\nالتاريخ,الحالات المستجدة,الوفيات\n${rows}`,
    { days: WEEK, notes: ['header-read'] },
  ],
  [
    'with a label broken into two rows',
    `Date,New,Deaths\n,cases,\n${rows}`,
    { days: WEEK, notes: ['header-read'] },
  ],
  [
    'with a metric above two columns, of which the first is its total',
    'Date,New cases,,Deaths\n,Total so far,Today,\n2021-08-04,418000,752,4\n',
    {
      faults: ['header-unclear 1B', 'column-unknown 1C'],
      says: ['“New cases” stands above “Total so far”, which may mean something else'],
    },
  ],
  [
    'with a total below a metric',
    'Date,New cases,Deaths\n,Total,\n2021-08-04,418000,4\n',
    { faults: ['header-unclear 1B'] },
  ],
  // Dates.
  [
    'with years of two digits, which some day tells',
    'date,new_cases,deaths\n04/08/21,752,4\n05/08/21,701,9\n31/08/21,1,1\n',
    {
      days: { ...WEEK, '2021-08-31': { new_cases: 1, deaths: 1 } },
      notes: ['dates-read'],
    },
  ],
  [
    'with years of two digits, and days that can be months or years',
    'date,new_cases,deaths\n04/08/21,752,4\n05/08/21,701,9\n',
    { faults: ['date-ambiguous 2A ×2'], says: ['“04/08/21” can be 2021-08-04 or 2021-04-08'] },
  ],
  [
    'with years of two digits that may stand first',
    'date,new_cases\n21.08.22,752\n',
    { faults: ['date-ambiguous 2A'], says: ['2022-08-21 or 2021-08-22'] },
  ],
  [
    'with years of two digits, and said what is first',
    'date,new_cases,deaths\n4.8.21,752,4\n5.8.21,701,9\n',
    { told: { dates: 'dmy' }, days: WEEK },
  ],
  [
    'with short years of the last century, of an old site',
    'date,new_cases\n14/08/97,752\n',
    { firstDate: '1990-01-01', days: { '1997-08-14': { new_cases: 752 } } },
  ],
  [
    'with days without zeros and hyphens',
    'date,new_cases,deaths\n4-8-2021,752,4\n5-8-2021,701,9\n24-8-2021,1,1\n',
    { days: { ...WEEK, '2021-08-24': { new_cases: 1, deaths: 1 } } },
  ],
  [
    'with points between days and months',
    'date,new_cases,deaths\n04.08.2021,752,4\n05.08.2021,701,9\n24.08.2021,1,1\n',
    { days: { ...WEEK, '2021-08-24': { new_cases: 1, deaths: 1 } } },
  ],
  [
    'with a day and a month that are the same number',
    'date,new_cases\n05/05/2021,752\n06/06/2021,1\n',
    { days: { '2021-05-05': { new_cases: 752 }, '2021-06-06': { new_cases: 1 } }, notes: ['dates-read'] },
  ],
  [
    'with numbers of days since 1900 or 1904: both are days of the site',
    'date,new_cases,deaths\n44412,752,4\n44413,701,9\n',
    {
      faults: ['date-serial 2A ×2'],
      says: ['“44412” is 2021-08-04 if days are counted since 1900, 2025-08-05'],
    },
  ],
  [
    'with numbers of days since 1904: since 1900 they are before the first day of the site',
    'date,new_cases,deaths\n42950,752,4\n42951,701,9\n',
    { days: WEEK, notes: ['dates-read'] },
  ],
  [
    'with numbers of days, and said since when',
    'date,new_cases,deaths\n44412,752,4\n44413,701,9\n',
    { told: { dates: 'excel1900' }, days: WEEK },
  ],
  [
    'without years',
    'date,new_cases\n4 Aug,752\n5/8,701\n',
    { faults: ['date-unreadable 2A', 'date-unreadable 3A'] },
  ],
  [
    'with dates of the Hijri calendar',
    'date,new_cases\n26/12/1442,752\n27/12/1442,701\n05/01/1443,5\n',
    { faults: ['date-before-first 2A ×3'] },
  ],
  [
    'with dates of the Hijri calendar, days and months that can be either',
    'date,new_cases\n05/01/1443,5\n06/01/1443,6\n',
    { faults: ['date-before-first 2A ×2'] },
  ],
  [
    'with dates of the Persian calendar, year first',
    'date,new_cases\n۱۴۰۰/۰۵/۱۳,5\n',
    { faults: ['date-before-first 2A'] },
  ],
  // Cells in words.
  [
    'that says what was not reported, in the words of the site',
    'date,new_cases,deaths\n2021-08-04,لم يُعلن,4\n2021-08-05,Not reported,لم يُبلَّغ\n2021-08-06,,not-reported\n',
    {
      days: {
        '2021-08-04': { new_cases: NOTHING, deaths: 4 },
        '2021-08-05': { new_cases: NOTHING, deaths: NOTHING },
        '2021-08-06': { deaths: NOTHING },
      },
    },
  ],
  [
    'that takes a figure back',
    'date,new_cases,deaths\n2021-08-04,taken back,\n2021-08-05,,مسحوب\n',
    { days: { '2021-08-04': { new_cases: null }, '2021-08-05': { deaths: null } } },
  ],
  [
    'with dashes, which are 0 in one program and nothing in another hand',
    'date,new_cases,deaths\n2021-08-04, - ,4\n2021-08-05,–,—\n',
    { faults: ['cell-dash 2B ×3'], says: ['can be 0 or nothing reported'] },
  ],
  [
    'with dashes that are 0',
    'date,new_cases,deaths\n2021-08-04, - ,4\n',
    { told: { dash: 'zero' }, days: { '2021-08-04': { new_cases: 0, deaths: 4 } } },
  ],
  [
    'with dashes that say that nothing is reported',
    'date,new_cases,deaths\n2021-08-04,-,4\n',
    { told: { dash: 'not-reported' }, days: { '2021-08-04': { new_cases: NOTHING, deaths: 4 } } },
  ],
  [
    'with the words of programs for empty cells, which clear nothing',
    'date,new_cases,deaths\n2021-08-04,NULL,NA\n2021-08-05,#N/A,null\n',
    {
      faults: [
        'number-unreadable 2B',
        'number-unreadable 2C',
        'number-unreadable 3B',
        'number-unreadable 3C',
      ],
    },
  ],
  // Numbers that must not become others in silence.
  [
    'with commas before decimals, and a thousand with one',
    'date;river;new_cases\n2021-08-04;3,42;1,000\n2021-08-05;3,4;1,750\n',
    { faults: ['number-thousands 2C ×2'] },
  ],
  [
    'with commas before decimals, and a level with three zeros',
    'date;river;rain\n2021-08-04;3,42;0,5\n2021-08-05;1,750;0,5\n',
    { faults: ['number-thousands 3B'] },
  ],
  [
    'with three decimals, of which no number shows what the sign is',
    'date;flow_rate\n2021-08-04;1.752\n',
    { faults: ['number-thousands 2B'] },
  ],
  [
    'with three decimals, of which one number shows what the sign is',
    'date;flow_rate\n2021-08-04;1.752\n2021-08-05;0.5\n',
    { days: { '2021-08-04': { flow_rate: 1.752 }, '2021-08-05': { flow_rate: 0.5 } } },
  ],
  [
    'with a comma between thousands, said so, and a number that is none',
    'date,new_cases\n2021-08-04,"0,752"\n2021-08-05,"1,752"\n',
    { told: { thousands: 'comma' }, faults: ['number-decimal-comma 2B'] },
  ],
  [
    'with spaces between thousands, said so, narrow ones too',
    'date,new_cases,deaths\n2021-08-04,1\u2009752,1\u202f000\n2021-08-05,1\u00a0752,1 000\n',
    {
      told: { thousands: 'space' },
      days: {
        '2021-08-04': { new_cases: 1752, deaths: 1000 },
        '2021-08-05': { new_cases: 1752, deaths: 1000 },
      },
    },
  ],
  [
    'with spaces between thousands, said so, and a point that may be another',
    'date,new_cases\n2021-08-04,1.000\n',
    { told: { thousands: 'space' }, faults: ['number-thousands 2B'] },
  ],
  [
    'with one sign for thousands and for decimals',
    'date,new_cases\n2021-08-04,5\n',
    { told: { thousands: 'comma', decimal: 'comma' }, faults: ['file-signs-same '] },
  ],
  [
    'with the decimal sign of Arabic before three digits',
    'date,new_cases\n2021-08-04,١٫٠٠٠\n',
    { faults: ['number-thousands 2B'] },
  ],
  [
    'with the comma of Arabic between digits',
    'date,new_cases,river\n2021-08-04,١،٧٥٢,٣،٤٢\n',
    { faults: ['number-thousands 2B', 'number-decimal-comma 2C'] },
  ],
  [
    'with the comma of Arabic between digits, and said what it is',
    'date,river\n2021-08-04,٣،٤٢\n',
    { told: { decimal: 'comma' }, days: { '2021-08-04': { river: 3.42 } } },
  ],
  [
    'with signs after numbers, numbers in parentheses, and words',
    'date,new_cases,deaths\n2021-08-04,12-,(12)\n2021-08-05,~12,12*\n2021-08-06,1 752,12%\n2021-08-07,+12,- 12\n',
    {
      faults: [
        'number-signed 2B ×4',
        'number-unreadable 3B',
        'number-unreadable 3C',
        'number-thousands 4B',
        'number-percent 4C',
      ],
      says: ['“12-” has a sign that can mean several things: write - before a negative number'],
    },
  ],
  [
    'with signs of percent, where the unit is percent',
    'date,share\n2021-08-04,42.5%\n2021-08-05,٤٢٫٥٪\n2021-08-06,%42.5\n',
    {
      days: { '2021-08-04': { share: 42.5 }, '2021-08-05': { share: 42.5 }, '2021-08-06': { share: 42.5 } },
    },
  ],
  [
    'with a unit in each cell',
    `date,river\n${Array.from({ length: 300 }, (_, i) => `${addDays('2020-03-01' as CivilDate, i)},${i / 100} m`).join('\n')}\n`,
    { faults: ['number-unreadable 2B ×300'], says: ['“0 m” is not a number'] },
  ],
  [
    'with a number that a spreadsheet has shortened',
    'date,new_cases\n2021-08-04,1.23E+11\n2021-08-05,1e3\n',
    { faults: ['number-shortened 2B'] },
  ],
  [
    'with a number with a comma, whose row ends in an empty cell',
    'date,new_cases,deaths,states,notes\n2021-08-04,1,752,4,,\n',
    { faults: ['row-too-long 2'], says: ['(6 cells, not 5)'] },
  ],
  [
    'with a number with a comma, in a file of which the last column is empty',
    'date,new_cases,deaths\n2021-08-04,1,752,\n2021-08-05,701,\n',
    { faults: ['row-too-long 2'] },
  ],
];

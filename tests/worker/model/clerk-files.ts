/** What a file must give: the figures that were read by date, or the faults as `code row+column` (and how many). */
type Expected = {
  readonly days?: { readonly [date: string]: { readonly [metric: string]: number | null | object } };
  readonly totals?: { readonly [date: string]: { readonly [metric: string]: number } };
  readonly faults?: readonly string[];
  /** Parts of the texts of faults. */
  readonly says?: readonly string[];
  readonly notes?: readonly string[];
  readonly told?: object;
  /** The site's today, if it decides. */
  readonly today?: string;
  /** The site's first date, if it decides. */
  readonly firstDate?: string;
};
export type ClerkFile = readonly [what: string, file: string, expected: Expected];

const WEEK = {
  '2021-08-04': { new_cases: 752, deaths: 4 },
  '2021-08-05': { new_cases: 701, deaths: 9 },
};
const LARGE = { '2021-08-04': { new_cases: 1752, deaths: 4 } };

const clean = 'date,new_cases,deaths\n2021-08-04,752,4\n2021-08-05,701,9\n';
const year = Array.from({ length: 528 }, (_, i) => {
  const day = new Date(Date.UTC(2020, 1, 24 + i));
  return [day.getUTCDate(), day.getUTCMonth() + 1, day.getUTCFullYear()].map((n) =>
    String(n).padStart(2, '0'),
  );
});

/** Files as clerks make them, each with the answer that it must get. */
export const CLERK_FILES: readonly ClerkFile[] = [
  ['as the contract has it', clean, { days: WEEK, notes: [] }],
  [
    'from Excel: a mark of the order of bytes, CRLF',
    `\ufeff${clean.replaceAll('\n', '\r\n')}`,
    { days: WEEK },
  ],
  ['with CR alone, and no end of the last line', clean.trim().replaceAll('\n', '\r'), { days: WEEK }],
  ['from Excel with semicolons', clean.replaceAll(',', ';'), { days: WEEK, notes: [] }],
  ['with tabs, as a table is copied', clean.replaceAll(',', '\t'), { days: WEEK }],
  [
    'that tells its separator, on a line that Excel does not show',
    `sep=;\r\n${clean.replaceAll(',', ';').replace('752', 'x')}`,
    { faults: ['number-unreadable 2B'] },
  ],
  [
    'with titles above the header, and empty rows and columns everywhere',
    'Ministry of Health, daily report,,,,\n,,,,\n,Date,,New cases,Deaths,\n,,,,,\n,2021-08-04,,752,4,\n,  ,,,,\n,2021-08-05,,701,9,\n,,,,,\n',
    { days: WEEK },
  ],
  [
    'with labels in Arabic',
    'التاريخ;الحالات المستجدة;الوفيات\n2021-08-04;752;4\n2021-08-05;701;9\n',
    { days: WEEK },
  ],
  [
    'with labels in English, in capitals',
    'DATE,NEW CASES,DEATHS\n2021-08-04,752,4\n2021-08-05,701,9\n',
    { days: WEEK },
  ],
  [
    'with ids as people write them',
    ' Date ,New_Cases, deaths\n2021-08-04,752,4\n2021-08-05,701,9\n',
    { days: WEEK },
  ],
  [
    'with Arabic digits',
    'التاريخ,الحالات المستجدة,الوفيات\n٢٠٢١-٠٨-٠٤,٧٥٢,٤\n٢٠٢١-٠٨-٠٥,٧٠١,٩\n',
    { days: WEEK },
  ],
  [
    'with Persian digits and the signs that go with them',
    'date,new_cases,deaths,river\n۲۰۲۱-۰۸-۰۴,۱٬۷۵۲,۴,۳٫۴۲\n',
    { days: { '2021-08-04': { new_cases: 1752, deaths: 4, river: 3.42 } } },
  ],
  [
    'with marks of direction',
    '\u200fdate,new_cases\u200e,deaths\n\u200e2021-08-04,\u202b752\u202c,4\n2021-08-05,701,9\n\u200f,\u200f,\n',
    { days: WEEK },
  ],
  [
    'with quotes, quotes within quotes and line breaks in cells',
    '"date","new\ncases","deaths"\r\n"2021-08-04","752"," 4\n"\r\n"2021-08-05","701","n""a"\r\n',
    { faults: ['number-unreadable 3C'], says: ['row 3, column C: “n"a” is not a number'] },
  ],
  [
    'with a comma between thousands',
    'date,new_cases,deaths\n2021-08-04,"1,752","9,000"\n2021-08-05,"1,701",9\n',
    {
      faults: ['number-thousands 2B ×3'],
      says: ['3 cells like this, the first in row 2, column B: “1,752” has'],
    },
  ],
  [
    'with a comma between thousands, and said so',
    'date,new_cases,deaths\n2021-08-04,"1,752",4\n',
    { told: { thousands: 'comma' }, days: LARGE, notes: ['numbers-read'] },
  ],
  [
    'with a comma between thousands that is not quoted',
    'date,new_cases,deaths\n2021-08-04,1,752,4\n2021-08-05,701,9\n',
    { faults: ['row-too-long 2'], says: ['row 2: the row is longer than the header (4 cells, not 3)'] },
  ],
  [
    'with points between thousands',
    clean.replace('752', '1.752').replace('701', '1.000'),
    { faults: ['number-thousands 2B ×2'] },
  ],
  [
    'with points between thousands, and said so',
    'date;new_cases;deaths\n2021-08-04;1.752;4\n',
    { told: { thousands: 'dot' }, days: LARGE },
  ],
  [
    'with spaces between thousands that do not break',
    'date,new_cases,deaths\n2021-08-04,1\u00a0752,4\n',
    { faults: ['number-thousands 2B'] },
  ],
  [
    'with whole numbers as other programs write them',
    'date,new_cases,deaths\n2021-08-04,752.0,000004\n2021-08-05,7.01E+02,9.00\n',
    { days: WEEK, notes: ['numbers-rounded'] },
  ],
  [
    'with decimals, and a level below zero',
    'date,river,rain\n2021-08-04,-0.20,0.1\n2021-08-05,−3.425,1\n',
    { faults: ['number-thousands 3B'] },
  ],
  [
    'with more decimals than a metric has, and said what the point is',
    'date,river,rain\n2021-08-04,-0.20,0.1\n2021-08-05,−3.425,1.25\n',
    {
      told: { decimal: 'dot' },
      faults: ['number-decimals 3B ×2'],
      says: ['“-3.425” has more decimals (3) than river can have (2)'],
    },
  ],
  [
    'with commas before decimals, from Excel with semicolons',
    'date;river;rain\n2021-08-04;-0,2;0,1\n2021-08-05;3,42;12\n',
    {
      days: { '2021-08-04': { river: -0.2, rain: 0.1 }, '2021-08-05': { river: 3.42, rain: 12 } },
      notes: ['numbers-read'],
    },
  ],
  [
    'with a count below zero, one that is too large, and what is no number',
    'date,new_cases,deaths\n2021-08-04,-1,1000000000001\n2021-08-05,n/a,#REF!\n2021-08-06,n/a,+5\n',
    {
      faults: [
        'number-negative 2B',
        'number-too-large 2C',
        'number-unreadable 3B ×2',
        'number-unreadable 3C',
        'number-signed 4C',
      ],
    },
  ],
  [
    'with days before months, which some day tells',
    'Date,New cases,Deaths\n05/08/2021,701,9\n04/08/2021,752,4\n24/07/2021,,1\n',
    { days: { ...WEEK, '2021-07-24': { deaths: 1 } }, notes: ['dates-read'] },
  ],
  [
    'with days and months that can be either',
    'date,new_cases,deaths\n04/08/2021,752,4\n05/08/2021,701,9\n',
    { faults: ['date-ambiguous 2A ×2'], says: ['“04/08/2021” can be 2021-08-04 or 2021-04-08'] },
  ],
  [
    'with days and months that only one reading does not put after today',
    'date,new_cases,deaths\n04.08.2021,752,4\n05.08.2021,701,9\n09.08.2021,1,0\n',
    {
      today: '2021-08-10',
      days: { ...WEEK, '2021-08-09': { new_cases: 1, deaths: 0 } },
      notes: ['dates-read'],
    },
  ],
  [
    'with months before days, as some day tells',
    'date,new_cases,deaths\n8/4/2021,752,4\n8/5/2021,701,9\n8/13/2021,,1\n',
    { days: { ...WEEK, '2021-08-13': { deaths: 1 } }, notes: ['dates-read'] },
  ],
  [
    'with days before months, and said so',
    'date;new_cases;deaths\n4-8-2021;752;4\n5-8-2021;701;9\n',
    { told: { dates: 'dmy' }, days: WEEK },
  ],
  [
    'of which a program has swapped day and month of some rows',
    'date,new_cases\n8/4/2021,752\n24/02/2020,1\n',
    { faults: ['date-mixed 3A'], says: ['“24/02/2020” and “8/4/2021” are written in two ways'] },
  ],
  [
    'of two hands, and said which is first',
    'date,new_cases,deaths\n04/08/2021,752,4\n5/8/2021,701,9\n',
    { told: { dates: 'dmy' }, days: WEEK },
  ],
  [
    'with a year to come, in words',
    'date,new_cases\n4-Aug-21,752\n5-Aug-27,701\n',
    { faults: ['date-after-today 3A'] },
  ],
  [
    'with months in words, as Excel shows dates',
    'date,new_cases,deaths\n4-Aug-21,752,4\n5-Aug-21,701,9\n',
    { days: WEEK, notes: ['dates-read'] },
  ],
  [
    'with months in Arabic words',
    'date,new_cases,deaths\n٤ أغسطس ٢٠٢١,752,4\n٥ أغسطس ٢٠٢١,701,9\n',
    { days: WEEK },
  ],
  [
    'with the numbers of days of Excel, which are days to come if they count since 1904',
    'date,new_cases,deaths\n44412,752,4\n44413.0,701,9\n',
    { today: '2021-08-10', days: WEEK, notes: ['dates-read'] },
  ],
  [
    'with midnight after each date, and slashes',
    'date,new_cases,deaths\n2021/08/04 00:00:00,752,4\n2021/8/5 00:00:00,701,9\n',
    { days: WEEK },
  ],
  [
    'of a year whose dates nobody can read',
    `date,new_cases\n${year.map(([d, m, y]) => `week of ${d}.${m}.${y},1`).join('\n')}\n`,
    {
      faults: ['date-unreadable 2A ×528'],
      says: ['528 dates like this, the first in row 2, column A: “week of 24.02.2020” is not a date'],
    },
  ],
  [
    'of a year with days before months',
    `date,new_cases\n${year.map((parts) => `${parts.join('/')},1`).join('\n')}\n`,
    { notes: ['dates-read'] },
  ],
  [
    'with one wrong day, a sum below and a day twice',
    'date,new_cases,deaths\n2021-02-30,1,1\n2021-08-04,752,4\n2021-08-04,752,4\n,5,\nTotal,752,4\n',
    {
      faults: ['date-unreadable 2A', 'date-twice 4A', 'date-missing 5A', 'date-unreadable 6A'],
      says: ['“Total” is not a date', '“2021-02-30” is not a date'],
    },
  ],
  [
    'with columns that nobody knows, one twice and one without a name',
    'date,new_cases,New cases,remark,deaths,,blank\n2021-08-04,752,752,ok,4,7,\n',
    { faults: ['column-twice 1C', 'column-unknown 1D', 'column-unnamed 1F'] },
  ],
  [
    'of the site itself, with what it works out and what it adds',
    'date,new_cases,deaths,total_cases,states,notes\n2021-08-04,752,4,762,new_cases=provisional,"Counted, twice"\n2021-08-05,701,9,1463,,\n',
    {
      days: WEEK,
      totals: { '2021-08-04': { total_cases: 762 }, '2021-08-05': { total_cases: 1463 } },
    },
  ],
  [
    'with rows that are too short',
    'date,new_cases,deaths\n2021-08-04,752\n',
    { faults: ['row-too-short 2'] },
  ],
  [
    'with a quote that never ends',
    'date,new_cases\n2021-08-04,"752\n2021-08-05,701\n',
    { faults: ['file-open-quote 2'] },
  ],
  [
    'without a word for the date',
    'Daily report\nday,new_cases,deaths\n2021-08-04,752,4\n',
    { faults: ['file-no-date 2'], says: ['row 2: no column is named date'] },
  ],
  [
    'without a header',
    '2021-08-04,752,4\n',
    { faults: ['file-no-header 1'], says: ['“2021-08-04 752 4”', 'new_cases'] },
  ],
  ['that is empty', '\ufeff\r\n , \r\n', { faults: ['file-empty '] }],
  [
    'with days before the first and after today',
    'date,new_cases\n2020-02-23,1\n2027-01-02,2\n2027-01-03,3\n',
    { faults: ['date-before-first 2A', 'date-after-today 3A ×2'], says: ['2027-01-02', 'today, 2026-11-27'] },
  ],
  [
    'of which a level is below its least and above its most',
    'date,river\n2021-08-04,-5.01\n2021-08-05,20.5\n',
    { faults: ['number-too-small 2B', 'number-too-large 3B'] },
  ],
  ['with a header alone', 'date,new_cases\n', { days: {} }],
];

/** What a caller can tell about a file, and the sign that each word means. What is not told is found in the file. */
export const TOLD = {
  separator: { comma: ',', semicolon: ';', tab: '\t' },
  thousands: { comma: ',', dot: '.', space: ' ', apostrophe: "'" },
  decimal: { dot: '.', comma: ',' },
  dates: { dmy: 'DD/MM/YYYY', mdy: 'MM/DD/YYYY', excel1900: 'serial', excel1904: 'serial-1904' },
  dash: { zero: '0', 'not-reported': '' },
} as const;

/** What a caller tells about a file: the words of `TOLD`. */
export type Told = { readonly [K in keyof typeof TOLD]?: keyof (typeof TOLD)[K] };

/** The word for a sign between cells; the sign itself for one that has no word. */
export const separatorWord = (sign: string): string =>
  Object.entries(TOLD.separator).find(([, known]) => known === sign)?.[0] ?? sign;

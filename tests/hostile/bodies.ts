/** The longest body that the contract allows, in characters. */
export const BODY_LENGTH = 50_000;

/** A body of the longest length that repeats a piece. */
export const bodyOf = (piece: string): string =>
  piece.repeat(Math.ceil(BODY_LENGTH / piece.length)).slice(0, BODY_LENGTH);

/** Pieces of bodies that once took seconds to minutes to render: quotes that end early, each of which reads all the rest. */
export const SLOW_PIECES = ['\n=\n>>-', 'v\n>>#\n', '\n\\\n>-', '=\n<\n>>#\n', '---\n--> <?\n>'] as const;

/** Pieces of bodies whose HTML is many times their length. */
export const GROWING_PIECES = [`${'>'.repeat(20)}\n\n`, '- - - - a\n', '"'] as const;

/** Pieces that try numbers, addresses, tables, emphasis beside letters and the beginnings of lines, at their worst. */
export const TRYING_PIECES = [
  ...['-1 ', '+1-', '1-1', '00-1 ', '(1)1 ', '0967 2497 ', '٢-٢ ', '1 ', `${'01-'.repeat(3_000)}1 `],
  ...[
    '@',
    'a@',
    'a@b.',
    'a@b.cc ',
    '://',
    'http://@',
    'http://ىéو**@',
    'http://ى:',
    'http://a ',
    `http://a${')'.repeat(1_990)} `,
  ],
  ...[`https://${'ى'.repeat(1_900)} `, '[x](tel:1 ', `[](tel:${'1 '.repeat(20)})`],
  ...['|-|\n', '|a|b\n|-|-\n', '|a|a\n|-|-\n|\n', '> |a\n> |-\n', '- |a\n  |-\n'],
  ...[`|a\n|-\n${'|x\n'.repeat(199)}${'|'.repeat(5_000)}\n`, `${'|'.repeat(20)}\n${'|-'.repeat(20)}\n|\n`],
  ...['و**«', '«**و', `*${'\u200f'.repeat(8)}`, '\n\u200f- ', '\n\u200f', `\n${'\u00a0 '.repeat(1_000)}`],
  ...['\n١. ', '\n١.', '\n', 'a  \n'],
] as const;

/** Pieces whose work is easily counted too low: it is not in rules that the parser tries, nor in tokens. */
export const CHEAP_PIECES = [
  ...['12 34 ', '٢ ', '1 ', '1(2)', '(1)1 ', '4444 55', '+1 1 1 1 1 1 1 1 1 1 1 1 1 '],
  ...['*a', 'a*', '**a** ', '~~a', '"a ', '\n', '`a', '&lt;', 'a '],
] as const;

/** Ordinary text of a bulletin, in Arabic and English, with every mark of Markdown that people use. */
export const ORDINARY_PIECE = `## إعلان من الوزارة

تعلن الوزارة عن **بدء التسجيل** في [المنصة](https://example.org/register) اعتبارا من صباح الغد.

- يجب إحضار البطاقة المدنية
- يبدأ العمل في الساعة *التاسعة* صباحا

> Masks are required in all closed public places until further notice.

1. Register on the [platform](https://example.org/register).
2. Wait for the message, then go to the centre named in it.

`;

/** The longest body that the contract allows, in characters. */
export const BODY_LENGTH = 50_000;

/** A body of the longest length that repeats a piece. */
export const bodyOf = (piece: string): string =>
  piece.repeat(Math.ceil(BODY_LENGTH / piece.length)).slice(0, BODY_LENGTH);

/** Pieces of bodies that once took seconds to minutes to render: quotes that end early, each of which reads all the rest. */
export const SLOW_PIECES = ['\n=\n>>-', 'v\n>>#\n', '\n\\\n>-', '=\n<\n>>#\n', '---\n--> <?\n>'] as const;

/** Pieces of bodies whose HTML is many times their length. */
export const GROWING_PIECES = [`${'>'.repeat(20)}\n\n`, '- - - - a\n', '"'] as const;

/** Ordinary text of a bulletin, in Arabic and English, with every mark of Markdown that people use. */
export const ORDINARY_PIECE = `## إعلان من الوزارة

تعلن الوزارة عن **بدء التسجيل** في [المنصة](https://example.org/register) اعتبارا من صباح الغد.

- يجب إحضار البطاقة المدنية
- يبدأ العمل في الساعة *التاسعة* صباحا

> Masks are required in all closed public places until further notice.

1. Register on the [platform](https://example.org/register).
2. Wait for the message, then go to the centre named in it.

`;

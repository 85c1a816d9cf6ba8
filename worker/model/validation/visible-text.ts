// Characters that show nothing: those that Unicode calls default ignorable (UAX #44: controls of direction, zero-width
// spaces and joiners, variation selectors, tags, fillers, the soft hyphen), separators of lines and paragraphs, and the
// marks around interlinear annotations.
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/u;

/**
 * Where an invisible character changes how the text around it looks, and so is a part of the writing:
 * - a joiner (ZWNJ, ZWJ, the Mongolian vowel separator) after a letter, a mark or an emoji: Persian «می‌خواهم», 👩🏽‍⚕️;
 * - a variation selector after a character: ❤️, the forms of a Han character;
 * - the tags after a black flag: 🏴󠁧󠁢󠁥󠁮󠁧󠁿;
 * - one mark of direction (LRM, RLM, ALM). Keyboards insert it and `Intl` writes it around numbers. It acts as a letter of
 *   its direction would, and can turn no letters around, as embeddings, overrides and isolates do (UAX #9 §2.6).
 */
const USEFUL =
  /(?<=[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])(?:\u200c|\u200d|\u180e)|(?<=[^\s\p{Default_Ignorable_Code_Point}])\p{Variation_Selector}|(?<=\u{1f3f4})[\u{e0020}-\u{e007e}]{1,8}\u{e007f}|(?<![\u200e\u200f\u061c])[\u200e\u200f\u061c]/gu;

// U+2800 is the Braille pattern without dots.
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800]/u;

// Embeddings, overrides, isolates and their ends: UAX #9 §2.
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Whether a text shows anything. */
export const isVisible = (text: string): boolean => VISIBLE.test(text);

/** Whether a text has an invisible character, wherever it stands. */
export const hasInvisible = (text: string): boolean => INVISIBLE.test(text);

/** The first invisible character that is not a part of the writing: its code, and its position from 1. Null if none. */
export function firstInvisible(
  text: string,
): { readonly character: string; readonly position: number } | null {
  if (!INVISIBLE.test(text)) return null;
  const rest = text.replace(USEFUL, (useful) => ' '.repeat(useful.length));
  const index = rest.search(INVISIBLE);
  if (index < 0) return null;
  const code = rest.codePointAt(index) ?? 0;
  const position = [...rest.slice(0, index)].length + 1;
  return { character: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`, position };
}

/**
 * A text without controls of direction, for places that can't isolate it: the title of a tab, a preview in a messenger. New
 * headings have none, but bodies, names and headings from before may.
 */
export const withoutBidiControls = (text: string): string => text.replace(BIDI_CONTROLS, '');

/** The first characters of a text, at most `length` of them, without half a surrogate pair at the end. */
export const headOf = (text: string, length: number): string =>
  text.slice(0, length).replace(/[\ud800-\udbff]$/, '');

/** A text of at most about `length` characters; a longer one is cut and ends in an ellipsis. */
export const cutText = (text: string, length: number): string =>
  text.length <= length ? text : `${headOf(text, length)}…`;

/**
 * The beginning of a Markdown body that has more than `length` characters, as it was written. It ends with a paragraph
 * where one ends in the second half, else with a line or a word. `separator` is what follows there, empty if none of
 * these ends.
 */
export function bodyHead(
  body: string,
  length: number,
): { readonly head: string; readonly separator: string } {
  const head = headOf(body, length);
  for (const separator of ['\n\n', '\n', ' ']) {
    const end = head.lastIndexOf(separator);
    if (end >= length / 2) return { head: head.slice(0, end), separator };
  }
  return { head, separator: '' };
}

/** Like `cutText`, of a Markdown body: the ellipsis follows `bodyHead`, as a paragraph or line of its own after one. */
export function cutBody(body: string, length: number): string {
  if (body.length <= length) return body;
  const { head, separator } = bodyHead(body, length);
  return `${head}${separator === ' ' ? '' : separator}…`;
}

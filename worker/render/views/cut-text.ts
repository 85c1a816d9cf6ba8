/**
 * The beginning of a Markdown body of at most about `longest` characters, as it was written: it ends with a paragraph where
 * one ends in the second half, else with a line or a word. What was cut is marked with `…`. A shorter body stays as it is.
 */
export function cutText(body: string, longest: number): string {
  if (body.length <= longest) return body;
  const head = body.slice(0, longest);
  for (const [separator, mark] of ENDS) {
    const end = head.lastIndexOf(separator);
    if (end >= longest / 2) return `${head.slice(0, end)}${mark}`;
  }
  return `${head.replace(/[\ud800-\udbff]$/, '')}…`;
}

const ENDS = [
  ['\n\n', '\n\n…'],
  ['\n', '\n…'],
  [' ', '…'],
] as const;

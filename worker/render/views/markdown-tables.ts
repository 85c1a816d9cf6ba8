import type { MarkdownIt } from 'markdown-it';
import { LINE_STEPS, type Spend } from './markdown-work.ts';

/**
 * The most columns and rows of a table. More is no table that anybody reads on a phone; it is shown as it was written.
 */
const MOST_COLUMNS = 20;
const MOST_ROWS = 200;
/** The most cells that a table's rows may lack. The parser adds them, so that a short source could give long HTML. */
const MOST_MISSING = 40;

/** Reads tables (GitHub's form) of a bounded size. A wide one scrolls by itself, also by keyboard (WCAG 2.1.1). */
export function readTables(markdown: MarkdownIt, spend: Spend): void {
  const { block, core, renderer } = markdown;
  const name = 'table';
  const rule = block.ruler.__rules__.find((each) => each.name === name);
  if (!rule) throw new Error('the parser has no rule for tables');
  const { fn } = rule;
  markdown.enable(name);
  rule.fn = (state, startLine, endLine, silent) => {
    // Nearly every line ends here, for nothing: the line after a table's head begins so.
    const next = startLine + 1;
    const start = (state.bMarks[next] ?? 0) + (state.tShift[next] ?? 0);
    if (!/^(?:[|:]|-[|:-])/.test(state.src.slice(start, start + 2)) || !fn(state, startLine, endLine, true))
      return false;
    const cellsOf = (line: number): number => {
      spend(LINE_STEPS);
      const row = state.src
        .slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line])
        .trim();
      return (
        row.split('|').length - (row.startsWith('|') ? 1 : 0) - (row.length > 1 && row.endsWith('|') ? 1 : 0)
      );
    };
    const columns = cellsOf(next);
    if (columns > MOST_COLUMNS) return false;
    let missing = 0;
    let line = startLine + 2;
    for (; line < endLine && !state.isEmpty(line); line++) {
      missing += Math.max(0, columns - cellsOf(line));
      if (line - startLine > MOST_ROWS + 1 || missing > MOST_MISSING) return false;
    }
    return silent || fn(state, startLine, endLine, silent);
  };
  block.ruler.__cache__ = null;
  // Alignment would be an inline style, which the policy forbids.
  core.ruler.after('block', 'table_cells', ({ tokens }) => {
    for (const token of tokens) {
      if (token.type === 'th_open') token.attrs = [['scope', 'col']];
      else if (token.type === 'td_open') token.attrs = null;
    }
  });
  renderer.rules.table_open = () => '<div class="scroll" tabindex="0"><table>\n';
  renderer.rules.table_close = () => '</table></div>\n';
}

/**
 * UTF-16 units of a text that stay in its own row: 1.35 MB at the most, as a unit takes up to 3 bytes of UTF-8. A row
 * holds 2 MB (https://developers.cloudflare.com/durable-objects/platform/limits/), which the local runtime lets pass.
 */
export const IN_ROW = 450_000;

/** What of long texts does not fit the rows they belong to. Call within the transaction that writes those. */
export class LongTexts {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Keeps what does not fit of an owner's text, in place of what was kept before; gives what does. */
  keep(owner: string, text: string): string {
    this.drop(owner);
    const [head = '', ...rest] = pieces(text);
    for (const [i, piece] of rest.entries())
      this.#sql.exec('INSERT INTO long_text (owner, i, piece) VALUES (?, ?, ?)', owner, i, piece);
    return head;
  }

  /** An owner's whole text, of which `head` is in its row. */
  whole(owner: string, head: string): string {
    if (head.length < IN_ROW - 1) return head;
    const rest = this.#sql
      .exec<{ piece: string }>('SELECT piece FROM long_text WHERE owner = ? ORDER BY i', owner)
      .toArray();
    return head + rest.map(({ piece }) => piece).join('');
  }

  /** Takes out what was kept of an owner's text. */
  drop(owner: string): void {
    this.#sql.exec('DELETE FROM long_text WHERE owner = ?', owner);
  }
}

// SQLite keeps UTF-8, which has no half of a pair of surrogates: none is cut in two.
function pieces(text: string): readonly string[] {
  const cut: string[] = [];
  for (let at = 0; at < text.length; ) {
    const last = text.charCodeAt(at + IN_ROW - 1);
    const end = at + IN_ROW - (last >= 0xd800 && last < 0xdc00 ? 1 : 0);
    cut.push(text.slice(at, end));
    at = end;
  }
  return cut;
}

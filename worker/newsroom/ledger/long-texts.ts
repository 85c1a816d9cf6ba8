/**
 * How many UTF-16 units of a text its own row holds: at most 1.35 MB, because a unit takes up to 3 bytes of UTF-8. A row
 * holds 2 MB (https://developers.cloudflare.com/durable-objects/platform/limits/); the local runtime does not enforce it.
 */
const MAX_UNITS_IN_ROW = 450_000;

/** Stores the rest of each text that is too long for its row. Call it in the transaction that writes the row. */
export class LongTexts {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Stores the rest of an owner's text, in place of the previous rest; gives the head, which goes into the row. */
  keep(owner: string, text: string): string {
    this.drop(owner);
    const [head = '', ...rest] = pieces(text);
    for (const [i, piece] of rest.entries())
      this.#sql.exec('INSERT INTO long_text (owner, i, piece) VALUES (?, ?, ?)', owner, i, piece);
    return head;
  }

  /** An owner's whole text: `head` is the text in its row. */
  whole(owner: string, head: string): string {
    if (head.length < MAX_UNITS_IN_ROW - 1) return head;
    const rest = this.#sql
      .exec<{ piece: string }>('SELECT piece FROM long_text WHERE owner = ? ORDER BY i', owner)
      .toArray();
    return head + rest.map(({ piece }) => piece).join('');
  }

  /** Deletes the rest of an owner's text. */
  drop(owner: string): void {
    this.#sql.exec('DELETE FROM long_text WHERE owner = ?', owner);
  }
}

// SQLite stores UTF-8, which can't hold half of a surrogate pair: no pair is cut in two.
function pieces(text: string): readonly string[] {
  const all: string[] = [];
  for (let start = 0; start < text.length; ) {
    const lastUnit = text.charCodeAt(start + MAX_UNITS_IN_ROW - 1);
    const isPairCut = lastUnit >= 0xd800 && lastUnit < 0xdc00;
    const end = start + MAX_UNITS_IN_ROW - (isPairCut ? 1 : 0);
    all.push(text.slice(start, end));
    start = end;
  }
  return all;
}

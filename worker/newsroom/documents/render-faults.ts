import type { Instant } from '../../model/instant.ts';
import { messageOf } from '../../platform/message-of.ts';

/** Something that can't be rendered: its path, or an item as `collection/id`; since when, and why. */
export type RenderFault = { readonly what: string; readonly at: Instant; readonly detail: string };

const MAX_DETAIL = 500;

/** What can't be rendered, told of until it can be. One page that can't must not keep all others from the public. */
export class RenderFaults {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Notes a fault. What was noted before keeps the time it was first seen. */
  note(what: string, error: unknown, at: Instant): void {
    console.error(`not rendered: ${what}`, error);
    this.#sql.exec(
      'INSERT INTO render_fault (what, at, detail) VALUES (?, ?, ?) ON CONFLICT (what) DO UPDATE SET detail = excluded.detail',
      what,
      at,
      messageOf(error).slice(0, MAX_DETAIL).toWellFormed(),
    );
  }

  /** Notes that something can be rendered, or is no longer there. */
  clear(what: string): void {
    this.#sql.exec('DELETE FROM render_fault WHERE what = ?', what);
  }

  /** Drops the fault of every path but these. */
  keepPaths(failing: ReadonlySet<string>): void {
    for (const { what } of this.all()) if (what.startsWith('/') && !failing.has(what)) this.clear(what);
  }

  /** All there are, the oldest first. */
  all(): readonly RenderFault[] {
    return this.#sql
      .exec<RenderFault>('SELECT what, at, detail FROM render_fault ORDER BY at, what')
      .toArray();
  }
}

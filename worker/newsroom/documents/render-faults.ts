import type { Instant } from '../../model/instant.ts';
import { messageOf } from '../../platform/message-of.ts';

/** A page or item that can't be rendered. `what`: the path, or the item as `collection/id`; `at`: since when. */
export type RenderFault = { readonly what: string; readonly at: Instant; readonly detail: string };

const MAX_DETAIL = 500;

/** The render faults. A fault is stored until rendering succeeds, because one faulty page must not stop a release. */
export class RenderFaults {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Notes a fault. A fault that is already noted keeps its time. */
  note(what: string, error: unknown, at: Instant): void {
    console.error(`not rendered: ${what}`, error);
    this.#sql.exec(
      'INSERT INTO render_fault (what, at, detail) VALUES (?, ?, ?) ON CONFLICT (what) DO UPDATE SET detail = excluded.detail',
      what,
      at,
      messageOf(error).slice(0, MAX_DETAIL).toWellFormed(),
    );
  }

  /** Deletes a fault: rendering succeeded, or the page or item no longer exists. */
  clear(what: string): void {
    this.#sql.exec('DELETE FROM render_fault WHERE what = ?', what);
  }

  /** Deletes the faults of all paths except these. */
  keepPaths(failing: ReadonlySet<string>): void {
    for (const { what } of this.all()) if (what.startsWith('/') && !failing.has(what)) this.clear(what);
  }

  /** All faults, oldest first. */
  all(): readonly RenderFault[] {
    return this.#sql
      .exec<RenderFault>('SELECT what, at, detail FROM render_fault ORDER BY at, what')
      .toArray();
  }
}

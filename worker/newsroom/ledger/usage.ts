import type { Instant } from '../../model/instant.ts';
import type { Item } from '../../model/item.ts';
import type { LimitName } from '../../model/limits.ts';
import type { AgencyId } from '../../model/site.ts';
import { breakingUntil, collectionOfTopic, editBytes, type Use, usesOf } from '../../model/usage.ts';

/** What is used of a limit. */
export type Used = { readonly of: string; readonly amount: number };

const editDay = (at: Instant, agency: AgencyId): string => `${at.slice(0, 10)} ${agency}`;

/**
 * How much of each limit is used. The rows are written in the transaction of the item that changes them, so that no
 * call counts items.
 */
export class Usage {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** How much of a limit is used; 0 if nothing. */
  amount(limit: LimitName, of: string): number {
    const [row] = this.#sql
      .exec<{ amount: number }>('SELECT amount FROM usage WHERE what = ? AND of = ?', limit, of)
      .toArray();
    return row?.amount ?? 0;
  }

  /** Of which agencies or topics more than `limit` is used, at most 100. */
  above(name: LimitName, limit: number): readonly Used[] {
    return this.#sql
      .exec<Used>('SELECT of, amount FROM usage WHERE what = ? AND amount > ? LIMIT 100', name, limit)
      .toArray();
  }

  /** How many public news items are breaking at an instant. */
  breakingAt(now: Instant): number {
    return this.#sql.exec<{ n: number }>('SELECT count(*) AS n FROM breaking WHERE until > ?', now).one().n;
  }

  /**
   * Notes that an item takes the place of another version of it.
   * @param before undefined for a new item
   */
  replace(before: Item | undefined, after: Item, defaultLanguage: string): void {
    if (before) for (const use of usesOf(before, defaultLanguage)) this.#add(use, -1);
    for (const use of usesOf(after, defaultLanguage)) this.#add(use, 1);
    if (after.collection !== 'news') return;
    const until = breakingUntil(after);
    this.#sql.exec('DELETE FROM breaking WHERE serial = ?', Number(after.id));
    if (until !== null)
      this.#sql.exec('INSERT INTO breaking (serial, until) VALUES (?, ?)', Number(after.id), until);
  }

  /** How many bytes the edits of an agency's items have brought on the day (UTC) of an instant. */
  editedOn(at: Instant, agency: AgencyId): number {
    return this.amount('editBytes', editDay(at, agency));
  }

  /** Notes an edit; what earlier days used is forgotten. */
  noteEdit({ updatedAt, agency, content }: Item): void {
    if (content === null) return;
    this.#sql.exec("DELETE FROM usage WHERE what = 'editBytes' AND of < ?", updatedAt.slice(0, 10));
    this.#change('editBytes', editDay(updatedAt, agency), editBytes(content));
  }

  /** Counts the topics again, for another default language: it names them. */
  recountTopics(items: Iterable<Item>, defaultLanguage: string): void {
    this.#sql.exec("DELETE FROM usage WHERE what IN ('topics', 'topicItems')");
    for (const item of items)
      for (const use of usesOf(item, defaultLanguage)) if (use.limit === 'topicItems') this.#add(use, 1);
  }

  #add({ limit, of, amount }: Use, sign: 1 | -1): void {
    const change = sign * amount;
    const total = this.#change(limit, of, change);
    if (limit !== 'topicItems') return;
    // A topic exists as long as it has items.
    if (total === change) this.#change('topics', collectionOfTopic(of), 1);
    else if (total === 0) this.#change('topics', collectionOfTopic(of), -1);
  }

  /** Adds to the use of a limit; gives the new use. */
  #change(what: LimitName, of: string, change: number): number {
    const total = this.amount(what, of) + change;
    if (total > 0)
      this.#sql.exec('INSERT OR REPLACE INTO usage (what, of, amount) VALUES (?, ?, ?)', what, of, total);
    else this.#sql.exec('DELETE FROM usage WHERE what = ? AND of = ?', what, of);
    return total;
  }
}

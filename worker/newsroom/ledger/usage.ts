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
    return this.#amount(limit, of);
  }

  #amount(what: string, of: string): number {
    const [row] = this.#sql
      .exec<{ amount: number }>('SELECT amount FROM usage WHERE what = ? AND of = ?', what, of)
      .toArray();
    return row?.amount ?? 0;
  }

  /** How much an agency uses of a limit that all share; 0 if nothing. */
  amountOf(agency: AgencyId, limit: LimitName, of: string): number {
    return this.#amount(byAgency(limit), `${agency}/${of}`);
  }

  /** In how many topics of a collection an agency has items. */
  topicsOf(agency: AgencyId, collection: string): number {
    // '0' follows '/', so the range is all names of topics.
    return this.#sql
      .exec<{ n: number }>(
        'SELECT count(*) AS n FROM usage WHERE what = ? AND of > ? AND of < ?',
        byAgency('topicItems'),
        `${agency}/${collection}/`,
        `${agency}/${collection}0`,
      )
      .one().n;
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

  /** How many public news items of an agency are breaking at an instant. */
  breakingOf(agency: AgencyId, now: Instant): number {
    return this.#sql
      .exec<{ n: number }>(
        `SELECT count(*) AS n FROM breaking CROSS JOIN item USING (serial)
          WHERE until > ? AND collection = 'news' AND agency = ?`,
        now,
        agency,
      )
      .one().n;
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
    this.#sql.exec("DELETE FROM usage WHERE what IN ('topics', 'topicItems', 'topicItems/agency')");
    for (const item of items)
      for (const use of usesOf(item, defaultLanguage)) if (use.limit === 'topicItems') this.#add(use, 1);
  }

  #add({ limit, of, amount, agency }: Use, sign: 1 | -1): void {
    const change = sign * amount;
    if (agency !== undefined) this.#change(byAgency(limit), `${agency}/${of}`, change);
    const total = this.#change(limit, of, change);
    if (limit !== 'topicItems') return;
    // A topic exists as long as it has items.
    if (total === change) this.#change('topics', collectionOfTopic(of), 1);
    else if (total === 0) this.#change('topics', collectionOfTopic(of), -1);
  }

  /** Adds to the use of a limit; gives the new use. */
  #change(what: string, of: string, change: number): number {
    const total = this.#amount(what, of) + change;
    if (total > 0)
      this.#sql.exec('INSERT OR REPLACE INTO usage (what, of, amount) VALUES (?, ?, ?)', what, of, total);
    else this.#sql.exec('DELETE FROM usage WHERE what = ? AND of = ?', what, of);
    return total;
  }
}

/** The name in the table for the use of a shared limit by each agency. */
const byAgency = (limit: LimitName): string => `${limit}/agency`;

import type { Day } from '../../model/bulletin.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import type { Instant } from '../../model/instant.ts';
import type { Item } from '../../model/item.ts';
import type { LimitName } from '../../model/limits.ts';
import type { AgencyId } from '../../model/site.ts';
import { breakingUntil, collectionOfTopic, factsBytes, type Use, usesOf } from '../../model/usage.ts';

/** What is used of a limit. */
export type Used = { readonly of: string; readonly amount: number };

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

  /**
   * Notes that figures of a day take the place of others. What is known of a figure beside its number counts for the
   * agency of the entry that set it.
   */
  replaceCells(before: Day['cells'], after: Day['cells']): void {
    const changes = new Map<number, number>();
    const count = (cells: Day['cells'], sign: 1 | -1) => {
      for (const [, seq, , facts] of Object.values(cells))
        if (facts) changes.set(seq, (changes.get(seq) ?? 0) + sign * factsBytes(facts));
    };
    count(before, -1);
    count(after, 1);
    for (const [seq, change] of changes) {
      const agency = this.agencyOf(seq);
      if (agency !== null && change !== 0) this.#change('agencyBytes', agency, change);
    }
  }

  /** The agency of an entry of the ledger; null if there is no such entry. */
  agencyOf(seq: number): AgencyId | null {
    const [row] = this.#sql
      .exec<{ agency: AgencyId }>('SELECT agency FROM entry WHERE seq = ?', seq)
      .toArray();
    return row?.agency ?? null;
  }

  /** The bytes that an agency's keys have added to the ledger on a day of the site. */
  addedOn(date: CivilDate, agency: AgencyId): number {
    return this.amount('dailyBytes', `${date} ${agency}`);
  }

  /** Counts bytes that an agency's keys add to the ledger on a day of the site. Earlier days are forgotten. */
  noteAdded(date: CivilDate, agency: AgencyId, sizeBytes: number): void {
    this.#sql.exec("DELETE FROM usage WHERE what = 'dailyBytes' AND of < ?", date);
    this.#change('dailyBytes', `${date} ${agency}`, sizeBytes);
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

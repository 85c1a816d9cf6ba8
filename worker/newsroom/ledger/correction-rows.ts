import type { Correction } from '../../model/bulletin.ts';
import type { Erasure } from '../../model/change.ts';
import {
  type CorrectionRun,
  type Corrections,
  type FigureCorrection,
  isMove,
  type PublicCorrection,
  subjectOf,
} from '../../model/corrections.ts';
import { erasedCorrections } from '../../model/erased-corrections.ts';
import { joinedCorrection, saysSomething } from '../../model/joined-corrections.ts';
import { cutIntoRuns, estimateBytes } from '../../model/runs.ts';
import { toldCorrection } from '../../model/told-correction.ts';
import { LongTexts } from './long-texts.ts';

/** Rows of a run: the first and last `n`, how many readers see, the last of their releases, how often one was erased. */
type Run = { first: number; last: number; length: number; release: number | null; version: number };
type Head = { n: number; size: number; release: number | null; version: number };

/** Only rows that readers see, however many were joined into others; an index has nothing else. */
const SHOWN = 'correction_head INDEXED BY correction_shown WHERE shown = 1 AND release IS NOT NULL';

/**
 * The corrections in SQLite. Apart from their texts (`correction`), which are only read for a page that is rendered, each
 * has a small row (`correction_head`) with what the page of corrections tells. No publish reads more of these than
 * came since the last full run (`correction_run`). Call what writes within a transaction.
 */
export class CorrectionRows {
  readonly #sql: SqlStorage;
  readonly #long: LongTexts;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#long = new LongTexts(sql);
  }

  /** Adds a correction, which is not public yet. */
  add(correction: Correction): void {
    const { n } = this.#sql
      .exec<{ n: number }>(
        `INSERT INTO correction_head (id, seq, subject, unshown, size, version, shown, moved, told)
          VALUES (?, ?, ?, ?, 0, 0, 0, 0, '') RETURNING n`,
        correction.id,
        correction.seq,
        subjectOf(correction),
        correction.wasUnshown ? 1 : 0,
      )
      .one();
    this.#put(n, correction);
  }

  /** Removes from the corrections what an erasure names. Reads only those that it may name. */
  erase(erasure: Erasure): void {
    const erased = erasedCorrections(erasure);
    const found = new Set<number>();
    const find = (condition: string, value: number | string) => {
      const rows = this.#sql.exec<{ n: number }>(
        `SELECT n FROM correction_head WHERE subject IS NOT NULL AND ${condition} = ?`,
        value,
      );
      for (const { n } of rows) found.add(n);
    };
    find('seq', erasure.seq);
    find('was_seq', erasure.seq);
    for (const { collection, id } of erasure.items) find('subject', `${collection} ${id}`);
    for (const n of found) {
      this.#put(n, erased(this.#read(n)));
      this.#sql.exec('UPDATE correction_head SET version = version + 1 WHERE n = ?', n);
      this.#sql.exec(
        'UPDATE correction_run SET version = version + 1 WHERE k = (SELECT max(k) FROM correction_run WHERE first <= ?1) AND last >= ?1',
        n,
      );
    }
  }

  /**
   * Gives the corrections that are not public the release that is begun, and joins those that are one to readers.
   * @param lastPublic the last release that is public
   */
  begin(release: number, lastPublic: number): void {
    this.#closeRuns(lastPublic);
    const added = this.#numbers('WHERE release IS NULL AND unshown = 1');
    this.#sql.exec(
      'UPDATE correction_head SET release = ? WHERE release IS NULL OR release > ?',
      release,
      lastPublic,
    );
    for (const n of added) this.#join(n);
  }

  /** The first release of each correction, by its id; null if it is not public yet. */
  releases(): ReadonlyMap<string, number | null> {
    const heads = this.#sql.exec<{ id: string; release: number | null }>(
      'SELECT id, release FROM correction_head',
    );
    const releases = new Map([...heads].map(({ id, release }) => [id, release]));
    // What code before version 8 of the rows has left.
    const older = this.#sql
      .exec<{ n: number; release: number | null }>(
        'SELECT n, release FROM correction WHERE release IS NOT NULL',
      )
      .toArray();
    for (const { n, release } of older) releases.set(this.#read(n).id, release);
    return releases;
  }

  /** Deletes all corrections, for `restoreReleases` after they were added again. */
  clear(): void {
    for (const table of ['correction', 'correction_head', 'correction_run'])
      this.#sql.exec(`DELETE FROM ${table}`);
    this.#sql.exec("DELETE FROM long_text WHERE substr(owner, 1, 11) = 'correction/'");
  }

  /** Sets the release of every correction from `releases`; null for a correction that is not in it. */
  restoreReleases(releases: ReadonlyMap<string, number | null>): void {
    for (const { n, id } of this.#sql
      .exec<{ n: number; id: string }>('SELECT n, id FROM correction_head')
      .toArray())
      this.#sql.exec('UPDATE correction_head SET release = ? WHERE n = ?', releases.get(id) ?? null, n);
    for (const n of this.#numbers('WHERE release IS NOT NULL AND unshown = 1')) this.#join(n);
  }

  /** The corrections that have a release. What is added later is not in them. */
  view(): Corrections {
    const closed = this.#sql
      .exec<Run>('SELECT first, last, length, release, version FROM correction_run ORDER BY k')
      .toArray();
    const tail = cutIntoRuns(this.#tail(), ({ size }) => size).map(runOf);
    const all = [...closed, ...tail];
    const newest = all.at(-1);
    const upTo = newest?.last ?? 0;
    let told: { readonly count: number; readonly corrections: readonly PublicCorrection[] } | null = null;
    return {
      runs: all.map((run) => this.#run(run)),
      newestRelease: newest?.release ?? null,
      newest: (count) => {
        if (told?.count !== count) told = { count, corrections: this.#newest(count, upTo) };
        return told.corrections;
      },
      ofFigure: (metric, date) => this.#lastMove(`${metric} ${date} `, upTo),
    };
  }

  #run(run: Run): CorrectionRun {
    const { first, last, length, release, version } = run;
    return {
      stamp: `${first} ${last} ${length} ${release} ${version}`,
      length,
      read: () => this.#range(first, last),
      largest: () => {
        const [largest] = this.#sql
          .exec<Told>(
            `SELECT told, release FROM ${SHOWN} AND n BETWEEN ? AND ? ORDER BY size DESC LIMIT 1`,
            first,
            last,
          )
          .toArray();
        return largest && parseTold(largest);
      },
    };
  }

  #range(first: number, last: number): readonly PublicCorrection[] {
    return this.#sql
      .exec<Head>(`SELECT n, release FROM ${SHOWN} AND n BETWEEN ? AND ? ORDER BY n`, first, last)
      .toArray()
      .map(({ n, release }) => ({ ...this.#read(n), release }));
  }

  #newest(count: number, upTo: number): readonly PublicCorrection[] {
    return this.#sql
      .exec<Told>(`SELECT told, release FROM ${SHOWN} AND n <= ? ORDER BY n DESC LIMIT ?`, upTo, count)
      .toArray()
      .map(parseTold)
      .reverse();
  }

  #lastMove(subject: string, upTo: number): FigureCorrection | undefined {
    const [row] = this.#sql
      .exec<Told>(
        'SELECT told, release FROM correction_head WHERE subject = ? AND moved = 1 AND n <= ? ORDER BY n DESC LIMIT 1',
        subject,
        upTo,
      )
      .toArray();
    const correction = row && parseTold(row);
    return correction?.kind === 'figure' ? correction : undefined;
  }

  /** Notes the runs that are full and public: nothing but an erasure changes them. */
  #closeRuns(lastPublic: number): void {
    const tail = this.#tail();
    const open = tail.findIndex(({ release }) => release === null || release > lastPublic);
    const runs = cutIntoRuns(open < 0 ? tail : tail.slice(0, open), ({ size }) => size);
    for (const { first, last, length, release, version } of runs.slice(0, -1).map(runOf))
      this.#sql.exec(
        'INSERT INTO correction_run (first, last, length, release, version) VALUES (?, ?, ?, ?, ?)',
        first,
        last,
        length,
        release,
        version,
      );
  }

  /** The corrections after the last full run, oldest first. */
  #tail(): readonly Head[] {
    const [closed] = this.#sql
      .exec<{ last: number }>('SELECT last FROM correction_run ORDER BY k DESC LIMIT 1')
      .toArray();
    return this.#sql
      .exec<Head>(`SELECT n, size, release, version FROM ${SHOWN} AND n > ? ORDER BY n`, closed?.last ?? 0)
      .toArray();
  }

  /** Joins a correction with the one before of the same subject, if both have the same release. */
  #join(n: number): void {
    const [before] = this.#sql
      .exec<{ n: number }>(
        `SELECT before.n FROM correction_head AS before, correction_head AS this WHERE this.n = ?1
          AND before.n = (SELECT max(n) FROM correction_head WHERE subject = this.subject AND n < ?1)
          AND before.release = this.release`,
        n,
      )
      .toArray();
    if (!before) return;
    this.#put(n, joinedCorrection(this.#read(before.n), this.#read(n)));
    // Its id and release are kept for a rebuild.
    this.#sql.exec(
      "UPDATE correction_head SET subject = NULL, shown = 0, moved = 0, told = '' WHERE n = ?",
      before.n,
    );
    this.#sql.exec('DELETE FROM correction WHERE n = ?', before.n);
    this.#long.drop(owner(before.n));
  }

  #numbers(condition: string): readonly number[] {
    return this.#sql
      .exec<{ n: number }>(`SELECT n FROM correction_head ${condition} ORDER BY n`)
      .toArray()
      .map(({ n }) => n);
  }

  #read(n: number): Correction {
    const { correction } = this.#sql
      .exec<{ correction: string }>('SELECT correction FROM correction WHERE n = ?', n)
      .one();
    return parse(this.#long.whole(owner(n), correction));
  }

  // A correction of an edit holds the old and the new text: both may be long.
  #put(n: number, correction: Correction): void {
    const head = this.#long.keep(owner(n), JSON.stringify(correction));
    this.#sql.exec('INSERT OR REPLACE INTO correction (n, correction) VALUES (?, ?)', n, head);
    this.#sql.exec(
      'UPDATE correction_head SET was_seq = ?, size = ?, shown = ?, moved = ?, told = ? WHERE n = ?',
      correction.kind === 'figure' ? correction.wasSeq : null,
      sizeOf(correction),
      saysSomething(correction) ? 1 : 0,
      isMove(correction) ? 1 : 0,
      JSON.stringify(toldCorrection(correction)),
      n,
    );
  }
}

const owner = (n: number): string => `correction/${n}`;

// `was` and `now` of an item may be whole articles. The correction of a figure is always small.
const sizeOf = (correction: Correction): number =>
  correction.kind === 'figure' ? 256 : 256 + estimateBytes(correction.was) + estimateBytes(correction.now);

const runOf = (rows: readonly Head[]): Run => ({
  first: rows[0]?.n ?? 0,
  last: rows.at(-1)?.n ?? 0,
  length: rows.length,
  release: Math.max(...rows.map(({ release }) => release ?? 0)),
  version: rows.reduce((sum, { version }) => sum + version, 0),
});

type Told = { readonly told: string; readonly release: number | null };

// What this class wrote as JSON, with the type that it had.
const parse = (text: string): Correction => JSON.parse(text);
const parseTold = ({ told, release }: Told): PublicCorrection => ({ ...parse(told), release });

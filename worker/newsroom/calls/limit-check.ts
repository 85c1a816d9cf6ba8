import { factsOf } from '../../model/cell-facts.ts';
import type { Cells } from '../../model/change.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { codedFault } from '../../model/coded-fault.ts';
import type { Collection, Content } from '../../model/collections/registry.ts';
import { entriesOf } from '../../model/entries.ts';
import type { Item, ItemId } from '../../model/item.ts';
import { LIMITS, type LimitName, limitOf } from '../../model/limits.ts';
import type { MessageCode } from '../../model/messages.ts';
import type { Fault } from '../../model/problem.ts';
import { isShared, shareOf } from '../../model/shares.ts';
import type { AgencyId, Site } from '../../model/site.ts';
import {
  breakingUntil,
  collectionOfTopic,
  contentBytes,
  factsBytes,
  type Use,
  usesOf,
} from '../../model/usage.ts';
import type { CallContext } from './context.ts';

/** A content that a call publishes, and whose it is. */
type NewContent = {
  readonly collection: Collection;
  readonly id: ItemId;
  readonly agency: AgencyId;
  readonly content: Content;
};

/** The limits on contents. What an agency adds in a day is checked for every call: see `daily-bytes.ts`. */
type CheckedLimit = Exclude<LimitName, 'dailyBytes'>;

/** What a content is that goes over a limit. */
const CODES = {
  breaking: 'limit-breaking',
  contacts: 'limit-contacts',
  topics: 'limit-topics',
  topicItems: 'limit-topic-items',
  phases: 'limit-phases',
  remarks: 'limit-remarks',
  itemBytes: 'limit-item-bytes',
  agencyItems: 'limit-agency-items',
  agencyBytes: 'limit-agency-bytes',
} as const satisfies { readonly [L in CheckedLimit]: MessageCode };

/**
 * Checks the contents of one call against the site's limits. Only what a call newly brings is refused: a site may be
 * over a limit that is younger than its items or was lowered, and an edit that does not make it worse passes.
 */
export class LimitCheck {
  readonly #context: CallContext;
  readonly #site: Site;
  /** What the earlier contents of the call use. */
  readonly #earlier = new Map<string, number>();

  constructor(context: CallContext, site: Site) {
    this.#context = context;
    this.#site = site;
  }

  /**
   * The faults of a valid content.
   * @param pointer of the content
   */
  faults({ collection, id, agency, content }: NewContent, pointer: string): readonly Fault[] {
    const { now, rows } = this.#context;
    const before = rows.item(collection, id);
    const at = { createdAt: now, createdSeq: 0, publishedAt: now, updatedAt: now };
    const after: Item = { collection, id, agency, version: 1, ...at, content };
    return [
      ...this.#breakingFaults(before, after, pointer),
      ...this.#sizeFaults(before, content, pointer),
      ...this.#useFaults(before, after, pointer),
    ];
  }

  /**
   * The faults of changed figures: what is known of them beside their numbers counts for the agency of the call.
   * @param pointer of the figures
   */
  cellFaults(agency: AgencyId, date: CivilDate, cells: Cells, pointer: string): readonly Fault[] {
    const { rows } = this.#context;
    const { usage } = rows;
    const stored = rows.day(date)?.cells;
    const change = entriesOf(cells).reduce((sum, [metric, cell]) => {
      const [, seq, , facts] = stored?.[metric] ?? [null, 0];
      const freed = facts && usage.agencyOf(seq) === agency ? factsBytes(facts) : 0;
      return sum + factsBytes(factsOf(cell)) - freed;
    }, 0);
    return change <= 0
      ? []
      : this.#fault('agencyBytes', usage.amount('agencyBytes', agency) + change, pointer);
  }

  #breakingFaults(before: Item | undefined, after: Item, pointer: string): readonly Fault[] {
    const { now, rows } = this.#context;
    const isBreaking = (item: Item) => (breakingUntil(item) ?? '') > now;
    if (!isBreaking(after) || (before && isBreaking(before))) return [];
    const place = `${pointer}/breaking`;
    const faults = this.#fault('breaking', rows.usage.breakingAt(now) + this.#add('breaking', '', 1), place);
    if (faults.length > 0) return faults;
    return this.#shareFault(
      'breaking',
      '',
      after.agency,
      rows.usage.breakingOf(after.agency, now) + 1,
      place,
    );
  }

  #sizeFaults(before: Item | undefined, content: Content, pointer: string): readonly Fault[] {
    const bytes = contentBytes(content);
    const bytesBefore = before?.content ? contentBytes(before.content) : 0;
    return bytes > bytesBefore ? this.#fault('itemBytes', bytes, pointer) : [];
  }

  #useFaults(before: Item | undefined, after: Item, pointer: string): readonly Fault[] {
    const { usage } = this.#context.rows;
    const { defaultLanguage } = this.#site;
    const old = before ? usesOf(before, defaultLanguage) : [];
    return usesOf(after, defaultLanguage).flatMap((use) => {
      const { limit, of } = use;
      const change = use.amount - amountIn(old, use);
      if (change <= 0) return [];
      const used = usage.amount(limit, of) + this.#add(limit, of, change);
      const place = limit === 'topicItems' ? `${pointer}/topic` : pointer;
      let faults = this.#fault(limit, used, place);
      const { agency } = use;
      if (agency !== undefined && faults.length === 0)
        faults = this.#shareFault(limit, of, agency, usage.amountOf(agency, limit, of) + change, place);
      if (limit !== 'topicItems' || used > change || old.some((o) => this.#isLastOfTopic(o))) return faults;
      const collection = collectionOfTopic(of);
      const topics = usage.amount('topics', collection) + this.#add('topics', collection, 1);
      faults = [...faults, ...this.#fault('topics', topics, place)];
      if (agency === undefined || faults.length > 0) return faults;
      return this.#shareFault('topics', collection, agency, usage.topicsOf(agency, collection) + 1, place);
    });
  }

  /** Whether a topic goes with the item that is edited: then another topic may come. */
  #isLastOfTopic = ({ limit, of }: Use): boolean =>
    limit === 'topicItems' && this.#context.rows.usage.amount(limit, of) === 1;

  /** Adds to what the call uses of a limit; gives all that it uses. */
  #add(limit: CheckedLimit, of: string, amount: number): number {
    const key = `${limit} ${of}`;
    const sum = (this.#earlier.get(key) ?? 0) + amount;
    this.#earlier.set(key, sum);
    return sum;
  }

  /** An agency that uses more than its share of a limit. The operator's calls, imports among them, are held to no share. */
  #shareFault(
    name: CheckedLimit,
    of: string,
    agency: AgencyId,
    is: number,
    pointer: string,
  ): readonly Fault[] {
    if (!isShared(name) || this.#context.caller.role === 'operator') return [];
    const most = shareOf(this.#site, name, of, agency);
    return is <= most ? [] : [codedFault(pointer, 'limit-share', { has: is, most, limit: name, agency })];
  }

  /** The operator may go over a limit that the settings set for all agencies together, up to what pages hold. */
  #fault(name: CheckedLimit, is: number, pointer: string): readonly Fault[] {
    const isExempt = isShared(name) && this.#context.caller.role === 'operator';
    const limit = isExempt ? LIMITS[name].most : limitOf(this.#site, name);
    return is <= limit ? [] : [codedFault(pointer, CODES[name], { has: is, most: limit })];
  }
}

const amountIn = (uses: readonly Use[], { limit, of }: Use): number =>
  uses.find((use) => use.limit === limit && use.of === of)?.amount ?? 0;

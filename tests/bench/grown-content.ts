import type { Seed } from '../../scripts/seed/read-seed.ts';
import { addDays, type CivilDate, daysBetween } from '../../worker/model/civil-date.ts';
import type { Collection, Content } from '../../worker/model/collections/registry.ts';
import type { Texts } from '../../worker/model/validation/text.ts';
import { type Chance, chanceOf } from '../chance.ts';
import { LikeText } from './like-text.ts';

/** Writes the content of a new item: item `i` of a collection, dated `date`. */
export type Writer = (collection: Collection, i: number, date: CivilDate) => Content;

/** Fields with few different texts, which keep the texts of the seed. */
const REPEATED_FIELDS = new Set(['topic', 'issuer', 'verdict']);
/** The seed's texts are short: one body in LONG_EVERY is longer, LONG_TIMES as long. */
const LONG_EVERY = 4;
const LONG_TIMES = 4;
/** French needs about a seventh more letters than English. */
const FRENCH = 8 / 7;

/**
 * Makes a writer of items in three languages that look like the seed's: the same fields, lengths of texts, sources, and
 * days between the dates of a decision. One body in four is four times as long. The same `i` gives the same item.
 */
export function writerLike(seed: Seed): Writer {
  const texts = textsOf(seed);
  const likeTexts = {
    ar: new LikeText(texts.flatMap((text) => text.ar ?? [])),
    en: new LikeText(texts.flatMap((text) => text.en ?? [])),
    fr: new LikeText(texts.flatMap((text) => text.en ?? []).map(frenchLooking)),
  };
  const write = (model: Texts, times: number, chance: Chance): Texts => {
    const english = model.en ?? '';
    const shape = (text: string) => Array.from({ length: times }, () => text).join('\n\n');
    return {
      ar: likeTexts.ar.shapedAs(shape(model.ar ?? english), chance),
      en: likeTexts.en.shapedAs(shape(english), chance),
      fr: likeTexts.fr.shapedAs(shape(english.replace(/[^\n]+/g, longer)), chance),
    };
  };
  return (collection, i, date) => {
    const chance = chanceOf(i * 31 + collection.length);
    const models = seed.items[collection];
    const model = models[i % models.length]?.content;
    if (!model) throw new Error(`the seed has no ${collection}`);
    const bodyTimes = i % LONG_EVERY === 0 ? LONG_TIMES : 1;
    const fields = Object.entries(model).flatMap(([name, value]): [string, unknown][] => {
      if (name === 'replaces') return []; // names another item of the seed
      if (name === 'order') return [[name, i + 1]];
      if (name === 'date') return [[name, date]];
      if (name.startsWith('effective') && 'date' in model)
        return [[name, addDays(date, daysBetween(model.date, value as CivilDate))]];
      if (!isTexts(value)) return [[name, value]];
      if (REPEATED_FIELDS.has(name)) return [[name, { ...value, fr: frenchLooking(value.en ?? '') }]];
      return [[name, write(value, name === 'body' || name === 'answer' ? bodyTimes : 1, chance)]];
    });
    return Object.fromEntries(fields) as unknown as Content;
  };
}

const isTexts = (value: unknown): value is Texts =>
  typeof value === 'object' && value !== null && 'ar' in value && 'en' in value;

const textsOf = (seed: Seed): readonly Texts[] =>
  Object.values(seed.items).flatMap((items) =>
    items.flatMap(({ content }) => Object.values(content).filter(isTexts)),
  );

// The bench needs no French, only a third language with its own words and a few letters of two bytes.
const frenchLooking = (english: string): string =>
  english.replace(/e/g, 'é').replace(/th/g, 'qu').replace(/ing\b/g, 'ant');

const longer = (line: string): string => line.padEnd(Math.round(line.length * FRENCH), 'e');

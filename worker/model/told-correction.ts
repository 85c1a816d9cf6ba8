import type { PublicCorrection } from './corrections.ts';

/** Texts up to this many characters are told in full, before and after a correction. */
export const SHORT = 300;
/** The most characters of a plain value, such as an address, that are told. */
const MAX_VALUE = 2_000;
/** The most characters of all that a correction tells, as JSON: twenty languages of two fields. */
const MAX_TOLD = 32_000;

/** Stands for a value that is not told, but has changed. */
const UNTOLD: readonly never[] = [];

/**
 * A correction as the page of corrections tells it: each text that is too long to be shown in full is cut after one
 * character more, and any other long value is an empty list, so that the page still names the field.
 */
export function toldCorrection<C extends Omit<PublicCorrection, 'release'>>(correction: C): C;
export function toldCorrection(correction: PublicCorrection): PublicCorrection {
  if (correction.kind === 'figure') return correction;
  const told = { ...correction, was: toldFields(correction.was), now: toldFields(correction.now) };
  if (JSON.stringify([told.was, told.now]).length <= MAX_TOLD) return told;
  return { ...correction, was: namesOf(correction.was), now: namesOf(correction.now) };
}

type Fields = Readonly<Record<string, unknown>> | null;

const toldFields = (fields: Fields): Fields =>
  fields && Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, toldValue(value)]));

function toldValue(value: unknown): unknown {
  if (typeof value === 'string') return value.length <= MAX_VALUE ? value : UNTOLD;
  if (typeof value !== 'object' || value === null) return value;
  const texts = Object.entries(value);
  if (Array.isArray(value) || texts.some(([, text]) => typeof text !== 'string')) return UNTOLD;
  return Object.fromEntries(texts.map(([language, text]) => [language, text.slice(0, SHORT + 1)]));
}

const namesOf = (fields: Fields): Fields =>
  fields && Object.fromEntries(Object.keys(fields).map((name) => [name, UNTOLD]));

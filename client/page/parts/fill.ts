import type { ComponentChildren } from 'preact';

const PLACE = /\{(\w+)\}/;

/** A sentence with elements in its places, as children; a place nothing was given for stays as it is written. */
export const fill = (
  sentence: string,
  parts: { readonly [place: string]: ComponentChildren },
): ComponentChildren[] =>
  sentence.split(PLACE).map((text, i) => (i % 2 === 0 ? text : text in parts ? parts[text] : `{${text}}`));

/** A sentence with texts in its places. */
export const fillText = (sentence: string, parts: { readonly [place: string]: string }): string =>
  sentence
    .split(PLACE)
    .map((text, i) => (i % 2 === 0 ? text : (parts[text] ?? `{${text}}`)))
    .join('');

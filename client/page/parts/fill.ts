import type { ComponentChildren } from 'preact';

const PLACEHOLDER = /\{(\w+)\}/;

/** Replaces the placeholders of a sentence by elements. A placeholder without an element stays as text. */
export const fill = (
  sentence: string,
  parts: { readonly [placeholder: string]: ComponentChildren },
): ComponentChildren[] =>
  sentence
    .split(PLACEHOLDER)
    .map((text, i) => (i % 2 === 0 ? text : text in parts ? parts[text] : `{${text}}`));

/** Replaces the placeholders of a sentence by texts. A placeholder without a text stays. */
export const fillText = (sentence: string, parts: { readonly [placeholder: string]: string }): string =>
  sentence
    .split(PLACEHOLDER)
    .map((text, i) => (i % 2 === 0 ? text : (parts[text] ?? `{${text}}`)))
    .join('');

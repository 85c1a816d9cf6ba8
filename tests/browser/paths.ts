import { inject } from 'vitest';

/** A kind of page: its path in a language, and the status it answers. */
export type Kind = { readonly kind: string; readonly status: number; path(language: string): string };

/** One page of every kind. */
export const kinds: readonly Kind[] = [
  { kind: 'the home page', status: 200, path: (language) => `/${language}/` },
  { kind: 'the news list', status: 200, path: (language) => `/${language}/news/` },
  { kind: 'a month of news', status: 200, path: (language) => `/${language}/news/2020-03/` },
  { kind: 'a news item', status: 200, path: (language) => `/${language}/news/3` },
  {
    kind: 'a withdrawn item',
    status: 410,
    path: (language) => `/${language}/news/${inject('examples').withdrawn.id}`,
  },
  { kind: 'a page that is not there', status: 404, path: (language) => `/${language}/nowhere` },
];

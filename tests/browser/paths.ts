import { inject } from 'vitest';

type View = readonly [widthPx: number, scheme: 'light' | 'dark'];

/** A kind of page: its path in a language, the status it answers, and the windows it is looked at in. */
export type Kind = {
  readonly kind: string;
  readonly status: number;
  readonly views: readonly View[];
  path(language: string): string;
};

// The other pages are made of the home page's colours and blocks: each width and each scheme once.
const few: readonly View[] = [
  [320, 'dark'],
  [1280, 'light'],
];
const all: readonly View[] = [...few, [1280, 'dark'], [320, 'light']];

/** One page of every kind. */
export const kinds: readonly Kind[] = [
  { kind: 'the home page', status: 200, views: all, path: (language) => `/${language}/` },
  { kind: 'the news list', status: 200, views: few, path: (language) => `/${language}/news/` },
  { kind: 'a month of news', status: 200, views: few, path: (language) => `/${language}/news/2020-03/` },
  { kind: 'a news item', status: 200, views: few, path: (language) => `/${language}/news/3` },
  {
    kind: 'a withdrawn item',
    status: 410,
    views: few,
    path: (language) => `/${language}/news/${inject('examples').withdrawn.id}`,
  },
  { kind: 'a page that is not there', status: 404, views: few, path: (language) => `/${language}/nowhere` },
];

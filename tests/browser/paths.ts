import { sectionPath } from '../../worker/model/path.ts';
import { examples } from './the-site.ts';

/** A kind of page: its path in a language, and the status of its answer. */
export type Kind = { readonly kind: string; readonly status: number; path(language: string): string };

/** One page of every kind. */
export const kinds: readonly Kind[] = [
  { kind: 'the home page', status: 200, path: (language) => `/${language}/` },
  { kind: 'the news list', status: 200, path: (language) => `/${language}/news/` },
  { kind: 'a month of news', status: 200, path: (language) => `/${language}/news/2020-03/` },
  { kind: 'a news item', status: 200, path: (language) => `/${language}/news/3` },
  ...(['decisions', 'faq', 'guidance', 'plan', 'rumours', 'data', 'changes', 'about'] as const).map(
    (section): Kind => ({
      kind: `the page of ${section}`,
      status: 200,
      path: (language) => sectionPath(language, section),
    }),
  ),
  { kind: 'a month of decisions', status: 200, path: (language) => `/${language}/decisions/2020-03/` },
  { kind: 'a decision', status: 200, path: (language) => `/${language}/decisions/5` },
  { kind: 'a rumour', status: 200, path: (language) => `/${language}/rumours/1` },
  {
    kind: 'a withdrawn item',
    status: 410,
    path: (language) => `/${language}/news/${examples.withdrawn.id}`,
  },
  { kind: 'a page that does not exist', status: 404, path: (language) => `/${language}/nowhere` },
];

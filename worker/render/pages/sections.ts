import type { Monthly } from '../../model/collections/registry.ts';
import type { Section } from '../../model/path.ts';
import { aboutSection } from './about.tsx';
import { changesSection } from './changes.tsx';
import { dataSection } from './data.tsx';
import { decisionMonths, decisionPage, decisionsSection } from './decisions.tsx';
import type { ItemPages } from './item-page.ts';
import { newsMonths, newsPage, newsSection } from './news.tsx';
import { planSection } from './plan.tsx';
import { rumourPage, rumoursSection } from './rumours.tsx';
import type { MonthPages, SectionPage } from './section-page.ts';
import { faqSection, guidanceSection } from './topics.tsx';

/** The page of each section. A section without a row here does not compile. */
export const SECTION_PAGES: { readonly [S in Section]: SectionPage } = {
  news: newsSection,
  decisions: decisionsSection,
  faq: faqSection,
  guidance: guidanceSection,
  plan: planSection,
  rumours: rumoursSection,
  data: dataSection,
  changes: changesSection,
  about: aboutSection,
};

/** The month pages of each collection that has them. */
export const MONTH_PAGES: { readonly [C in Monthly]: MonthPages<C> } = {
  news: newsMonths,
  decisions: decisionMonths,
};

/** The item pages of each collection that has them. */
export const ITEM_PAGES: ItemPages = {
  news: newsPage,
  decisions: decisionPage,
  rumours: rumourPage,
};

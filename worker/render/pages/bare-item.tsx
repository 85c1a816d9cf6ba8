import { render } from 'preact-render-to-string';
import { LanguageLinks } from '../../../client/page/frame/head.tsx';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import { type Bulletin, isPublic } from '../../model/bulletin.ts';
import { headingOf } from '../../model/collections/registry.ts';
import type { Item } from '../../model/item.ts';
import { itemPath } from '../../model/path.ts';
import type { Language } from '../../model/site.ts';
import { withoutBidiControls } from '../../model/validation/visible-text.ts';
import type { Part } from '../../pack/format.ts';
import { localize } from '../views/localize.ts';
import { isPaged, type PagedItem } from './item-documents.tsx';
import { alternates } from './shell.tsx';

/**
 * The bare parts of an item whose plain parts cannot be rendered either, in every language: a title, so that lists and
 * the sitemap do not link to nothing. Never throws: whatever fails is left out.
 */
export const bareParts = (bulletin: Bulletin, item: Item) =>
  isPaged(item)
    ? bulletin.site.languages.map((language) => ({
        language: language.tag,
        render: (): Part => barePart(bulletin, item, language),
      }))
    : [];

function barePart(bulletin: Bulletin, item: PagedItem, language: Language): Part {
  const title = orElse(() => titleOf(bulletin, item, language), `${item.collection}/${item.id}`);
  return [
    render(
      <>
        <title>{withoutBidiControls(title)}</title>
        <meta name="robots" content="noindex" />
      </>,
    ),
    orElse(() => languageLinks(bulletin, item, language), ''),
    render(
      <div class="wrap single">
        <section class="block article">
          <h1>
            <bdi>{title}</bdi>
          </h1>
        </section>
      </div>,
    ),
  ];
}

/** The heading. A quoted heading, such as a rumour's claim, must not be shown alone, as if it were true. */
function titleOf({ site }: Bulletin, item: PagedItem, { tag, locale }: Language): string {
  const { strings } = formatsOf({ tag, locale, timeZone: site.timeZone });
  if (!isPublic(item)) return strings[`withdrawn.${item.collection}`];
  const { text, quoted } = headingOf(item.collection, item.content);
  return quoted ? strings['plain.title'] : localize(text, tag, site).text;
}

function languageLinks({ site }: Bulletin, { collection, id }: PagedItem, language: Language): string {
  const links = alternates(site, (target) => itemPath(target, collection, id));
  return render(<LanguageLinks alternates={links} f={formatsOf({ ...language, timeZone: site.timeZone })} />);
}

// The content may be broken, so even the types cannot be trusted.
function orElse(make: () => string, fallback: string): string {
  try {
    return String(make() ?? '') || fallback;
  } catch {
    return fallback;
  }
}

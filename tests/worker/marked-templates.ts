import type { Templates } from '../../worker/newsroom/documents/templates.ts';
import { templates } from '../../worker/newsroom/templates.ts';
import { joinPage, type Part, type Shell } from '../../worker/pack/format.ts';

/** Templates of a deploy that never was, and how many parts of items they have rendered so far. */
export type MarkedTemplates = Templates & { readonly partsRendered: () => number };

/** The real templates under another version, which all that they write bears: pages, shells, parts and the policy.
 * `onPart` is called for each part of an item that they render. */
export function markedTemplates(version: string, onPart: () => void = () => {}): MarkedTemplates {
  let partsRendered = 0;
  const mark = (what: string) => `<!--${what} ${version}-->`;
  const part = ([head = '', ...rest]: Part): Part => [mark('part') + head, ...rest];
  const shell = ([head = '', ...rest]: Shell): Shell => [head + mark('shell'), ...rest];
  return {
    ...templates,
    partsRendered: () => partsRendered,
    templateVersion: version,
    policy: `${templates.policy}; report-to ${version}`,
    documents: (bulletin, moment) => {
      const shells = new Map(templates.shells(bulletin, moment).map((one) => [one.language, one]));
      return templates.documents(bulletin, moment).map((document) => {
        const { joined } = document;
        if (joined) {
          const own = () => part(joined.part());
          const around = () => shell(shells.get(joined.language)?.render() ?? []);
          return { ...document, joined: { ...joined, part: own }, render: () => joinPage(around(), own()) };
        }
        if (!document.type.startsWith('text/html')) return document;
        return { ...document, render: () => `${document.render()}${mark('page')}` };
      });
    },
    shells: (...of) => templates.shells(...of).map((one) => ({ ...one, render: () => shell(one.render()) })),
    plainShells: (...of) =>
      templates.plainShells(...of).map((one) => ({ ...one, render: () => shell(one.render()) })),
    notFoundPages: (...of) =>
      templates.notFoundPages(...of).map((one) => ({ ...one, render: () => one.render() + mark('page') })),
    itemParts: (...of) =>
      templates.itemParts(...of).map((one) => ({
        ...one,
        render: () => {
          partsRendered += 1;
          onPart();
          return part(one.render());
        },
      })),
  };
}

/** Every version that left its mark on a page, each once. */
export const versionsOn = (html: string): readonly string[] => [
  ...new Set([...html.matchAll(/<!--(?:page|shell|part) (\w+)-->/g)].map(([, version = '']) => version)),
];

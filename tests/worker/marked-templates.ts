import type { Templates } from '../../worker/newsroom/documents/templates.ts';
import { templates } from '../../worker/newsroom/templates.ts';
import { joinPage, type Part, type Shell } from '../../worker/pack/format.ts';

/** Templates of an invented deploy, with the number of items' parts that they have rendered so far. */
export type MarkedTemplates = Templates & { readonly partsRendered: () => number };

/**
 * The real templates under another version. They mark all their output with the version: pages, shells, parts and the
 * policy. They call `onPart` for each part of an item that they render.
 */
export function markedTemplates(version: string, onPart: () => void = () => {}): MarkedTemplates {
  let partsRendered = 0;
  const mark = (kind: string) => `<!--${kind} ${version}-->`;
  const part = ([head = '', ...rest]: Part): Part => [mark('part') + head, ...rest];
  const shell = ([head = '', ...rest]: Shell): Shell => [head + mark('shell'), ...rest];
  return {
    ...templates,
    partsRendered: () => partsRendered,
    templateVersion: version,
    policy: `${templates.policy}; report-to ${version}`,
    documents: (bulletin, moment) => {
      const shells = new Map(templates.shells(bulletin, moment).map((shell) => [shell.language, shell]));
      return templates.documents(bulletin, moment).map((document) => {
        const { joined } = document;
        if (joined) {
          const markedPart = () => part(joined.part());
          const markedShell = () => shell(shells.get(joined.language)?.render() ?? []);
          return {
            ...document,
            joined: { ...joined, part: markedPart },
            render: () => joinPage(markedShell(), markedPart()),
          };
        }
        if (!document.type.startsWith('text/html')) return document;
        return { ...document, render: () => `${document.render()}${mark('page')}` };
      });
    },
    shells: (...args) =>
      templates.shells(...args).map((real) => ({ ...real, render: () => shell(real.render()) })),
    plainShells: (...args) =>
      templates.plainShells(...args).map((real) => ({ ...real, render: () => shell(real.render()) })),
    notFoundPages: (...args) =>
      templates
        .notFoundPages(...args)
        .map((real) => ({ ...real, render: () => real.render() + mark('page') })),
    itemParts: (...args) =>
      templates.itemParts(...args).map((real) => ({
        ...real,
        render: () => {
          partsRendered += 1;
          onPart();
          return part(real.render());
        },
      })),
  };
}

/** The template versions whose marks a page holds, each once. */
export const versionsOn = (html: string): readonly string[] => [
  ...new Set([...html.matchAll(/<!--(?:page|shell|part) (\w+)-->/g)].map(([, version = '']) => version)),
];

import type { PageParts, ShellFrame } from './shell.tsx';
import { type Addressing, alternates } from './shell.tsx';

/** What the head of a section's page says: its title and its address in every language. */
export function sectionHead(
  site: Addressing,
  frame: ShellFrame,
  title: string,
  path: (tag: string) => string,
): Pick<PageParts, 'head' | 'languages'> {
  const siteName = frame.view.name.text;
  const all = alternates(site, path);
  return {
    head: {
      title: `${title} · ${siteName}`,
      origin: site.origin,
      siteName,
      kind: 'website',
      alternates: all,
    },
    languages: all,
  };
}

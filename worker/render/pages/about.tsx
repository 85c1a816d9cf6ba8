import { formatsOf } from '../../../client/page/parts/formats.ts';
import { AboutSection, type AboutView } from '../../../client/page/sections/about.tsx';
import type { Bulletin } from '../../model/bulletin.ts';
import { sectionPath } from '../../model/path.ts';
import { agencyName, written } from '../views/localize.ts';
import { sectionHead } from './section-head.ts';
import type { Addressing, PageParts, ShellFrame } from './shell.tsx';

/** What the page about the site shows in a language. */
export function aboutView({ site }: Bulletin, frame: ShellFrame): AboutView {
  const { tag } = frame.formats;
  const { name, notice, hotline, footer } = frame.view;
  return {
    name,
    ...(notice ? { notice } : {}),
    origin: site.origin,
    timeZone: site.timeZone,
    operator: agencyName(site, site.operator, tag),
    agencies: site.agencies.map((agency) => ({
      name: written(agency.name, tag, site),
      ...(agency.url === undefined ? {} : { url: agency.url }),
    })),
    ...(hotline ? { phone: hotline.phone } : {}),
    changes: sectionPath(tag, 'changes'),
    license: footer.license,
  };
}

/** The slots of the page about the site. */
export function aboutParts(site: Addressing, frame: ShellFrame, view: AboutView): PageParts {
  const f = formatsOf(frame.formats);
  return {
    ...sectionHead(site, frame, f.strings.about, (tag) => sectionPath(tag, 'about')),
    main: <AboutSection view={view} f={f} />,
  };
}

import { formatsOf } from '../../../client/page/parts/formats.ts';
import { AboutSection, type AboutView } from '../../../client/page/sections/about.tsx';
import { KEYS_PATH, LEDGER_PATH, sectionPath } from '../../model/path.ts';
import { agencyName, localize } from '../views/localize.ts';
import { rowsWithin } from '../views/page-room.ts';
import { type SectionContext, type SectionPage, sectionParts } from './section-page.ts';
import type { ShellFrame } from './shell.tsx';

/** Bytes of the list of agencies. */
const AGENCIES_BYTES = 120_000;

/** The view of the page about the site, in a language. */
function aboutView({ bulletin: { site }, isSigned }: SectionContext, frame: ShellFrame): AboutView {
  const { tag } = frame.formats;
  const { name, notice, hotline, footer } = frame.view;
  const agencies = rowsWithin(
    site.agencies.map((agency) => ({
      name: localize(agency.name, tag, site),
      ...(agency.url === undefined ? {} : { url: agency.url }),
    })),
    AGENCIES_BYTES,
  );
  return {
    name,
    ...(notice ? { notice } : {}),
    origin: site.origin,
    timeZone: site.timeZone,
    operator: agencyName(site, site.operator, tag),
    agencies,
    more: agencies.length < site.agencies.length,
    ...(hotline ? { phone: hotline.phone } : {}),
    changes: sectionPath(tag, 'changes'),
    ledger: LEDGER_PATH,
    ...(isSigned ? { keys: KEYS_PATH } : {}),
    license: footer.license,
  };
}

/** The page about the site. All its content is from the settings. */
export const aboutSection: SectionPage = {
  stamp: ({ isSigned }) => isSigned,
  parts: (context, frame) =>
    sectionParts(
      context,
      frame,
      'about',
      <AboutSection view={aboutView(context, frame)} f={formatsOf(frame.formats)} />,
    ),
};

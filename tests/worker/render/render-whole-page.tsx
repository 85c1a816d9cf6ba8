import { Head, LanguageLinks } from '../../../client/page/frame/head.tsx';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import { type PageParts, renderSlots, type ShellFrame } from '../../../worker/render/pages/shell.tsx';

/** A page rendered at once. The Worker serves pages joined from shell and part: both must give the same bytes. */
export function renderWholePage(frame: ShellFrame, page: PageParts): string {
  const f = formatsOf(frame.formats);
  const slots = {
    head: <Head view={page.head} f={f} />,
    languages: <LanguageLinks alternates={page.languages} f={f} />,
    main: page.main,
  };
  return renderSlots(frame, slots, {});
}

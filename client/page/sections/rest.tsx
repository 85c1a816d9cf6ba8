import type { Formats } from '../parts/formats.ts';

type Props = { path: string; f: Formats };

/** Says that a list goes on where the page has no more room, with a link to the whole list in the API. */
export const Rest = ({ path, f }: Props) => (
  <p class="soft note">
    {f.strings['rest.list']} <a href={path}>{f.strings['rest.all']}</a>
  </p>
);

/** Says that a text goes on where the page has no more room, with a link to the whole text in the API. */
export const TextRest = ({ path, f }: Props) => (
  <p class="soft">
    {f.strings['rest.text']} <a href={path}>{f.strings['rest.whole']}</a>
  </p>
);

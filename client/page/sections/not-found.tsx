import type { Formats } from '../parts/formats.ts';

/** The page for an address that does not exist, with a link to the home page. */
export const NotFound = ({ home, f }: { home: string; f: Formats }) => (
  <div class="wrap single">
    <section class="block article">
      <h1>{f.strings['notFound.title']}</h1>
      <p>{f.strings['notFound.text']}</p>
      <a class="more" href={home}>
        {f.strings['foot.home']}
      </a>
    </section>
  </div>
);

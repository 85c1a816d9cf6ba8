import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text } from '../parts/text.tsx';

type Props = {
  heading: LocalizedText;
  /** The text as staff wrote it, if there is one. Shown without Markdown, paragraph by paragraph. */
  text?: LocalizedText;
  link: { readonly path: string; readonly label: string };
  f: Formats;
};

/** Replaces a page that can't be rendered. It uses nothing that could fail again. */
export const PlainPage = ({ heading, text, link, f }: Props) => (
  <div class="wrap single">
    <section class="block article">
      <h1>
        <Text text={heading} />
      </h1>
      <p class="note">{f.strings['plain.text']}</p>
      {text?.text.split(/\n{2,}/).map((paragraph, i) => (
        <p key={i}>
          <Text text={{ ...text, text: paragraph }} />
        </p>
      ))}
      <a class="more" href={link.path}>
        {link.label}
      </a>
    </section>
  </div>
);

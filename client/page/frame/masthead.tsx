import type { ComponentChildren } from 'preact';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text } from '../parts/text.tsx';
import type { ShellView } from './shell.tsx';

/** A number that readers can call, and the name of the agency that answers. */
export type Hotline = { readonly phone: string; readonly agency: LocalizedText };

type Props = { view: ShellView; f: Formats; dateline?: ComponentChildren };

/**
 * The authority, the bulletin's name and the hotline. On the home page the dateline holds the name as the page's
 * heading. On other pages the name is a link to the home page.
 */
export const Masthead = ({ view, f, dateline }: Props) => (
  <div class="masthead">
    <div class="wrap">
      <div>
        <p class="authority">
          <Mark />
          {view.authority ? <Text text={view.authority} /> : null}
        </p>
        {dateline ?? (
          <p class="name">
            <a href={view.home}>
              <Text text={view.name} />
            </a>
          </p>
        )}
      </div>
      {view.hotline ? <HotlinePlate hotline={view.hotline} f={f} /> : null}
    </div>
  </div>
);

type HotlineProps = {
  hotline: Hotline;
  f: Pick<Formats, 'strings'>;
  /** The language of the word for a hotline, if it differs from the language around it. */
  lang?: string | undefined;
};

/** The number to call, in large type so that readers find it at once. */
export const HotlinePlate = ({ hotline, f, lang }: HotlineProps) => (
  <a class="hotline" href={telephone(hotline.phone)}>
    <span>
      <b lang={lang}>{f.strings.hotline}</b>{' '}
      <small>
        <Text text={hotline.agency} />
      </small>
    </span>{' '}
    <b class={hotline.phone.length > 5 ? 'big big-long' : 'big'}>
      <bdi dir="ltr" class="keep">
        {hotline.phone}
      </bdi>
    </b>
  </a>
);

/** The mark: the letter nun. */
export const Mark = () => (
  <svg class="mark" width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
    <path d="M4 14v2a12 12 0 0 0 24 0v-2" />
    <path d="m16 3 5 5-5 5-5-5z" />
  </svg>
);

/** The `tel:` address of a telephone number (RFC 3966), without visual separators. */
export const telephone = (phone: string): string =>
  `tel:${encodeURI(phone.replace(/[ ()-]/g, '')).replaceAll('#', '%23')}`;

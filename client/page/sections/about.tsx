import { linkedAddress } from '../../../worker/model/web-address.ts';
import { type FooterView, License } from '../frame/footer.tsx';
import { telephone } from '../frame/masthead.tsx';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text } from '../parts/text.tsx';
import { Rest } from './rest.tsx';

/** The facts about the site, all from its settings. */
export type AboutView = {
  readonly name: LocalizedText;
  readonly notice?: LocalizedText;
  readonly origin: string;
  /** The IANA name of the time zone of the site's days. */
  readonly timeZone: string;
  readonly operator: LocalizedText;
  readonly agencies: readonly { readonly name: LocalizedText; readonly url?: string }[];
  /** Whether there are more agencies than the page has room for. */
  readonly more: boolean;
  readonly phone?: string;
  readonly changes: string;
  /** The path of the public ledger, and of the keys that sign releases if they are signed. */
  readonly ledger: string;
  readonly keys?: string;
  readonly license: FooterView['license'];
};

/** What the site is, who publishes it, how to verify it, how figures are counted, the licence, privacy. */
export const AboutSection = ({ view, f }: { view: AboutView; f: Formats }) => (
  <div class="wrap single">
    <section class="block article about">
      <h1>{f.strings.about}</h1>
      {view.notice ? (
        <p class="body">
          <b>
            <Text text={view.notice} />
          </b>
        </p>
      ) : null}
      <h2>{f.strings['about.what']}</h2>
      <p>{f.strings['about.whatText']}</p>
      <h2>{f.strings['about.who']}</h2>
      <ul class="links">
        {view.agencies.map((agency) => (
          <li key={agency.name.text}>
            {agency.url === undefined ? (
              <Text text={agency.name} />
            ) : (
              <a href={linkedAddress(agency.url)}>
                <Text text={agency.name} />
              </a>
            )}
          </li>
        ))}
      </ul>
      {view.more ? <Rest path="/api/v1/site.json" f={f} /> : null}
      <p>{fill(f.strings['about.operator'], { agency: <Text text={view.operator} /> })}</p>
      <Verify view={view} f={f} />
      <h2>{f.strings['about.figures']}</h2>
      <p>{f.strings['about.reported']}</p>
      <p>{f.strings['about.totals']}</p>
      <p>{fill(f.strings['about.day'], { zone: <bdi dir="ltr">{view.timeZone}</bdi> })}</p>
      <h2>{f.strings['about.license']}</h2>
      <p>{fill(f.strings['foot.license'], { license: <License view={view.license} /> })}</p>
      <p>
        <Text text={view.license.attribution} />
      </p>
      <h2>{f.strings['about.privacy']}</h2>
      <p>{f.strings['foot.privacy']}</p>
    </section>
  </div>
);

const PathLink = ({ path }: { path: string }) => (
  <a href={path}>
    <bdi dir="ltr">{path}</bdi>
  </a>
);

const Verify = ({ view, f }: { view: AboutView; f: Formats }) => (
  <>
    <h2>{f.strings['about.verify']}</h2>
    <p>{fill(f.strings['about.address'], { origin: <bdi dir="ltr">{view.origin}</bdi> })}</p>
    {view.phone === undefined ? null : (
      <p>
        {fill(f.strings['about.call'], {
          phone: (
            <a href={telephone(view.phone)}>
              <bdi dir="ltr" class="keep">
                {view.phone}
              </bdi>
            </a>
          ),
        })}
      </p>
    )}
    <p>{fill(f.strings['about.ledger'], { ledger: <PathLink path={view.ledger} /> })}</p>
    {view.keys === undefined ? null : (
      <p>{fill(f.strings['about.signed'], { keys: <PathLink path={view.keys} /> })}</p>
    )}
    <p>{f.strings['about.sources']}</p>
    <p>
      <a href={view.changes}>{f.strings.changes}</a>
    </p>
  </>
);

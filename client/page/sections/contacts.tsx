import { linkedAddress } from '../../../worker/model/web-address.ts';
import { telephone } from '../frame/masthead.tsx';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Rest } from './rest.tsx';

/** A contact: a person or office to call or write to. */
export type ContactRow = {
  readonly id: string;
  readonly name: LocalizedText;
  readonly phone?: string;
  readonly url?: string;
  readonly hours?: LocalizedText;
};

type BlockProps = { rows: readonly ContactRow[]; more: true | undefined; f: Formats };

/** The block of contacts on the home page. Nothing if there are none. */
export const Contacts = ({ rows, more, f }: BlockProps) =>
  rows.length === 0 ? null : (
    <section class="block" id="contacts">
      <h2>
        {f.strings.contacts} <span>{f.strings['contacts.answer']}</span>
      </h2>
      <ContactRows rows={rows} f={f} />
      {more ? <Rest path="/api/v1/contacts.json" f={f} /> : null}
    </section>
  );

/** Contacts as rows: name, hours, telephone number. */
export const ContactRows = ({ rows, f }: { rows: readonly ContactRow[]; f: Formats }) => (
  <ul class="facts">
    {rows.map((row) => (
      <Contact row={row} f={f} key={row.id} />
    ))}
  </ul>
);

const Contact = ({ row, f }: { row: ContactRow; f: Formats }) => (
  <li>
    <span>
      {row.url === undefined ? (
        <Text text={row.name} />
      ) : (
        <a href={linkedAddress(row.url)}>
          <Text text={row.name} />
        </a>
      )}
      <Untranslated text={row.name} f={f} />
      {row.hours ? (
        <>
          {' '}
          <span class="soft">
            <Text text={row.hours} />
          </span>
        </>
      ) : null}
    </span>
    {row.phone === undefined ? null : (
      <a href={telephone(row.phone)}>
        <bdi dir="ltr" class="keep">
          {row.phone}
        </bdi>
      </a>
    )}
  </li>
);

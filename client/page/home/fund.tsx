import type { Formats } from '../parts/formats.ts';
import { type ContactRow, ContactRows } from '../sections/contacts.tsx';

/** Contacts of the funds that accept donations. Nothing if there are none. */
export const Fund = ({ rows, f }: { rows: readonly ContactRow[]; f: Formats }) =>
  rows.length === 0 ? null : (
    <section class="block" id="fund">
      <h2>
        {f.strings.fund} <span>{f.strings['fund.answer']}</span>
      </h2>
      <ContactRows rows={rows} f={f} />
    </section>
  );

import type { Formats } from '../parts/formats.ts';
import { type ContactRow, ContactRows } from '../sections/contacts.tsx';

/** Where those who want to give turn to; nothing if no fund is named. */
export const Fund = ({ rows, f }: { rows: readonly ContactRow[]; f: Formats }) =>
  rows.length === 0 ? null : (
    <section class="block" id="fund">
      <h2>
        {f.strings.fund} <span>{f.strings['fund.answer']}</span>
      </h2>
      <ContactRows rows={rows} f={f} />
    </section>
  );

import { type ContactRow, ContactRows } from './contacts.tsx';
import type { Formats } from './formats.ts';

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

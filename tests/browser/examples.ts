import type { Staff } from './staff.ts';

/** Items that are published beside the seed's content, once for all tests. */
export type Examples = {
  /** A news item whose text attacks the page. It is breaking news for an hour, so that every page shows it. */
  readonly hostile: {
    readonly id: string;
    readonly title: string;
    readonly body: string;
    readonly until: string;
  };
  readonly withdrawn: { readonly id: string; readonly reason: string };
};

/** RIGHT-TO-LEFT OVERRIDE without an end: all text after it in its block or isolate runs backwards. */
const OVERRIDE = '\u202e';

/** Titles may hold no override, but a mark and letters of the other direction, with what joins the line's end. */
const title = `<script>window.pwned=1</script> & <b>bold</b> \u200fقلب, reversed 😷👩🏽‍⚕️ “quoted” end (2) \u200f`;
const attacks = [
  '<script>window.pwned = 2</script>',
  '<img src="x" onerror="window.pwned = 3">',
  '[a link](javascript:window.pwned=4) <a href="javascript:window.pwned=5">another</a>',
  '</div></article></main><style>*{display:none}</style>',
  `before ${OVERRIDE}after the override 😷👩🏽‍⚕️`,
  'a'.repeat(500),
];

/** Publishes the examples, and waits until they are public. */
export async function publishExamples(staff: Staff): Promise<Examples> {
  const body = attacks.join('\n\n').padEnd(20_000, 'More words of an ordinary kind.\n\n').trimEnd();
  const date = '2021-08-03';
  const until = new Date(Math.floor(Date.now() / 1000) * 1000 + 3_600_000).toISOString().replace('.000', '');
  const agency = 'communication-centre';
  const hostile = await staff.call('POST', '/news', agency, {
    title: { ar: title, en: title },
    body: { ar: body, en: body },
    date,
    breaking: { until },
  });
  const mistaken = { ar: 'خبر نُشر خطأً', en: 'Published by mistake' };
  const reason = `Published by mistake. ${OVERRIDE}<script>window.pwned=6</script>`;
  const { id } = await staff.call('POST', '/news', agency, { title: mistaken, body: mistaken, date });
  const withdrawal = await staff.call('DELETE', `/news/${id}`, agency, { reason });
  await staff.untilPublic(withdrawal.release);
  return { hostile: { id: hostile.id, title, body, until }, withdrawn: { id, reason } };
}

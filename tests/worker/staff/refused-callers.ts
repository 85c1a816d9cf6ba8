import { runInDurableObject } from 'cloudflare:test';
import * as v from 'valibot';
import { expect } from 'vitest';
import { limitsOf } from '../../../worker/model/staff/call-limits.ts';
import { parseWith } from '../../../worker/model/validation/parse.ts';
import { CallRates } from '../../../worker/newsroom/call-rates.ts';
import { problemResponse } from '../../../worker/platform/problem-response.ts';
import { unavailable } from '../../../worker/read/unavailable.ts';
import { createKey, get, newsContent, newsroom, pacedStaff, staff } from '../staff-client.ts';
import { both, fetched, health, ids, request, shows, showsIn } from './code-census.ts';
import { SITE } from './every-fault.ts';

const MIB = 2 ** 20;
const FORGET_KEY = 'DELETE FROM staff_key WHERE id = ?';
const whoami = () => request('/api/v1/staff/whoami');
const never = { limit: async () => ({ success: false }) };

/** Calls of those who may not make them. */
export async function refusedCallers(): Promise<void> {
  const media = await createKey('media');
  const reader = await createKey('media', { scope: ['read'] });
  const writer = await createKey('health', { scope: ['news', 'figures:critical'] });
  const soon = new Date(Date.now() + 5_000).toISOString();
  const expiring = await createKey('media', { expires: soon });
  const revoked = await createKey('media');
  const asMedia = { key: media.key };
  const headers = { 'Nashra-Agency': 'finance' };
  await shows('key-missing', 'GET', 'whoami', { key: null });
  await shows('key-foreign', 'GET', 'whoami', { key: 'x' });
  await showsIn('https-needed', await fetched(new Request('http://bulletin.example/api/v1/staff/whoami')));
  await shows('operator-only', 'GET', 'keys', asMedia);
  await shows('import-by-operator', 'POST', 'import', {
    ...asMedia,
    body: { collection: 'news', items: [] },
  });
  await shows('key-of-agency', 'GET', 'whoami', { ...asMedia, headers });
  await shows('header-agency-unknown', 'GET', 'whoami', { headers: { 'Nashra-Agency': 'nobody' } });
  await shows('scope-lacks', 'POST', 'news', { key: reader.key, body: newsContent() });
  const values = { values: { new_cases: 1 } };
  await shows('scope-lacks-metric', 'PUT', 'statistics/2021-03-03', { key: writer.key, body: values });
  await shows('metric-foreign', 'PUT', 'statistics/2021-03-03', { ...asMedia, body: values });
  const edit = { content: newsContent(), reason: 'r' };
  await shows('owner-other', 'PUT', `news/${ids.news}`, { ...asMedia, headers: {}, body: edit });
  await shows('rights-lacking', 'POST', 'news', { ...asMedia, body: newsContent() });
  const remark = { metric: 'critical', kind: 'problem', date: '2021-03-01', text: both('x') };
  await shows('remark-of-other', 'POST', 'remarks', { ...asMedia, body: remark });
  const file = (figures: string, key: string) => ({ key, body: { figures, dryRun: true } });
  await shows('columns-of-totals', 'POST', 'import', file('date,total_cases\n2021-03-01,1\n', media.key));
  await shows('columns-of-others', 'POST', 'import', file('date,critical\n2021-03-01,1\n', media.key));
  await shows('scope-lacks-metric', 'POST', 'import', file('date,river\n2021-03-01,1\n', writer.key));
  const narrow = await createKey('finance', { scope: ['figures:quarantine'] });
  await shows('columns-out-of-scope', 'POST', 'import', file('date,river\n2021-03-01,1\n', narrow.key));
  const finance = await createKey('finance');
  const known = 'date,quarantine,critical\n2021-03-01,5,3\n';
  await shows('columns-foreign', 'POST', 'import', file(known, finance.key));
  expect((await pacedStaff('DELETE', `keys/${revoked.id}`)).status).toBe(200);
  await shows('key-revoked-before', 'DELETE', `keys/${revoked.id}`);
  await runInDurableObject(newsroom(), (_, { storage }) => storage.sql.exec(FORGET_KEY, media.id));
  await shows('key-unknown', 'GET', 'whoami', asMedia);
  await get('/api/v1/bulletin.json'); // the Worker sees the release with the revoked key
  await shows('key-revoked', 'GET', 'whoami', { key: revoked.key });
  await shows('key-expired', 'GET', 'whoami', { key: expiring.key });
}

/** Calls with a wrong path or header, or with a text that is no JSON. */
export async function refusedRequests(): Promise<void> {
  await shows('path-unknown', 'GET', 'nothing');
  await shows('path-no-date', 'GET', 'statistics/2021-02-30');
  await shows('date-without-figures', 'GET', 'statistics/2019-01-01');
  await shows('item-unknown', 'GET', 'news/777');
  await shows('key-id-unknown', 'GET', 'keys/none');
  await shows('entry-unknown', 'GET', 'ledger/77777');
  await shows('method-unknown', 'PATCH', 'site', { body: {} });
  await shows('body-faults cursor-form', 'GET', 'ledger?before=x');
  const putSite = (body: string | Uint8Array<ArrayBuffer>, headers = {}) =>
    ['PUT', 'site', { body, headers }] as const;
  await shows('body-too-large', ...putSite('x'.repeat(MIB + 1)));
  await shows('body-encoded', ...putSite('{}', { 'Content-Encoding': 'gzip' }));
  await shows('media-type-missing', ...putSite('{}', { 'Content-Type': '' }));
  await shows('media-type-other', ...putSite('{}', { 'Content-Type': 'text/plain' }));
  const bytes = new Uint8Array([0x7b, 0xff, 0x7d]);
  await shows('body-not-utf8', ...putSite(bytes));
  await shows('file-not-utf8', 'POST', 'import', { body: bytes, headers: { 'Content-Type': 'text/csv' } });
  await shows('body-missing', ...putSite(''));
  await shows('body-missing-file', 'POST', 'import', { body: '', headers: { 'Content-Type': 'text/csv' } });
  await shows('json-too-deep', ...putSite('['.repeat(70)));
  await shows('json-form', ...putSite('{'));
  await shows('json-name-first json-name-twice', ...putSite('{"a":1,"a":2}'));
  await shows('json-name-first-more', ...putSite('{"a":1,"a":2,"a":3}'));
  await shows('json-number-first json-number', ...putSite('[1e-400]'));
  await shows('json-number-first-more', ...putSite('[1e-400,1e-400]'));
  await shows('idempotency-form', ...putSite('{}', { 'Idempotency-Key': 'ü' }));
  const once = (title: string) => ({
    body: newsContent({ title: both(title) }),
    headers: { ...health, 'Idempotency-Key': 'once' },
  });
  expect((await staff('POST', 'news', once('One'))).status).toBe(201);
  await shows('idempotency-used', 'POST', 'news', once('Two'));
  await shows('version-other', 'PUT', 'site', { body: SITE, headers: { 'If-Match': '"99"' } });
}

/** Calls that come too often or fail here, and what the public is told. Nothing works after it. */
export async function refusedAtThisMoment(): Promise<void> {
  await showsIn('rate-here', await fetched(whoami(), { OPERATOR_CALLS: never }));
  await showsIn('bad-keys', await fetched(request('/api/v1/staff/whoami', 'x'), { BAD_KEYS: never }));
  const { key } = await createKey('media');
  const large = request('/api/v1/staff/news', key, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: `"${'x'.repeat(100_000)}"`,
  });
  await showsIn('rate-bodies-here', await fetched(large, { AGENCY_BODIES: never }));
  const usual = limitsOf('an agency');
  for (const [code, limits, bodyBytes] of [
    ['rate-calls', { calls: { perSecond: 1, burst: 0 } }, 0],
    ['rate-bodies', { bodyBytes: { perSecond: 1, burst: 5 } }, 10],
    ['rate-at-once', { atOnce: 0 }, 0],
    ['rate-answers', { answerBytes: { perSecond: 1, burst: 5 } }, 0],
  ] as const) {
    const rates = new CallRates(() => ({ ...usual, ...limits }));
    const call = () =>
      rates.limit({ key: 'k', bodyBytes }, 0, async () => ({ ok: true, status: 200, body: 'xxxxxxxxxx' }));
    const [first, second] = [await call(), await call()];
    const refused = first.ok ? second : first;
    if (refused.ok) throw new Error(code);
    await showsIn(code, problemResponse(refused.problem));
  }
  const silent = { getByName: () => ({ call: () => Promise.reject(new Error('scripted')) }) };
  await showsIn('newsroom-silent', await fetched(whoami(), { NEWSROOM: silent }));
  const broken = { getByName: () => ({ call: async () => ({ ok: true, status: 0, body: '' }) }) };
  await showsIn('internal-error', await fetched(whoami(), { NEWSROOM: broken }));
  await showsIn('page-unknown', await fetched(request('/api/v1/nothing')));
  await showsIn('read-only', await fetched(request('/api/v1/live.json', '', { method: 'DELETE' })));
  const other = request('/api/v1/site.json', '', { headers: { 'If-Match': '"x"' } });
  await showsIn('etag-other', await fetched(other));
  await showsIn('bulletin-unavailable', unavailable({ path: '/api/v1/live.json', method: 'GET' }, 0, null));
  const unreadable = {
    url: 'https://bulletin.example:99999/x',
    method: 'GET',
    headers: new Headers(),
  } as Request;
  await showsIn('address-unreadable', await fetched(unreadable));
  // What no schema here says by itself.
  const parsed = parseWith(v.number(), 'x');
  if (parsed.ok) throw new Error('a text is no number');
  await showsIn('body-faults', problemResponse(parsed.problem)); // with form-other
  await runInDurableObject(newsroom(), (_, { storage }) => storage.sql.exec('DROP TABLE staff_key'));
  await shows('call-failed', 'GET', 'keys');
}

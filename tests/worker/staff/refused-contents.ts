import { expect } from 'vitest';
import { namedParts } from '../../../worker/newsroom/calls/erasure-parts.ts';
import { doubtOf } from '../../../worker/newsroom/calls/figure-notes.ts';
import { problemResponse } from '../../../worker/platform/problem-response.ts';
import { aSite } from '../a-site.ts';
import { seenCodes } from '../coded-answer.ts';
import { CLERK_FILES } from '../model/clerk-files.ts';
import { MORE_CLERK_FILES } from '../model/more-clerk-files.ts';
import { createKey, newsContent, OPERATOR_KEY, pacedStaff, staff } from '../staff-client.ts';
import { both, codesOf, days, health, ids, shows, showsIn } from './code-census.ts';
import { FAULTY_CONTENTS, FAULTY_KEYS, FAULTY_SITES, METRICS, SITE } from './every-fault.ts';

/** 60 metrics that nobody has. */
const METRICS_OF_NOBODY = Array.from({ length: 60 }, (_, i) => [`m${i}`, 1]);

/** Files as clerks make them. */
export async function refusedClerkFiles(): Promise<void> {
  for (const [what, figures, { told = {}, faults = [], notes = [] }] of [
    ...CLERK_FILES,
    ...MORE_CLERK_FILES,
  ]) {
    const answer = await staff('POST', 'import', { body: { figures, ...told, dryRun: true } });
    const found = codesOf(answer);
    for (const code of found) seenCodes.add(code);
    expect([200, 422], what).toContain(answer.status);
    if (faults.length + notes.length > 0) expect(found, what).not.toEqual([]);
  }
}

/** Other files, and items of an import. */
export async function refusedFiles(): Promise<void> {
  const file = (codes: string, figures: string, more: object = {}) =>
    shows(codes, 'POST', 'import', { body: { figures, dryRun: true, ...more }, headers: health });
  await file('file-too-long', `date,critical\n${'2021-03-01,1\n'.repeat(9_000)}`);
  await file('file-too-wide', `date${',critical'.repeat(1_000)}\n2021-03-01\n`);
  await file('file-two-dates', 'date,date,critical\n2021-03-01,2021-03-01,1\n');
  await file('column-ambiguous', 'date,Same\n2021-03-01,1\n');
  await file('number-decimal-comma', 'date,river\n2021-03-01,"3,4"\n', { decimal: 'dot' });
  await file('total-alone', 'date,new_cases,total_cases\n2021-03-09,,1\n');
  await file('total-differs', 'date,new_cases,total_cases\n2021-03-03,1,7\n');
  await file('total-too-large', 'date,doses\n2020-03-01,7\n');
  await file(
    'totals-derived reason-needed',
    `date,new_cases,total_cases\n2021-03-01,1000000001,1000000010\n`,
  );
  await file('cells-empty nothing-changes figures-none', 'date,critical\n2021-03-01,\n');
  await file('columns-ignored', 'date,critical,blank\n2021-03-01,3,\n');
  await shows('file-text', 'POST', 'import', { body: { figures: 3 } });
  await shows('agency-unknown agency-id-expected time-future time-too-early', 'POST', 'import', {
    body: {
      collection: 'news',
      items: [
        { agency: 'nobody', content: newsContent(), publishedAt: '2999-01-01T00:00:00Z' },
        { agency: 3, content: newsContent(), publishedAt: '1999-01-01T00:00:00Z' },
      ],
    },
  });
}

/** A reading of an earlier hour, while the later one is not public yet. */
export async function earlierReading(): Promise<void> {
  const read = (at: string) => ({ body: { values: { river: { value: 3, at } } } });
  const later = staff('PUT', 'statistics/2021-03-20', { ...read('18:00'), headers: health });
  await shows('earlier-reading', 'PUT', 'statistics/2021-03-20', { ...read('06:00'), headers: health });
  expect((await later).status).toBe(200);
}

/** Settings, by themselves and beside what the site has. */
export async function refusedSettings(): Promise<void> {
  for (const [codes, changes] of FAULTY_SITES) await shows(codes, 'PUT', 'site', { body: aSite(changes) });
  const with_ = (id: string, changes: object) => ({
    body: {
      ...SITE,
      metrics: METRICS.map((metric) => (metric.id === id ? { ...metric, ...changes } : metric)),
    },
  });
  const without = (id: string) => METRICS.filter((metric) => metric.id !== id);
  await shows('metric-has-lower', 'PUT', 'site', with_('river', { min: 4 }));
  await shows('metric-has-higher', 'PUT', 'site', with_('river', { max: 3 }));
  await shows('metric-has-finer', 'PUT', 'site', with_('rain', { decimals: 0 }));
  await shows('remark-too-narrow', 'PUT', 'site', with_('snow', { decimals: 0 }));
  await shows('metric-kind-fixed', 'PUT', 'site', with_('critical', { kind: 'flow' }));
  await shows('metric-in-use', 'PUT', 'site', { body: { ...SITE, metrics: without('critical') } });
  const [total] = METRICS.filter(({ id }) => id === 'total_cases');
  const second = [...METRICS, { ...total, id: 'all_cases' }];
  await shows('remark-second-total', 'PUT', 'site', { body: { ...SITE, metrics: second } });
  const agencies = aSite().agencies.filter(({ id }) => id !== 'media');
  await shows('agency-in-use', 'PUT', 'site', { body: { ...SITE, agencies } });
  await shows('first-date-in-use', 'PUT', 'site', { body: { ...SITE, firstDate: '2021-03-02' } });
  const choice = (code: string, changes: object) =>
    shows(code, 'PUT', 'site', { body: { ...SITE, ...changes } });
  await choice('contact-unknown', { hotline: '777' });
  await choice('contact-withdrawn', { hotline: ids.gone });
  await choice('contact-kind', { fund: ids.hotline });
  await choice('contact-without-phone', { hotline: ids.mute });
}

/** Items, figures and keys. */
export async function refusedContents(): Promise<void> {
  for (const [codes, collection, content] of FAULTY_CONTENTS)
    await shows(codes, 'POST', collection, { body: content, headers: health });
  for (const [codes, body] of FAULTY_KEYS) await shows(codes, 'POST', 'keys', { body });
  const decision = { ...newsContent(), date: '2020-03-11', issuer: both('Council') };
  const replace = (code: string, id = '', replaces = '', key = OPERATOR_KEY) =>
    shows(code, 'PUT', `decisions/${id}`, {
      key,
      headers: health,
      body: { content: { ...decision, replaces }, reason: 'r' },
    });
  await replace('replaces-itself', ids.first, ids.first);
  await replace('replaces-circle', ids.first, ids.second);
  await replace('replaces-unknown', ids.first, '777');
  const { key } = await createKey('health');
  await replace('replaces-foreign', ids.first, ids.foreign, key);
  const own = await pacedStaff('POST', 'decisions', {
    body: { ...decision, replaces: ids.foreign },
    headers: health,
  });
  await shows('replaces-foreign-more', 'PATCH', `decisions/${own.body.id}`, {
    key,
    body: { content: { title: both('Slander') }, reason: 'r' },
  });
  const endless = newsContent({ breaking: { until: '2099-01-01T00:00:00Z' } });
  await shows('breaking-too-long', 'POST', 'news', { key, body: endless });
  await shows('item-withdrawn', 'PUT', `news/${ids.withdrawn}`, {
    body: { content: newsContent(), reason: 'r' },
    headers: health,
  });
  const remark = { metric: 'critical', kind: 'problem', date: '2021-03-01', text: both('x') };
  await shows('remark-foreign', 'POST', 'import', {
    body: { collection: 'remarks', items: [{ agency: 'media', content: remark }] },
  });
  const day = (codes: string, values: unknown, more: object = {}) =>
    shows(codes, 'PUT', 'statistics/2021-03-02', { body: { values, ...more }, headers: health });
  await day(
    'metric-unknown metric-derived value-negative value-unreadable value-decimals value-too-small value-too-large',
    { x: 1, total_cases: 1, new_cases: -1, critical: 'x', rain: 0.25, river: -9, deaths: 1e13 },
  );
  await day('hour-form cell-state-value text-expected', {
    river: { value: 1, at: '24:00', note: { ar: 3 } },
    critical: { value: 1, state: 'not-reported' },
  });
  await day('cell-provisional-value', { critical: { value: null, provisionalUntil: '2021-04-01' } });
  await day('provisional-before-date', { critical: { value: 1, provisionalUntil: '2019-04-01' } });
  await day('provisional-past', { critical: { value: 1, provisionalUntil: '2022-04-01' } });
  await day('texts-expected', { critical: { value: 1, note: 'x' } });
  const { id: today } = (await staff('GET', 'statistics/today')).body;
  await shows('at-after-now', 'PUT', `statistics/${today}`, {
    body: { values: { critical: { value: 1, at: '23:59' } } },
    headers: health,
  });
  await day('hour-expected', { critical: { value: 1, at: 3 } });
  await day('reason-required', { critical: 41 });
  await day('body-faults-more faults-more', Object.fromEntries(METRICS_OF_NOBODY));
  await day('object-expected note-id-form', 3, { confirm: [3] });
  const imported = (figures: string) =>
    ({ body: { figures: `date,deaths\n${figures}`, reason: 'r' }, headers: health }) as const;
  const usual = await pacedStaff('POST', 'import', imported(days(60, 1, (i) => 700 + 3 * i)));
  expect(usual.status).toBe(201);
  ids.usual = usual.body.id;
  const slip = { body: { values: { deaths: 75_200 }, reason: 'r' }, headers: health };
  await shows('figures-doubtful', 'PUT', 'statistics/2020-04-30', slip);
  const { body } = await staff('PUT', 'statistics/2020-04-30', slip);
  await shows('confirm-reason', 'PUT', 'statistics/2020-05-01', {
    body: { values: { deaths: 75_200 }, confirm: [body.notes?.[0]?.id ?? ''] },
    headers: health,
  });
  const doubt = doubtOf(Array.from({ length: 50 }, () => body.notes[0]));
  if (doubt) await showsIn('figures-doubtful-more', problemResponse(doubt));
  await shows('date-before-first', 'PUT', 'statistics/2019-01-01', {
    body: { values: {} },
    headers: health,
  });
  await shows('date-after-today', 'PUT', 'statistics/2999-01-01', {
    body: { values: {} },
    headers: health,
  });
}

/** Erasures. */
export async function refusedErasures(): Promise<void> {
  const { items } = (await staff('GET', 'ledger')).body;
  const seqOf = (kind: string) => items.find((entry: { kind: string }) => entry.kind === kind)?.seq;
  const erase = (codes: string, seq: number, body: object) =>
    shows(codes, 'POST', `ledger/${seq}/erasure`, { body: { reason: 'r', ...body } });
  const [site, figures, news] = [seqOf('site'), seqOf('figures'), seqOf('items')];
  const usual = Number(ids.usual);
  await erase('entry-kept', site, {});
  await erase('erasure-no-reason', figures, { entryReason: true });
  await erase('erasure-of-nothing', figures, { cells: [] });
  await erase('erasure-other-kind', figures, { items: ['1'] });
  const cells = [{ metric: 'x', date: '2021-03-01' }];
  await erase('erasure-no-figure', figures, { cells });
  await erase('metric-expected', figures, { cells: [{ metric: 3, date: '2021-03-01' }] });
  await erase('erasure-no-item', news, { items: ['777'] });
  await erase('item-not-withdrawn', news, {});
  await erase('erasure-confirm', usual, {});
  expect(
    (await pacedStaff('POST', `ledger/${usual}/erasure`, { body: { reason: 'r', confirm: true } })).status,
  ).toBe(201);
  await erase('entry-erased', usual, {});
  const old = { seq: 1, form: undefined } as never;
  const first = namedParts(old, {} as never, { reason: 'r' as never, cells: [] });
  if (first.ok) throw new Error('an entry of the first form was erased in parts');
  await showsIn('entry-first-form', problemResponse(first.problem));
}

/** Items over the limits of the settings. */
export async function refusedByLimits(): Promise<void> {
  const limits = { breaking: 0, contacts: 0, topics: 0, topicItems: 0, phases: 0, remarks: 0 };
  const bytes = { itemBytes: 0, agencyItems: 0, agencyBytes: 0, dailyBytes: 0 };
  const tags = 'ar en fr de es it pt ru tr fa ur hi bn ta te ml si ne'.split(' ');
  const languages = tags.map((tag) => ({ tag, locale: tag }));
  const site = { ...SITE, languages, limits: { ...limits, ...bytes } };
  expect((await pacedStaff('PUT', 'site', { body: site })).status).toBe(200);
  const { key } = await createKey('health');
  const post = (codes: string, collection: string, body: object) =>
    shows(codes, 'POST', collection, { body, key });
  const breaking = { until: new Date(Date.now() + 86_400_000).toISOString() };
  await post(
    'limit-breaking limit-item-bytes limit-agency-items limit-agency-bytes',
    'news',
    newsContent({ breaking }),
  );
  await post('limit-contacts', 'contacts', { name: both('x'), kind: 'other' });
  await post('limit-topics limit-topic-items', 'faq', {
    question: both('Q'),
    answer: both('A'),
    topic: both('T'),
  });
  await post('limit-phases', 'plan', { order: 1, title: both('P'), open: both('a'), closed: both('b') });
  const figures = { body: { values: { critical: 41 }, reason: 'r' }, key };
  await shows('limit-daily-bytes', 'PUT', 'statistics/2021-03-02', figures);
  const note = Object.fromEntries(tags.map((tag) => [tag, '文'.repeat(300)]));
  const noted = { body: { values: { critical: { value: 41, note } }, reason: 'r' }, headers: health };
  await shows('cell-too-large', 'PUT', 'statistics/2021-03-02', noted);
  await post('limit-remarks', 'remarks', {
    metric: 'critical',
    kind: 'problem',
    date: '2021-03-01',
    text: both('x'),
  });
  const metrics = METRICS.map((metric) =>
    metric.id === 'snow' ? { ...metric, agencies: ['media'] } : metric,
  );
  const four = { ...SITE, metrics, limits: { contacts: 4 } };
  expect((await pacedStaff('PUT', 'site', { body: four })).status).toBe(200);
  await shows('remark-of-former', 'PATCH', `remarks/${ids.remark}`, {
    key,
    body: { content: { text: both('Slander') }, reason: 'r' },
  });
  await shows('limit-share', 'POST', 'contacts', { body: { name: both('x'), kind: 'other' }, key });
}

import { describe, expect, it } from 'vitest';
import { isMessageCode, MESSAGE_CODES } from '../../../worker/model/messages.ts';
import { advanceClock } from '../clock.ts';
import { seenCodes } from '../coded-answer.ts';
import { get, newsContent, pacedStaff } from '../staff-client.ts';
import { add, both, health, ids, put, shows } from './code-census.ts';
import { SITE } from './every-fault.ts';
import { refusedAtThisMoment, refusedCallers, refusedRequests } from './refused-callers.ts';
import {
  earlierReading,
  refusedByLimits,
  refusedClerkFiles,
  refusedContents,
  refusedErasures,
  refusedFiles,
  refusedSettings,
} from './refused-contents.ts';

/** What the refusals need: items, figures, a release. */
async function fillSite(): Promise<void> {
  await shows('settings-unknown', 'GET', 'site');
  await shows('settings-missing', 'POST', 'news', { body: newsContent() });
  expect((await pacedStaff('PUT', 'site', { body: SITE })).status).toBe(200);
  const decision = { ...newsContent(), date: '2020-03-11', issuer: both('Council') };
  await add('first', 'decisions', decision);
  await add('second', 'decisions', { ...decision, replaces: ids.first });
  await add('foreign', 'decisions', decision, 'media');
  await add('news', 'news', newsContent());
  await add('withdrawn', 'news', newsContent());
  for (const name of ['hotline', 'gone'])
    await add(name, 'contacts', { name: both(name), kind: 'hotline', phone: '151' });
  await add('mute', 'contacts', { name: both('Mute'), kind: 'hotline' });
  await add('remark', 'remarks', {
    metric: 'snow',
    kind: 'adjustment',
    date: '2021-05-01',
    amount: 0.5,
    text: both('Late'),
  });
  await add('told', 'remarks', {
    metric: 'new_cases',
    kind: 'restatement',
    date: '2021-05-01',
    total: 2_000,
    text: both('New'),
  });
  const gone = { body: { reason: 'r' }, headers: health };
  for (const path of [`news/${ids.withdrawn}`, `contacts/${ids.gone}`])
    expect((await pacedStaff('DELETE', path, gone)).status).toBe(200);
  for (const [date, values] of [
    ['2021-03-01', { new_cases: 1_000_000_000, critical: 3, river: 3.42 }],
    ['2021-03-02', { new_cases: 752, critical: 40, rain: 0.5 }],
  ] as const)
    expect((await put(date, values)).status).toBe(200);
  advanceClock(2_000);
  await get('/api/v1/bulletin.json');
}

describe('a code tells what is wrong', () => {
  it('before a site has settings, and while it is filled', fillSite);
  it('with the caller', refusedCallers);
  it('with a path, a header, a text that is no JSON', refusedRequests);
  it('with files as clerks make them', refusedClerkFiles);
  it('with other imports', refusedFiles);
  it('with settings', refusedSettings);
  it('with items, figures and keys', refusedContents);
  it('with an earlier reading', earlierReading);
  it('with an erasure', refusedErasures);
  it('with what goes over a limit', refusedByLimits);
  it('at this moment, with the call or with the site', refusedAtThisMoment);

  it('and each code of the table has occurred in an answer', () => {
    expect(MESSAGE_CODES.filter((code) => !seenCodes.has(code))).toEqual([]);
    expect([...seenCodes].some((code) => !isMessageCode(code))).toBe(true); // notes of doubts have their own
  });
});

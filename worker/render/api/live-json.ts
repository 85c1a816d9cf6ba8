import { lateAt } from '../../model/due.ts';
import { type Documents, define, JSON_TYPE, jsonText } from '../document.ts';
import { breakingNews } from '../views/breaking-news.ts';
import { figureFacts } from '../views/figure-facts.ts';

/** How often an open page polls. A hundred thousand open pages at this rate cost about $40 a day. */
const POLL_SECONDS = 60;

/** `/api/v1/live.json`: open pages poll it, so it is as small as possible. */
export const liveJson: Documents = (bulletin, { release, asOf }) => {
  const facts = figureFacts(bulletin, asOf);
  const old = facts.flatMap(({ metric, isOld, ageDays }) => (isOld ? [[metric, ageDays] as const] : []));
  const view = {
    release,
    publishedAt: asOf,
    figures: Object.fromEntries(facts.map(({ metric, date, value }) => [metric, [date, value]])),
    old: Object.fromEntries(old),
    late: [...lateAt(bulletin, asOf).keys()],
    breaking: breakingNews(bulletin, asOf).map(({ item }) => item.id),
    poll: POLL_SECONDS,
  };
  return [define({ path: '/api/v1/live.json', type: JSON_TYPE, pack: 'release' }, view, jsonText)];
};

import { addDays, startOfDay } from '../../model/civil-date.ts';
import { coded } from '../../model/coded.ts';
import { toMs } from '../../model/instant.ts';
import { limitOf } from '../../model/limits.ts';
import { ok, type Result, refuse } from '../../model/problem.ts';
import { utf8Bytes } from '../../model/utf8-bytes.ts';
import { type CallContext, type Effect, todayOf } from './context.ts';

/**
 * An effect, if its agency may add so much to the ledger on this day of the site; else 429 until the day ends. The
 * ledger is never cut, so what all keys of an agency add is bounded, whatever limits of a key allow. The operator's own
 * calls are not counted, and a withdrawal is never refused.
 */
export function withinDay(context: CallContext, effect: Effect): Result<Effect> {
  const { rows, now, caller } = context;
  const site = rows.settings();
  if (effect.kind !== 'change' || caller.role === 'operator' || !site) return ok(effect);
  const { agency, change, reason = '' } = effect;
  const today = todayOf(context, site);
  const most = limitOf(site, 'dailyBytes');
  const has = rows.usage.addedOn(today, agency);
  const sizeBytes = utf8Bytes(JSON.stringify(change.payload)) + utf8Bytes(reason);
  if (has + sizeBytes > most && change.kind !== 'withdrawal') {
    const seconds = Math.ceil((toMs(startOfDay(addDays(today, 1), site.timeZone)) - toMs(now)) / 1000);
    const why = coded('limit-daily-bytes', { agency, has, most, seconds });
    return refuse({ kind: 'too-many-calls', status: 429, retryAfterSeconds: seconds, ...why });
  }
  return ok({
    ...effect,
    also: () => {
      effect.also?.();
      rows.usage.noteAdded(today, agency, sizeBytes);
    },
  });
}

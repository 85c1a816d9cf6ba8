/** A sentence that ends in a number of seconds, in each plural form. */
const inSeconds = <const Beginning extends string>(beginning: Beginning) =>
  ({
    by: 'seconds',
    one: `${beginning}{seconds} second.`,
    other: `${beginning}{seconds} seconds.`,
  }) as const;

/**
 * Why a call as a whole is refused, by code: the English text, in the manner of `fault-sentences.ts`. A sentence with a
 * number has a form for each plural of the language.
 */
export const enProblemSentences = {
  // 401, 403: who calls.
  'key-missing': 'a staff key is needed: Authorization: Bearer …',
  'key-foreign': 'this is not a key of this site',
  'key-revoked': 'this key was revoked',
  'key-unknown': 'this key is revoked or unknown',
  'key-expired': 'this key expired at {at}',
  'https-needed':
    'Staff calls need https, and this one came by plain http. If it carried a key, that key may have been read on the way: revoke it, issue a new one, and send the call to https.',
  'operator-only': 'only the operator may do this',
  'import-by-operator': 'only the operator may import items',
  'key-of-agency': "this key belongs to the agency {agency} and can't act for {named}",
  'header-agency-unknown': 'the header Nashra-Agency names {named}, which is not an agency of this site',
  'scope-lacks':
    'the scope of this key is {scope}: it lacks {lacks|or}. The operator issues keys with another scope (POST keys)',
  'scope-lacks-metric': 'the scope of this key is {scope}: it lacks figures:{metric}',
  'owner-other':
    '{what} belongs to the agency {owner}, but this call acts for {agency} (the operator names an agency in the header Nashra-Agency)',
  'rights-lacking':
    'the agency {agency} may not publish this: it lacks {rights}. The operator grants rights in the settings (agencies, may)',
  'rights-lacking-edit':
    'the agency {agency} may not publish this: it lacks {rights}. Without them it may withdraw what it has published, and make an alert end sooner; the operator may correct it, and grants rights in the settings (agencies, may)',
  'metric-foreign':
    'the metric {metric} is reported by {owners}, but this call acts for {agency} (the operator names an agency in the header Nashra-Agency)',
  'remark-of-other':
    '{metric} is reported by {owners}, but this call acts for {agency} (the operator names an agency in the header Nashra-Agency)',
  'remark-of-former':
    '{metric} is reported by {owners} now: {agency} may withdraw this remark or let it end sooner (until), and change nothing else. Ask {owners} to say more, or the operator to correct the words',
  'columns-of-totals':
    'the columns {columns} hold only totals, which are derived and reported by no agency, but this call acts for {agency}',
  'columns-of-others': 'the columns {columns} are reported by {owners}, but this call acts for {agency}',
  'columns-out-of-scope':
    'the columns {columns} are reported by {owners} (the scope of this key is {scope}), but this call acts for {agency}',

  // 404, 405: what is called.
  'path-unknown': 'there is no {path}',
  'path-no-date': '{text} is not a date: write it as YYYY-MM-DD',
  'date-without-figures': '{date} is not a date that this site has figures for',
  'item-unknown': 'there is no {collection} item {id}',
  'key-id-unknown': 'there is no key {id}',
  'entry-unknown': 'the ledger has no entry {id}',
  'settings-unknown': 'the site has no settings yet',
  'method-unknown': '{method} is not a method of {path}',

  // 400, 413, 415: the body as it came.
  'body-too-large': 'The body is larger than {most} bytes: send it in parts.',
  'body-encoded': 'the body must be sent without Content-Encoding, not as {coding}',
  'media-type-missing': 'the body must be {types|or}, not without a Content-Type',
  'media-type-other': 'the body must be {types|or}, not {type}',
  'body-not-utf8': 'the body is not UTF-8',
  'file-not-utf8': 'the body is not UTF-8: save the file as CSV UTF-8',
  'body-missing': 'the body is empty, but this call needs JSON',
  'body-missing-file': 'the body is empty, but this call needs a file of figures in CSV, or JSON',
  'json-too-deep': 'the body is nested deeper than {most} levels',
  'json-form': 'the body is not JSON: {error}',
  'json-name-first': 'the body is ambiguous JSON: {pointer} is named twice in its object',
  'json-name-first-more':
    'the body is ambiguous JSON: {pointer} is named twice in its object, and more: see errors',
  'json-number-first':
    "the body is ambiguous JSON: {pointer} is {number}, which can't be kept as written: it would become {kept}",
  'json-number-first-more':
    "the body is ambiguous JSON: {pointer} is {number}, which can't be kept as written: it would become {kept}, and more: see errors",
  'json-name-twice': 'is named twice in its object',
  'json-number': "is {number}, which can't be kept as written: it would become {kept}",
  'idempotency-form': 'the header Idempotency-Key must be 1 to 255 visible ASCII characters',

  // 422: what the body says.
  'body-faults': {
    by: 'count',
    one: 'The body has a fault: see errors.',
    other: 'The body has {count} faults: see errors.',
  },
  'body-faults-more': {
    by: 'count',
    one: 'The body has at least {count} fault: see errors for the first.',
    other: 'The body has at least {count} faults: see errors for the first.',
  },
  'faults-more': { by: 'count', one: 'and at least {count} more', other: 'and at least {count} more' },
  'cursor-form': 'the query parameter {name} must come from `next` of this list',
  'idempotency-used': 'the Idempotency-Key {key} was used for another request within {days} days',

  // 409, 412: what the site has now.
  'settings-missing': 'the site has no settings yet: send PUT /api/v1/staff/site first',
  'item-withdrawn': "{collection} {id} was withdrawn at {at} and can't be changed",
  'item-not-withdrawn': '{collection} {id} must be withdrawn before its text can be erased',
  'key-revoked-before': 'the key {id} was revoked at {at}',
  'entry-erased': 'entry {entry} is already erased',
  'entry-kept': "entry {entry} is of kind {kind}: its payload can't be erased",
  'entry-first-form':
    'entry {entry} has the first form, and its hash covers its payload as one: it can only be erased whole, without cells, items and entryReason',
  'figures-doubtful':
    'The figures may be wrong, see notes. Correct them, or send the same again with the ids of all notes in confirm, and with a reason.',
  'figures-doubtful-more':
    'The figures may be wrong, see notes for the first reasons. Correct them, or send the same again with the ids of all notes in confirm, and with a reason.',
  'version-other':
    'If-Match names {sent}, but the current version is {current}: read it again, then repeat the change.',
  'etag-other': 'The current version is {current}, not the one that the request names.',

  // 429: how often.
  'bad-keys': inSeconds('Too many requests with a bad key: wait '),
  'rate-here': inSeconds('This key makes too many calls. This call changed nothing: send it again in '),
  'rate-bodies-here': inSeconds(
    'This key sends too many large bodies. This call changed nothing: send it again in ',
  ),
  'rate-calls': inSeconds(
    'A key may make {rate} calls a second in the long run, and {burst} at once. This call changed nothing: send it again in ',
  ),
  'rate-bodies': inSeconds(
    'A key may send bodies of {rate} bytes a second in the long run, and {burst} at once. This call changed nothing: send it again in ',
  ),
  'rate-answers': inSeconds(
    'A key may get answers of {rate} bytes a second in the long run, and {burst} at once. This call changed nothing: send it again in ',
  ),
  'rate-at-once': inSeconds(
    'At most {most} calls of a key may be under way at once. This call changed nothing: send it again in ',
  ),

  'limit-daily-bytes': inSeconds(
    'The keys of {agency} have added {has} bytes to the ledger today, and the limit of a day is {most} (the operator sets limits.dailyBytes, and withdrawals are still accepted). This call changed nothing: send it again in ',
  ),

  // 500, 503: what went wrong here.
  'call-failed': 'an internal error occurred; this call changed nothing',
  'newsroom-silent':
    'The Newsroom did not answer, and may or may not have accepted this call: send it again with the same Idempotency-Key.',
  'internal-error': 'Something went wrong here. Please try again in a moment.',

  // Of public paths.
  'bulletin-unavailable': 'The bulletin cannot be read just now. Please try again in a moment.',
  'page-unknown': 'There is nothing at this path.',
  'read-only': 'This path can only be read.',
  'address-unreadable': 'The address cannot be read.',
} as const;

/** Why a call is refused. */
export type ProblemCode = keyof typeof enProblemSentences;

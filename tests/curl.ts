import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

// node tests/curl.ts … : the part of curl that the tests need, for machines without curl. See printed-command.ts.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    request: { type: 'string', short: 'X', default: 'GET' },
    header: { type: 'string', short: 'H', multiple: true, default: [] },
    data: { type: 'string', short: 'd' },
    'data-binary': { type: 'string' },
    silent: { type: 'boolean', short: 's' },
    'write-out': { type: 'string', short: 'w', default: '' },
  },
});
const [address = ''] = positionals;
const lines = values.header.flatMap((header) =>
  header === '@-' ? readFileSync(0, 'utf8').split(/\r?\n/).filter(Boolean) : [header],
);
const headers = lines.map((header): [string, string] => {
  const [name = '', ...value] = header.split(':');
  return [name, value.join(':').trim()];
});
// An empty body is none: a GET may have none.
const file = values['data-binary']?.replace(/^@/, '');
const sent = file === undefined ? values.data || null : readFileSync(file);
const answer = await fetch(address, { method: values.request, headers, body: sent });
const body = await answer.text();
process.stdout.write(body + values['write-out'].replace('%{http_code}', String(answer.status)));

#!/usr/bin/env node
// Verifies a Nashra ledger without any of Nashra's code: Node and this file are enough.
//   node scripts/verify-ledger.mjs https://bulletin.example --key-file .dev.vars
//   node scripts/verify-ledger.mjs ledger.json
// A file holds the list of entries, or one answer of /api/v1/staff/ledger that is the whole ledger.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const GENESIS = '0'.repeat(64);

/** Canonical JSON, RFC 8785: members sorted by UTF-16 code units, numbers and strings as ECMAScript writes them. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const names = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * Checks each entry's number, link and hashes, and that a payload is missing only where a later entry says that it was
 * erased. Gives the first fault as a sentence, or null, and what was counted.
 */
export function verifyLedger(entries) {
  let previous = GENESIS;
  const missing = new Set();
  const erasures = new Set();
  for (const [i, entry] of entries.entries()) {
    const { salt, payload, hash, ...head } = Object(entry);
    const at = `entry ${i + 1}`;
    const found = (fault) => ({ fault: `${at} ${fault}`, entries: entries.length, erased: missing.size });
    if (head.seq !== i + 1) return found(`bears the number ${head.seq}`);
    if (head.previous !== previous) return found('does not follow the entry before it');
    if (sha256(canonical(head)) !== hash) return found('is not what its hash was made of');
    if ((salt === undefined) !== (payload === undefined))
      return found('has salt or payload without the other');
    if (payload === undefined) missing.add(head.seq);
    else if (sha256(canonical({ payload, salt })) !== head.payloadHash)
      return found('holds another payload than its hash was made of');
    if (head.kind === 'erasure' && payload !== undefined) erasures.add(payload.seq);
    previous = hash;
  }
  for (const seq of missing)
    if (!erasures.has(seq))
      return {
        fault: `entry ${seq} lacks its payload, and none says that it was erased`,
        entries: entries.length,
        erased: missing.size,
      };
  return { fault: null, entries: entries.length, erased: missing.size };
}

/** The entries a ledger file holds. Anything in it that is not of the ledger's form is a fault. */
export function parseLedger(bytes) {
  const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  if (Array.isArray(value)) return value;
  const { items, next, ...rest } = Object(value);
  if (!Array.isArray(items) || Object.keys(rest).length > 0) throw new Error('this is no ledger');
  if (next !== null) throw new Error('this is not the whole ledger: it has a next page');
  return items;
}

/** All entries of a site's ledger, page by page. */
export async function fetchLedger(url, key) {
  const entries = [];
  for (let path = '/api/v1/staff/ledger'; path; ) {
    const answer = await fetch(new URL(path, url), { headers: { authorization: `Bearer ${key}` } });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    const page = await answer.json();
    entries.push(...page.items);
    path = page.next;
  }
  return entries;
}

async function main([source, option, keyFile]) {
  if (!source || (option !== undefined && (option !== '--key-file' || !keyFile)))
    throw new Error('usage: node scripts/verify-ledger.mjs URL-or-file [--key-file FILE]');
  const key = () => /^(?:OPERATOR_KEY=)?([^,\s]+)/m.exec(readFileSync(keyFile ?? '.dev.vars', 'utf8'))?.[1];
  const entries = /^https?:/.test(source)
    ? await fetchLedger(source, key())
    : parseLedger(readFileSync(source));
  const { fault, erased } = verifyLedger(entries);
  if (fault) throw new Error(`The ledger does not verify: ${fault}.`);
  console.log(`The ledger verifies: ${entries.length} entries, ${erased} of them erased.`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });

#!/usr/bin/env node
// Verifies a Nashra ledger. Needs only Node 20.12 or newer and this file, no other code of Nashra.
//   node scripts/verify-ledger.mjs https://bulletin.example --key-file .dev.vars
//   node scripts/verify-ledger.mjs ledger.json
// The file holds the list of entries, or one answer of /api/v1/staff/ledger that contains the whole ledger.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseEnv } from 'node:util';

const GENESIS = '0'.repeat(64);

/** Canonical JSON (RFC 8785): members sorted by UTF-16 code units, numbers and strings as ECMAScript writes them. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const names = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * Checks the number, the link and the hashes of each entry, and that each missing payload has an erasure entry.
 * Returns the first fault as a sentence without its full stop (null if there is none), the number of entries, and the
 * number of erased entries.
 */
export function verifyLedger(entries) {
  let previous = GENESIS;
  const missing = new Set();
  const erasures = new Set();
  for (const [i, entry] of entries.entries()) {
    const { salt, payload, hash, ...head } = Object(entry);
    const faulty = (fault) => ({
      fault: `entry ${i + 1} ${fault}`,
      entries: entries.length,
      erased: missing.size,
    });
    if (head.seq !== i + 1) return faulty(`has the number ${head.seq}`);
    if (head.previous !== previous) return faulty('does not name the hash of the entry before it');
    if (sha256(canonical(head)) !== hash) return faulty('does not match its hash');
    if ((salt === undefined) !== (payload === undefined))
      return faulty('has a salt without a payload, or a payload without a salt');
    if (payload === undefined) missing.add(head.seq);
    else if (sha256(canonical({ payload, salt })) !== head.payloadHash)
      return faulty('has a payload that does not match its payload hash');
    if (head.kind === 'erasure' && payload !== undefined) erasures.add(payload.seq);
    previous = hash;
  }
  for (const seq of missing)
    if (!erasures.has(seq))
      return {
        fault: `entry ${seq} has no payload, and no entry records its erasure`,
        entries: entries.length,
        erased: missing.size,
      };
  return { fault: null, entries: entries.length, erased: missing.size };
}

/** Parses a ledger file and returns its entries. Throws if the file is not UTF-8, not JSON, or not a whole ledger. */
export function parseLedger(bytes) {
  const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  if (Array.isArray(value)) return value;
  const { items, next, ...rest } = Object(value);
  if (!Array.isArray(items) || Object.keys(rest).length > 0) throw new Error('The file is not a ledger.');
  if (next !== null) throw new Error('The file is not the whole ledger: it has a next page.');
  return items;
}

/**
 * Fetches all entries of a site's ledger, page by page. `key` is a staff key. Throws if a page is not answered with
 * 2xx, and before it sends the key over plain http to another machine.
 */
export async function fetchLedger(url, key) {
  if (!/^(https:|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\/)/.test(new URL(url).href))
    throw new Error(`The key is sent only over https or to this machine, not to ${url}: use https.`);
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

/** The key to send, by the text of a key file: dotenv's OPERATOR_KEY, or the whole file; of two keys the first. */
export function keyIn(text) {
  const { OPERATOR_KEY: value = text } = parseEnv(text.replace(/^\uFEFF/, ''));
  return value.split(',')[0].trim();
}

async function main([source, option, keyFile]) {
  if (!source || (option !== undefined && (option !== '--key-file' || !keyFile)))
    throw new Error('usage: node scripts/verify-ledger.mjs URL-or-file [--key-file FILE]');
  const entries = /^https?:/.test(source)
    ? await fetchLedger(source, keyIn(readFileSync(keyFile ?? '.dev.vars', 'utf8')))
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

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

const isText = (value) => typeof value === 'string';

/**
 * The parts of an entry of form 2 by name: figures by date and metric, items by collection and id, all else by itself.
 */
function partsOf({ kind, payload, reason }) {
  const parts = reason === undefined ? {} : { reason };
  if (kind === 'figures') return [parts, payload.days];
  if (kind !== 'items') return [{ ...parts, payload }, {}];
  return [parts, { [payload.collection]: Object.fromEntries(payload.items.map((item) => [item.id, item])) }];
}

/** Whether a payload of parts has anything that is in no part: another member, or two items of one id. */
function hasMore({ kind, payload }) {
  const members = { figures: ['days'], items: ['collection', 'items'] }[kind];
  if (!members) return false;
  const { items = [] } = payload;
  const isRepeated = new Set(items.map(({ id }) => id)).size < items.length;
  return isRepeated || Object.keys(payload).some((name) => !members.includes(name));
}

/**
 * The salt of a part or group: the first 32 digits of the hash of the salt around it, a space and its name, or as
 * listed.
 */
const saltIn = (salts, name) => (isText(salts) ? sha256(`${salts} ${name}`).slice(0, 32) : salts[name]);

/** The hashes of parts by name, each of [salt, value]. A part without a salt is added, not written by the site. */
function hashesOf(salts, parts) {
  return Object.fromEntries(
    Object.entries(parts).map(([name, value]) => {
      const salt = saltIn(salts, name);
      if (!isText(salt)) throw new Error(`The ledger is damaged: there is no salt of ${name}.`);
      return [name, sha256(canonical([salt, value]))];
    }),
  );
}

/**
 * `payloadHash` of an entry of form 2: the hash of the hashes of its parts and groups, erased ones as they are listed.
 */
function payloadHashOf({ salt, salts = salt, erased = {}, ...entry }) {
  const [parts, groups] = partsOf(entry);
  const hashes = { ...erased, ...hashesOf(salts, parts) };
  for (const [group, inGroup] of Object.entries(groups))
    hashes[group] = { ...erased[group], ...hashesOf(saltIn(salts, group), inGroup) };
  for (const [name, inGroup] of Object.entries(hashes))
    if (!isText(inGroup)) hashes[name] = sha256(canonical(inGroup));
  return sha256(canonical(hashes));
}

/** The fault of an entry's payload and reason, which an erasure can remove, or null. */
function payloadFault(entry) {
  const { form = 1, salt, salts, erased, payload, reason, payloadHash } = entry;
  if (form !== 1 && form !== 2) return `has the unknown form ${form}`;
  if (form === 1 && (salts ?? erased) !== undefined)
    return 'has salts of parts, which its form does not have';
  if (payload === undefined)
    return (salt ?? salts ?? erased ?? (form === 2 ? reason : undefined)) === undefined
      ? null
      : 'has a salt or reason without a payload';
  if ((salt === undefined) === (salts === undefined) || (salts === undefined) !== (erased === undefined))
    return 'has a payload without its salt';
  if (form === 2 && hasMore(entry)) return 'has a payload with more than its hash covers';
  const expected = form === 1 ? sha256(canonical({ payload, salt })) : payloadHashOf(entry);
  return expected === payloadHash ? null : 'has a payload or reason that does not match its payload hash';
}

/** What of an entry is erased: the entry, or its parts, each as a text. */
function erasedOf({ seq, payload, erased = {} }) {
  if (payload === undefined) return [`${seq}`];
  return Object.entries(erased).flatMap(([name, inGroup]) =>
    isText(inGroup) ? `${seq} ${name}` : Object.keys(inGroup).map((part) => `${seq} ${name} ${part}`),
  );
}

/** What an erasure records as erased, in the form of `erasedOf`. */
function recordedBy({ seq, figures = [], items = [], reason, partial }) {
  return [
    ...(partial ? [] : [`${seq}`]),
    ...(reason ? [`${seq} reason`] : []),
    ...figures.map(({ date, metric }) => `${seq} ${date} ${metric}`),
    ...items.map(({ collection, id }) => `${seq} ${collection} ${id}`),
  ];
}

/**
 * Checks the number, the link and the hashes of each entry, and that an erasure records each payload and part that is
 * missing. Returns the first fault as a sentence without its full stop (null if there is none), the number of entries,
 * and the number of entries of which something is erased.
 */
export function verifyLedger(entries) {
  let previous = GENESIS;
  const missing = new Map();
  const recorded = new Set();
  const result = (fault) => ({ fault, entries: entries.length, erased: new Set(missing.values()).size });
  for (const [i, listed] of entries.entries()) {
    const entry = Object(listed);
    const { salt, salts, erased, payload, hash, ...rest } = entry;
    // In form 2 the hash of the payload covers the reason too.
    const { reason, ...withoutReason } = rest;
    const head = rest.form === 2 ? withoutReason : rest;
    const faulty = (fault) => result(`entry ${i + 1} ${fault}`);
    if (head.seq !== i + 1) return faulty(`has the number ${head.seq}`);
    if (head.previous !== previous) return faulty('does not name the hash of the entry before it');
    if (sha256(canonical(head)) !== hash) return faulty('does not match its hash');
    const fault = payloadFault(entry);
    if (fault) return faulty(fault);
    for (const part of erasedOf(entry)) missing.set(part, head.seq);
    if (head.kind === 'erasure' && payload !== undefined)
      for (const part of recordedBy(payload)) recorded.add(part);
    previous = hash;
  }
  for (const [part, seq] of missing)
    if (!recorded.has(part))
      return result(
        part === `${seq}`
          ? `entry ${seq} has no payload, and no entry records its erasure`
          : `entry ${seq} lacks ${part.slice(part.indexOf(' ') + 1)}, and no entry records its erasure`,
      );
  return result(null);
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
  console.log(
    `The ledger verifies: ${entries.length} entries, ${erased} of them erased as a whole or in part.`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });

// Verifies the ledger of a Nashra site, in the release that verify-release.mjs has just noted in state.json.
//   node verify-chain.mjs https://bulletin.example state.json
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const [site, stateFile] = process.argv.slice(2);
const { gaps = {}, ...state } = JSON.parse(readFileSync(stateFile));
const must = (isRight, fault) => isRight || process.exit(console.error(`It does not verify: ${fault}.`) ?? 1);
const sha256 = (text, form = 'hex') => createHash('sha256').update(text).digest(form);
const canonical = (value) => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)}}`;
};
const saltIn = (salts, name) =>
  typeof salts === 'string' ? sha256(`${salts} ${name}`).slice(0, 32) : salts[name];
const mapped = (parts, change) =>
  Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, change(value, name)]));
const hashesOf = (salts, parts) =>
  mapped(parts, (value, name) => sha256(canonical([saltIn(salts, name), value])));
const groupsOf = (kind, { days, collection, items = [], ...more }) => {
  const byId = Object.fromEntries(items.map((item) => [item.id, item]));
  const isAlone = kind === 'items' ? !days : !collection && !items[0];
  const isWhole = isAlone && !Object.keys(more)[0] && Object.keys(byId).length === items.length;
  return must(isWhole, 'a payload has more than its hash covers') && (days ?? { [collection]: byId });
};
const sealOf = ({ form, kind, payload, reason, salt, salts = salt, erased = {} }) => {
  if (!form) return sha256(canonical({ payload, salt }));
  const groups = kind === 'figures' || kind === 'items' ? groupsOf(kind, payload) : null;
  const single = { ...(groups ? {} : { payload }), ...(reason === undefined ? {} : { reason }) };
  const inGroup = (parts, name) => ({ ...erased[name], ...hashesOf(saltIn(salts, name), parts) });
  const hashes = { ...erased, ...hashesOf(salts, single), ...mapped(groups ?? {}, inGroup) };
  return sha256(canonical(mapped(hashes, (hash) => (hash.charAt ? hash : sha256(canonical(hash))))));
};

let { seq, hash: linked } = state.ledger;
const wiped = new Set(); // the entries of which an erasure has left the head alone
for (let path = '/api/v1/ledger.json'; path; ) {
  const text = await (await fetch(new URL(path, site))).text();
  must(sha256(text, 'base64url') === state.pages[path], `${path} is not in release ${state.release}`);
  const page = JSON.parse(text);
  for (const { salt, salts, erased, payload, hash, reason, ...rest } of page.items) {
    if (rest.kind === 'erasure' && payload && !payload.partial) wiped.add(payload.seq);
    const head = rest.form || reason === undefined ? rest : { ...rest, reason };
    const isBare = !payload && !salt && !salts && !erased && !(rest.form && reason);
    const isSealed = isBare || sealOf({ ...rest, payload, reason, salt, salts, erased }) === rest.payloadHash;
    const isGap = rest.reasonErased && isBare && !rest.form && wiped.has(seq);
    if (isGap) gaps[seq] ??= rest.previous;
    const isWhole = isGap ? gaps[seq] === rest.previous : sha256(canonical(head)) === hash;
    must(isWhole && isSealed && rest.seq === seq && hash === linked, `entry ${seq} is not what it was`);
    must(payload || rest.kind !== 'figures' || wiped.has(seq), `the figures of entry ${seq} are missing`);
    must(seq !== state.checked?.seq || hash === state.checked.hash, `entry ${seq} was rewritten`);
    [seq, linked] = [seq - 1, rest.previous];
  }
  path = page.next;
}
must(seq === 0 && linked === '0'.repeat(64), `the ledger begins after entry ${seq}`);
writeFileSync(stateFile, JSON.stringify({ ...state, gaps, checked: state.ledger }));
console.log(`All ${state.ledger.seq} entries of the ledger verify.`);

// Verifies the ledger of a Nashra site, from the entry that verify-release.mjs noted in state.json back to the first.
//   node verify-chain.mjs https://bulletin.example state.json
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const [site, stateFile] = process.argv.slice(2);
const state = JSON.parse(readFileSync(stateFile));
const must = (isRight, fault) => isRight || process.exit(console.error(`It does not verify: ${fault}.`) ?? 1);
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const canonical = (value) => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)}}`;
};
const isText = (value) => typeof value === 'string';
const saltIn = (salts, name) => (isText(salts) ? sha256(`${salts} ${name}`).slice(0, 32) : salts[name]);
const hashesOf = (salts, parts) =>
  Object.fromEntries(
    Object.entries(parts).map(([name, value]) => [name, sha256(canonical([saltIn(salts, name), value]))]),
  );
const groupsOf = ({ days, collection, items = [] }) =>
  days ?? { [collection]: Object.fromEntries(items.map((item) => [item.id, item])) };
const sealOf = ({ form, kind, payload, reason, salt, salts = salt, erased = {} }) => {
  if (!form) return sha256(canonical({ payload, salt }));
  const isGrouped = kind === 'figures' || kind === 'items';
  const single = { ...(isGrouped ? {} : { payload }), ...(reason === undefined ? {} : { reason }) };
  const hashes = { ...erased, ...hashesOf(salts, single) };
  for (const [name, parts] of Object.entries(isGrouped ? groupsOf(payload) : {}))
    hashes[name] = { ...erased[name], ...hashesOf(saltIn(salts, name), parts) };
  for (const [name, hash] of Object.entries(hashes))
    if (!isText(hash)) hashes[name] = sha256(canonical(hash));
  return sha256(canonical(hashes));
};

let { seq, hash: linked } = state.ledger;
for (let path = '/api/v1/ledger.json'; path; ) {
  const page = await (await fetch(new URL(path, site))).json();
  must(Object.keys(page).join() === 'items,next', `${path} is not a page of the ledger`);
  for (const { salt, salts, erased, payload, hash, reason, ...rest } of page.items) {
    if (rest.seq > state.ledger.seq) continue; // newer than the release that was verified
    const head = rest.form || reason === undefined ? rest : { ...rest, reason };
    const isBare = payload === undefined && !salt && !salts && !erased && !(rest.form && reason);
    const isSealed = isBare || sealOf({ ...rest, payload, reason, salt, salts, erased }) === rest.payloadHash;
    const isWhole = rest.reasonErased || sha256(canonical(head)) === hash;
    must(isWhole && isSealed && rest.seq === seq && hash === linked, `entry ${seq} is not what it was`);
    must(seq !== state.checked?.seq || hash === state.checked.hash, `entry ${seq} was rewritten`);
    [seq, linked] = [seq - 1, rest.previous];
  }
  path = page.next;
}
must(seq === 0 && linked === '0'.repeat(64), `the ledger begins after entry ${seq}`);
writeFileSync(stateFile, JSON.stringify({ ...state, checked: state.ledger }));
console.log(`All ${state.ledger.seq} entries of the ledger verify.`);

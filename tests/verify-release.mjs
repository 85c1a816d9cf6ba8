// Verifies that a Nashra site signed what it shows. Needs only Node 20 or newer and this file: see docs/verify.md.
//   node verify-release.mjs https://bulletin.example state.json [/path or /path=saved-file]...
import { createHash, verify } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const [site, stateFile, ...wanted] = process.argv.slice(2);
const known = existsSync(stateFile) ? JSON.parse(readFileSync(stateFile)) : { release: 0, keys: [] };
const sha256 = (data, form = 'base64url') => createHash('sha256').update(data).digest(form);
const decoded = (text = '') => Buffer.from(text, 'base64url');
const must = (isRight, fault) => isRight || process.exit(console.error(`It does not verify: ${fault}.`) ?? 1);
const get = async (path) => Buffer.from(await (await fetch(new URL(path, site))).arrayBuffer());
const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
const opened = ({ payload, protected: head, signature }) => {
  const { kid } = JSON.parse(decoded(head || 'e30'));
  const key = keys.find(({ crv, kty, x }) => sha256(JSON.stringify({ crv, kty, x })) === kid);
  const text = Buffer.from(`${head}.${payload}`);
  must(key && verify(null, text, { key, format: 'jwk' }, decoded(signature)), 'no key of the site signed it');
  must(decoded(signature).toString('base64url') === signature, 'the signature is spelled otherwise');
  return { ...JSON.parse(decoded(payload)), kid, digest: sha256(decoded(payload)) };
};
const { keys = [], rotation } = JSON.parse(await get('/.well-known/nashra-keys.json'));
const { release, kid, documents: digests, ...said } = opened(JSON.parse(await get('/api/v1/release.json')));
const trusted = rotation && opened(rotation).successor === kid ? [kid, opened(rotation).kid] : [kid];
must(!known.keys[0] || trusted.some((id) => known.keys.includes(id)), `the key ${kid} is unknown`);
const isNext = release > known.release || (release === known.release && said.digest === known.digest);
must(isNext, `release ${release} is older than ${known.release}, or another one`);
must(said.ledger.seq >= (known.ledger?.seq ?? 0), 'the ledger is shorter than it was');
must(Date.parse(said.until) + 300_000 > (known.at ?? Date.now()), `it ended at ${said.until}`);
const check = async (path, saved) => {
  const content = saved ?? (await get(path));
  const [digest, name] = [digests[path]].flat();
  const shell = name && JSON.parse(await check(`/api/v1/shells/${name}.json`));
  const slots = shell && new RegExp(`^${shell.map(escaped).join('([^]*?)')}$`).exec(content)?.slice(1);
  const isRight = sha256(shell ? JSON.stringify(slots ?? null) : content) === digest;
  return must(isRight, `${path} is not what release ${release} says`) && content;
};
await check('/.well-known/nashra-keys.json');
for (const path of said.lists) Object.assign(digests, JSON.parse(await check(path)));
for (const [path, file] of wanted.map((w) => w.split('='))) await check(path, file && readFileSync(file));
const isLedger = ([path]) => path.startsWith('/api/v1/ledger');
const pages = Object.fromEntries(Object.entries(digests).filter(isLedger)); // for verify-chain.mjs
const checked = known.checked ?? known.ledger; // the end of the ledger that was seen first, or checked last
const trustedKeys = [...new Set([...known.keys, kid])];
const state = {
  ...known,
  release,
  digest: said.digest,
  ledger: said.ledger,
  checked,
  pages,
  keys: trustedKeys,
};
writeFileSync(stateFile, JSON.stringify(state));
console.log(`Release ${release} verifies, signed by ${kid}.`);

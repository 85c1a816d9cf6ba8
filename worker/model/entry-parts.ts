import type { Change } from './change.ts';
import { entriesOf } from './entries.ts';
import { type ByPart, canonicalJson, type Entry, type Hash, type Sha256 } from './ledger.ts';

type Named<T> = { readonly [name: string]: T };

/**
 * The parts of an entry that can be erased apart from each other. Each figure and each item is one: a date is a group
 * of figures, by metric; a collection is a group of items, by id. `single` has the parts that are in no group:
 * `reason`, and `payload` of an entry of another kind.
 */
type Parts = { readonly single: Named<unknown>; readonly groups: Named<Named<unknown>> };

/** The parts to erase: whether the reason is one, and the others by group. */
export type PartsToErase = {
  readonly reason: boolean;
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>;
};

/** A salt from which those of a group's parts are derived, or these salts, if a part was erased. */
type Salts = string | Named<string>;

/** The parts of a change and its reason. */
export function partsOf(change: Change, reason: string | undefined): Parts {
  const single = reason === undefined ? {} : { reason };
  switch (change.kind) {
    case 'figures':
      return { single, groups: change.payload.days };
    case 'items': {
      const items = change.payload.items.map((item) => [item.id, item] as const);
      return { single, groups: { [change.payload.collection]: Object.fromEntries(items) } };
    }
    default:
      return { single: { ...single, payload: change.payload }, groups: {} };
  }
}

/**
 * `payloadHash` of an entry of form 2, from the salt that the entry was written with. The hash of a part covers
 * `[salt, value]`, that of a group an object with the hashes of its parts, and `payloadHash` an object with the hashes
 * of the groups and of the parts that are in none, each as canonical JSON.
 */
export function partsHash({ single, groups }: Parts, salt: string, sha256: Sha256): Hash {
  const hashes: Record<string, Hash> = {};
  for (const [name, value] of Object.entries(single))
    hashes[name] = partHash(saltIn(salt, name, sha256), value, sha256);
  for (const [group, values] of Object.entries(groups)) {
    const saltOfGroup = saltIn(salt, group, sha256);
    const inGroup: Record<string, Hash> = {};
    for (const [name, value] of Object.entries(values))
      inGroup[name] = partHash(saltIn(saltOfGroup, name, sha256), value, sha256);
    hashes[group] = sha256(canonicalJson(inGroup));
  }
  return sha256(canonicalJson(hashes));
}

/**
 * An entry of form 2 without some of its parts. The hashes of these parts and the salts of the others are written down,
 * and the salts from which those of the erased parts could be derived go.
 */
export function withoutParts(entry: Entry, change: Change, gone: PartsToErase, sha256: Sha256): Entry {
  const { salt, salts: oldSalts, erased: oldErased, reason, payload: _, ...rest } = entry;
  const { single, groups } = partsOf(change, reason);
  const around = oldSalts ?? salt ?? {};
  const salts: Record<string, Salts> = {};
  const erased: Record<string, ByPart<Hash>[string]> = { ...oldErased };
  for (const [name, value] of Object.entries(single)) {
    const partSalt = saltIn(around, name, sha256);
    if (gone.reason && name === 'reason') erased[name] = partHash(partSalt, value, sha256);
    else salts[name] = partSalt;
  }
  for (const [group, values] of Object.entries(groups)) {
    const names = gone.groups.get(group);
    const saltsOfGroup = saltsIn(around, group, sha256);
    if (!names) {
      salts[group] = saltsOfGroup;
      continue;
    }
    const [stay, go]: [Record<string, string>, Record<string, Hash>] = [{}, {}];
    for (const [name, value] of Object.entries(values)) {
      const partSalt = saltIn(saltsOfGroup, name, sha256);
      if (names.has(name)) go[name] = partHash(partSalt, value, sha256);
      else stay[name] = partSalt;
    }
    const before = erased[group];
    salts[group] = stay;
    erased[group] = { ...(typeof before === 'object' ? before : {}), ...go };
  }
  return {
    ...rest,
    ...(reason === undefined || gone.reason ? {} : { reason }),
    payload: payloadWithout(change, gone.groups),
    salts,
    erased,
  };
}

function payloadWithout(change: Change, gone: PartsToErase['groups']): Change['payload'] {
  if (change.kind === 'items') {
    const names = gone.get(change.payload.collection);
    return { ...change.payload, items: change.payload.items.filter(({ id }) => !names?.has(id)) };
  }
  if (change.kind !== 'figures') return change.payload;
  const days = entriesOf(change.payload.days).flatMap(([date, figures]) => {
    const names = gone.get(date);
    if (!names) return [[date, figures] as const];
    const stay = entriesOf(figures).filter(([metric]) => !names.has(metric));
    return stay.length === 0 ? [] : [[date, Object.fromEntries(stay)] as const];
  });
  return { days: Object.fromEntries(days) };
}

const partHash = (salt: string, value: unknown, sha256: Sha256): Hash => sha256(canonicalJson([salt, value]));

/** The salts of a group's parts, or the salt from which they are derived. */
function saltsIn(around: string | ByPart<string>, group: string, sha256: Sha256): Salts {
  const salts = typeof around === 'string' ? derivedSalt(around, group, sha256) : around[group];
  if (salts === undefined) throw new Error(`the entry has no salt of ${group}`);
  return salts;
}

/** The salt of a part or a group of which nothing is erased. */
function saltIn(around: string | ByPart<string>, name: string, sha256: Sha256): string {
  const salt = saltsIn(around, name, sha256);
  if (typeof salt !== 'string') throw new Error(`${name} of the entry is a group of which parts are erased`);
  return salt;
}

/** The first 128 bits, in hex, of the SHA-256 of the salt around, a space, and the name. */
const derivedSalt = (around: string, name: string, sha256: Sha256): string =>
  sha256(`${around} ${name}`).slice(0, 32);

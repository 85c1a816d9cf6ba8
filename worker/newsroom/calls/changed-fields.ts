import { canonicalJson } from '../../model/ledger.ts';

/** The names of the fields that differ between two objects of JSON, added and removed fields included. */
export function changedFields(oldFields: object | null, newFields: object): readonly string[] {
  const old = new Map<string, unknown>(Object.entries(oldFields ?? {}));
  const next = new Map<string, unknown>(Object.entries(newFields));
  return [...new Set([...old.keys(), ...next.keys()])].filter(
    (field) => canonicalJson(old.get(field) ?? null) !== canonicalJson(next.get(field) ?? null),
  );
}

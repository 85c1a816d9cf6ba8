import { isJsonObject, type Json } from '../../model/json.ts';

/**
 * Merges a patch into a JSON value: null removes a member, an object is merged member by member, any other value replaces
 * the old one. https://www.rfc-editor.org/rfc/rfc7396#section-2
 */
export function mergePatch(target: Json, patch: Json): Json {
  if (!isJsonObject(patch)) return patch;
  const merged = new Map(Object.entries(isJsonObject(target) ? target : {}));
  for (const [name, value] of Object.entries(patch))
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name) ?? null, value));
  return Object.fromEntries(merged);
}

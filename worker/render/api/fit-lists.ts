import { utf8Bytes } from '../../model/utf8-bytes.ts';
import { cutBody } from '../views/cut-text.ts';

/** An item in the public JSON. */
type PublicForm = Readonly<Record<string, unknown>>;
/** Lists of items, by name. */
type Lists<Name extends string> = { readonly [N in Name]: readonly PublicForm[] };

/** The characters to which bodies are cut, in the order in which they are tried. */
const BODY_LENGTHS = [Number.POSITIVE_INFINITY, 8_000, 4_000, 2_000, 1_000, 500, 250] as const;

/**
 * Lists of items in at most `maxBytes` bytes of JSON, whatever staff write. As long as they fit, they stay as they are.
 * Else the longest bodies are cut, then sources are left out, then the longest list loses its last items. `truncated`
 * of an item names its fields that are cut or left out, `truncated` of the result the lists that lost items.
 */
export function fitLists<Name extends string>(
  lists: Lists<Name>,
  maxBytes: number,
): { readonly lists: Lists<Name>; readonly truncated: readonly Name[] } {
  const names = Object.keys(lists).filter((name): name is Name => name in lists);
  const cutBy = (cut: (item: PublicForm) => PublicForm) => mapLists(lists, names, (list) => list.map(cut));
  for (const longest of BODY_LENGTHS) {
    if (names.some((name) => bodyCharacters(lists[name], longest) > maxBytes)) continue; // not worth a try
    const cut = cutBy((item) => cutItem(item, longest));
    if (sizeOf(cut) <= maxBytes) return { lists: cut, truncated: [] };
  }
  const [shortest = 0] = BODY_LENGTHS.toReversed();
  return shortened(
    cutBy((item) => withoutSource(cutItem(item, shortest))),
    names,
    maxBytes,
  );
}

/** The same lists without as many of their last items as it takes; the list of the most bytes loses the next item. */
function shortened<Name extends string>(lists: Lists<Name>, names: readonly Name[], maxBytes: number) {
  const sizes = new Map(names.map((name) => [name, lists[name].map((item) => sizeOf(item) + 1)]));
  const totalOf = (name: Name) => (sizes.get(name) ?? []).reduce((sum, sizeBytes) => sum + sizeBytes, 0);
  const totals = new Map(names.map((name) => [name, totalOf(name)]));
  let sizeBytes = sizeOf(lists);
  while (sizeBytes > maxBytes) {
    const [largest] = [...totals].toSorted(([, a], [, b]) => b - a);
    const itemBytes = largest && sizes.get(largest[0])?.pop();
    if (!largest || itemBytes === undefined) break;
    totals.set(largest[0], largest[1] - itemBytes);
    sizeBytes -= itemBytes;
  }
  const kept = (name: Name) => sizes.get(name)?.length ?? 0;
  return {
    lists: mapLists(lists, names, (list, name) => list.slice(0, kept(name))),
    truncated: names.filter((name) => kept(name) < lists[name].length),
  };
}

function mapLists<Name extends string>(
  lists: Lists<Name>,
  names: readonly Name[],
  change: (list: readonly PublicForm[], name: Name) => readonly PublicForm[],
): Lists<Name> {
  const changed: { [N in Name]: readonly PublicForm[] } = { ...lists };
  for (const name of names) changed[name] = change(lists[name], name);
  return changed;
}

const textsOf = (value: unknown): readonly (readonly [string, string])[] =>
  Object.entries(Object(value)).flatMap(([language, text]) =>
    typeof text === 'string' ? [[language, text] as const] : [],
  );

function cutItem(item: PublicForm, longest: number): PublicForm {
  const texts = textsOf(item.body);
  if (texts.every(([, text]) => text.length <= longest)) return item;
  const body = Object.fromEntries(texts.map(([language, text]) => [language, cutBody(text, longest)]));
  return { ...item, body, truncated: ['body'] };
}

function withoutSource(item: PublicForm): PublicForm {
  const { source, truncated, ...rest } = item;
  if (source === undefined) return item;
  return { ...rest, truncated: [...(Array.isArray(truncated) ? truncated : []), 'source'] };
}

/** The fewest characters that the bodies of items have together, once they are cut: JSON has at least as many bytes. */
const bodyCharacters = (items: readonly PublicForm[], longest: number): number =>
  items
    .flatMap((item) => textsOf(item.body))
    .reduce((sum, [, text]) => sum + (text.length <= longest ? text.length : longest / 2), 0);

const sizeOf = (value: unknown): number => utf8Bytes(JSON.stringify(value));

import { coded } from '../model/coded.ts';
import type { Json } from '../model/json.ts';
import { type Fault, MAX_FAULTS } from '../model/problem.ts';
import type { StaffRoute } from '../model/staff/request.ts';
import { pointerToken } from '../model/validation/parse.ts';
import { MAX_BODY } from '../model/validation/text.ts';
import { markdownWork } from '../render/views/markdown.ts';

/** Texts of this length or less are within every bound. */
const SHORT = 300;
/**
 * The most steps that the texts of an item in one call may take together: at most 130 nanoseconds each, so a tenth of a
 * second. They are enough for 200,000 characters of what people write.
 */
const MAX_STEPS = 750_000;
/** No content has more fields, and no text more languages: the Newsroom refuses one that has, so nothing renders it. */
const MAX_NAMES = 50;

/**
 * The faults of texts that take too much work as Markdown, each with the place of the text. They are found in the
 * Worker, so that the time this takes is the caller's and not the one writer's.
 */
export function excessFaults(kind: StaffRoute['kind'], body: Json): readonly Fault[] {
  const faults: Fault[] = [];
  for (const [place, content] of contentsOf(kind, body)) {
    faults.push(...faultsOf(place, content));
    if (faults.length > MAX_FAULTS) break;
  }
  return faults;
}

function faultsOf(place: string, content: unknown): readonly Fault[] {
  const faults: Fault[] = [];
  let total = 0;
  for (const [field, texts] of namesIn(content))
    for (const [language, text] of namesIn(texts)) {
      // A character is at most two UTF-16 units. The schema refuses a longer text.
      if (typeof text !== 'string' || text.length <= SHORT || text.length > 2 * MAX_BODY) continue;
      const { steps, excess } = markdownWork(text);
      total += steps;
      const why = excess ?? (total > MAX_STEPS ? coded('markdown-together', { most: MAX_STEPS }) : null);
      if (why !== null)
        faults.push({ pointer: `${place}/${pointerToken(field)}/${pointerToken(language)}`, ...why });
      if (total > MAX_STEPS) return faults;
    }
  return faults;
}

/** The contents of items in a body, each with the place it has there. No other call brings Markdown. */
function contentsOf(kind: StaffRoute['kind'], body: Json): readonly (readonly [string, unknown])[] {
  switch (kind) {
    case 'add-item':
      // A remark that comes with a reason has its content where an edit has it.
      return 'content' in Object(body) ? [['#/content', Object(body).content]] : [['#', body]];
    case 'replace-item':
    case 'patch-item':
      return [['#/content', Object(body).content]];
    case 'import': {
      const { items }: { readonly items?: unknown } = Object(body);
      return Array.isArray(items)
        ? items.map((item, i) => [`#/items/${i}/content`, Object(item).content])
        : [];
    }
    default:
      return [];
  }
}

function namesIn(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  // A merge patch takes fields that are null out, however many it names (RFC 7396).
  const named = Object.entries(value).filter(([, inner]) => inner !== null);
  return named.length > MAX_NAMES ? [] : named;
}

import { coded, textOf } from '../coded.ts';
import { codedFault } from '../coded-fault.ts';
import { isDecimal } from '../decimal.ts';
import type { Json } from '../json.ts';
import type { Coded } from '../messages.ts';
import { cut, type Fault, ok, type Result, refuse } from '../problem.ts';
import { pointerToken } from './parse.ts';

/** The most faults that a refusal lists, so that its size does not grow with the body's. */
const MAX_FAULTS = 20;

/** The deepest nesting of a body. Content has six levels; what reads bodies may so use the call stack. */
const MAX_DEPTH = 64;

/** The largest pointer of a fault, in characters. A fault that lies deeper is reported at a value around it. */
const MAX_POINTER = 300;

/** The most characters of the body that one fault quotes, in its detail and in its parameters. */
const MAX_QUOTED = 40;

/**
 * Parses the text of a body as I-JSON. `JSON.parse` takes the last of several equal names and rounds numbers in
 * silence; this refuses what would be stored otherwise than it was written: a name that its object has already (RFC
 * 7493 §2.3), and a number that only rounding makes one that a figure may be, a whole one or one with three decimals, such
 * as `1e-400` (RFC 7493 §2.2). Other numbers stay as `JSON.parse` gives them: the schemas refuse too many decimals, and what
 * is beyond 2^53-1.
 * The cost is linear in the text.
 * @returns the value that `JSON.parse` gives; 400 if the text is not JSON, nested too deeply, or with the place of each
 *   fault
 */
export function parseStrictJson(text: string): Result<Json> {
  let value: Json;
  if (isTooDeep(text)) return malformed(coded('json-too-deep', { most: MAX_DEPTH }));
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    return malformed(coded('json-form', { error: (error as Error).message }));
  }
  const faults = strictFaults(text);
  const [first] = faults;
  return first ? malformed(ambiguity(first, faults.length > 1), faults) : ok(value);
}

/** What a body says that has a fault, and maybe more. */
function ambiguity({ pointer, code, params }: Fault, hasMore: boolean): Coded {
  const first = code === 'json-name-twice' ? 'json-name-first' : 'json-number-first';
  return textOf({ code: hasMore ? `${first}-more` : first, params: { pointer, ...params } });
}

const malformed = (why: Coded, errors?: readonly Fault[]) =>
  refuse({ kind: 'malformed', status: 400, ...why, ...(errors ? { errors } : {}) });

/** Whether objects and arrays lie within each other in more than `MAX_DEPTH` levels. The text need not be JSON. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length && depth <= MAX_DEPTH; i++)
    switch (text.charCodeAt(i)) {
      case QUOTE:
        i = endOfString(text, i);
        break;
      case 0x5b: // [
      case 0x7b: // {
        depth += 1;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1;
    }
  return depth > MAX_DEPTH;
}

/** An open object or array of the scan. */
type Frame = {
  /** The place of the current value: a name, or an index. */
  token: string | number;
  /** The names so far. A set is made for the second name, because most of a deep body's objects have only one. */
  names: Set<string> | string | null;
  /** Whether the next string is a name. */
  atName: boolean;
};

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The faults of a text that `JSON.parse` accepts, in the text's order, at most `MAX_FAULTS`. */
function strictFaults(text: string): readonly Fault[] {
  const faults: Fault[] = [];
  const frames: Frame[] = [];
  for (let i = 0; i < text.length && faults.length < MAX_FAULTS; i++) {
    const frame = frames.at(-1);
    switch (text[i]) {
      case '{':
        frames.push({ token: '', names: null, atName: true });
        break;
      case '[':
        frames.push({ token: 0, names: null, atName: false });
        break;
      case '}':
      case ']':
        frames.pop();
        break;
      case ',':
        if (typeof frame?.token === 'number') frame.token++;
        else if (frame) frame.atName = true;
        break;
      case '"': {
        const end = endOfString(text, i);
        if (frame?.atName) {
          const name = nameIn(text.slice(i, end + 1));
          frame.token = name;
          frame.atName = false;
          if (isRepeated(frame, name)) faults.push(codedFault(pointerOf(frames), 'json-name-twice'));
        }
        i = end;
        break;
      }
      default: {
        const end = endOfNumber(text, i);
        if (end === i) break;
        const number = text.slice(i, end);
        if (!isKept(number))
          faults.push(
            codedFault(pointerOf(frames), 'json-number', {
              number: cut(number, MAX_QUOTED),
              kept: String(Number(number)),
            }),
          );
        i = end - 1;
      }
    }
  }
  return faults;
}

/** The index of the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text.charCodeAt(i) !== QUOTE) i += text.charCodeAt(i) === BACKSLASH ? 2 : 1;
  return i;
}

/** The index after the number that begins at `start`; `start` if none does. */
function endOfNumber(text: string, start: number): number {
  let i = start;
  if (text[i] !== '-' && !isDigit(text.charCodeAt(i))) return start;
  while (i < text.length && '+-.eE0123456789'.includes(text[i] ?? ' ')) i++;
  return i;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

// `"a"` and `"\u0061"` are the same name.
const nameIn = (literal: string): string =>
  literal.includes('\\') ? String(JSON.parse(literal)) : literal.slice(1, -1);

/** Adds a name to an object's names. Whether it is there already. */
function isRepeated(frame: Frame, name: string): boolean {
  if (frame.names === null) frame.names = name;
  else if (typeof frame.names === 'string') {
    if (frame.names === name) return true;
    frame.names = new Set([frame.names, name]);
  } else if (frame.names.has(name)) return true;
  else frame.names.add(name);
  return false;
}

/** The pointer of the current value, cut at a value around it if it is long. */
function pointerOf(frames: readonly Frame[]): string {
  let pointer = '#';
  for (const { token } of frames) {
    const next = `${pointer}/${pointerToken(String(token).slice(0, MAX_POINTER + 1))}`;
    if (next.length > MAX_POINTER) break;
    pointer = next;
  }
  return pointer;
}

/** Whether a number can't be a figure after parsing, or is exactly the one that was written. */
function isKept(written: string): boolean {
  if (/^-?\d{1,15}$/.test(written)) return true;
  const value = Number(written);
  if (!isDecimal(value)) return true;
  const [digits, exponent] = decimal(written);
  const [keptDigits, keptExponent] = decimal(String(value));
  return digits === keptDigits && exponent === keptExponent;
}

/** A number without its sign, as digits without outer zeros times a power of ten. 0 is no digits times 1. */
function decimal(written: string): readonly [digits: string, exponent: number] {
  const [mantissa = '', power = '0'] = written.replace(/^-/, '').split(/[eE]/);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = whole + fraction;
  let [start, end] = [0, digits.length];
  while (start < end && digits[start] === '0') start++;
  while (end > start && digits[end - 1] === '0') end--;
  return start === end
    ? ['', 0]
    : [digits.slice(start, end), Number(power) - fraction.length + digits.length - end];
}

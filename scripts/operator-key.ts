import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/**
 * The keys in a key file. `first` is the key that programs send. `all` is the value of the Worker's secret: `first`,
 * and during a rotation a second key after a comma.
 */
export type OperatorKeys = { readonly first: string; readonly all: string };

/** A new key: 32 random bytes as 43 characters of base64url (RFC 4648 §5). */
const newKey = (): string => randomBytes(32).toString('base64url');

/**
 * Creates the file with a new operator key and a new key that signs releases, readable by its owner only. Returns false
 * if the file already exists.
 */
export function makeKeyFile(file: string): boolean {
  if (existsSync(file)) return false;
  const text = `OPERATOR_KEY=${newKey()}\nSIGNING_KEY=${newKey()}\n`;
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  return true;
}

/**
 * Reads the operator keys in a file.
 * @param advice a sentence for the error message: what to do if the file has no key
 * @throws Error with a one-line message, which never holds a key, if the file does not exist or has no valid key
 */
export function readKeyFile(file: string, advice?: string): OperatorKeys {
  if (!existsSync(file)) throw new Error(`the operator key's file ${file} does not exist.`);
  const keys = parseKeyFile(readFileSync(file, 'utf8'));
  if (keys === null) {
    const message = `${file} must hold a line OPERATOR_KEY= with 43 base64url characters.`;
    throw new Error(advice === undefined ? message : `${message} ${advice}`);
  }
  return keys;
}

/**
 * Reads the key that signs releases, or two during a rotation, from the same file; undefined if the file has none.
 * @throws Error with a one-line message, which never holds a key, if the file has one of another form
 */
export function readSigningKey(file: string): string | undefined {
  const { SIGNING_KEY: value } = parseEnv(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  if (value === undefined) return undefined;
  const all = parseKeys(value);
  if (all === null)
    throw new Error(`${file} must hold SIGNING_KEY= with 43 base64url characters, or no such line.`);
  return all.join(',');
}

/**
 * Parses the text of a `.dev.vars`; null if it has no valid key. The rules are those of dotenv, which wrangler uses:
 * `export`, quotes, spaces and comments are not part of a value, LF and CRLF end a line, and the last line with
 * a name wins (https://github.com/motdotla/dotenv#rules). A file that holds only the key is accepted too.
 */
export function parseKeyFile(text: string): OperatorKeys | null {
  const { OPERATOR_KEY: value = text } = parseEnv(text.replace(/^\uFEFF/, ''));
  const [first, ...others] = parseKeys(value) ?? [];
  return first === undefined ? null : { first, all: [first, ...others].join(',') };
}

/** One key, or the new and the old one; null for any other text. */
function parseKeys(value: string): readonly string[] | null {
  const keys = value.split(',').map((key) => key.trim());
  return keys.length <= 2 && keys.every((key) => /^[\w-]{43}$/.test(key)) ? keys : null;
}

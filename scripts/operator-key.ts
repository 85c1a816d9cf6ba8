import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/**
 * The keys in a key file. `first` is the key that programs send. `all` is the value of the Worker's secret: `first`,
 * and during a rotation a second key after a comma.
 */
export type OperatorKeys = { readonly first: string; readonly all: string };

/** A new operator key: 32 random bytes as 43 characters of base64url (RFC 4648 §5). */
export const newOperatorKey = (): string => randomBytes(32).toString('base64url');

/** Creates the file with a new operator key, readable by its owner only. Returns false if the file already exists. */
export function makeKeyFile(file: string): boolean {
  if (existsSync(file)) return false;
  writeFileSync(file, `OPERATOR_KEY=${newOperatorKey()}\n`, { mode: 0o600, flag: 'wx' });
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
 * Parses the text of a `.dev.vars`; null if it has no valid key. The rules are those of dotenv, which wrangler uses:
 * `export`, quotes, spaces and comments are not part of a value, LF and CRLF end a line, and the last line with
 * a name wins (https://github.com/motdotla/dotenv#rules). A file that holds only the key is accepted too.
 */
export function parseKeyFile(text: string): OperatorKeys | null {
  const { OPERATOR_KEY: value = text } = parseEnv(text.replace(/^\uFEFF/, ''));
  const [first = '', ...others] = value.split(',').map((key) => key.trim());
  if (others.length > 1 || ![first, ...others].every((key) => /^[\w-]{43}$/.test(key))) return null;
  return { first, all: [first, ...others].join(',') };
}

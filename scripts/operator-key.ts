import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** What a key file holds: `first` signs and is sent; `all` is the secret as the Worker takes it, two while rotating. */
export type OperatorKeys = { readonly first: string; readonly all: string };

/** A new operator key: 32 random bytes as 43 characters of base64url (RFC 4648 §5). */
export const newOperatorKey = (): string => randomBytes(32).toString('base64url');

/** Makes the file that holds the operator key, readable by its owner only, unless it is there; says whether it did. */
export function makeKeyFile(file: string): boolean {
  if (existsSync(file)) return false;
  writeFileSync(file, `OPERATOR_KEY=${newOperatorKey()}\n`, { mode: 0o600, flag: 'wx' });
  return true;
}

/**
 * The operator keys in a file.
 * @param advice what to do where it holds none, as a sentence
 * @throws Error with one line, which never holds a key, where the file is not there or holds none
 */
export function readKeyFile(file: string, advice?: string): OperatorKeys {
  if (!existsSync(file)) throw new Error(`there is no file ${file} to take the operator key from.`);
  const keys = parseKeyFile(readFileSync(file, 'utf8'));
  if (keys === null) {
    const told = `${file} must hold a line OPERATOR_KEY= with 43 base64url characters.`;
    throw new Error(advice === undefined ? told : `${told} ${advice}`);
  }
  return keys;
}

/**
 * The operator keys in the text of a `.dev.vars`; null where it has none. Read as dotenv reads it, which wrangler uses:
 * `export`, quotes, spaces and comments are no part of a value, any line end will do, and the last line of a name wins
 * (https://github.com/motdotla/dotenv#rules). A file that is nothing but the key is taken too.
 */
export function parseKeyFile(text: string): OperatorKeys | null {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const named = lines.flatMap((line) => /^\s*(?:export\s+)?OPERATOR_KEY\s*=(.*)$/.exec(line)?.[1] ?? []);
  const value = named.length > 0 ? bare(named.at(-1) ?? '') : lines.join('\n').trim();
  const [first = '', ...others] = value.split(',').map((key) => key.trim());
  if (others.length > 1 || ![first, ...others].every((key) => /^[\w-]{43}$/.test(key))) return null;
  return { first, all: [first, ...others].join(',') };
}

/** A value without its quotes, or without the comment behind it. */
function bare(value: string): string {
  const quoted = /^\s*(["'`])(.*?)\1\s*(?:#.*)?$/.exec(value);
  return (quoted?.[2] ?? value.replace(/#.*$/, '')).trim();
}

import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';

/** A new operator key: 32 random bytes as 43 characters of base64url (RFC 4648 §5). */
export const newOperatorKey = (): string => randomBytes(32).toString('base64url');

/** Makes the file that holds the operator key, readable by its owner only, unless it is there; says whether it did. */
export function makeKeyFile(file: string): boolean {
  if (existsSync(file)) return false;
  writeFileSync(file, `OPERATOR_KEY=${newOperatorKey()}\n`, { mode: 0o600, flag: 'wx' });
  return true;
}

/** The value of `OPERATOR_KEY` in the text of a `.dev.vars`, one key or two with a comma; null where it has none. */
export function parseKeyFile(text: string): string | null {
  const value = /^[ \t]*(?:export[ \t]+)?OPERATOR_KEY[ \t]*=[ \t]*(.*?)[ \t]*$/m.exec(text)?.[1] ?? '';
  const bare = value.replace(/^(["'])(.*)\1$/, '$2');
  return /^[\w-]{43}(,[\w-]{43})?$/.test(bare) ? bare : null;
}

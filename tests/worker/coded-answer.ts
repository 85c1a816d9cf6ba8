import { expect } from 'vitest';
import { MESSAGES, messageIn } from '../../client/strings/messages.ts';
import { isMessageCode, NUMBER_PARAMS, type Params, paramNames } from '../../worker/model/messages.ts';

/** Codes that some answer of this runtime had. */
export const seenCodes = new Set<string>();

type Sent = { readonly code?: unknown; readonly params?: Params; readonly detail?: unknown };

/**
 * Checks the body of a refusal: it and each of its faults have a code of the table, the parameters that the code's
 * sentence has, and the English text that they make. They make one in each language.
 */
export function expectCoded(body: Sent & { readonly errors?: readonly Sent[] }): void {
  for (const { code, params = {}, detail } of [body, ...(body.errors ?? [])]) {
    const text = JSON.stringify({ code, params, detail });
    if (typeof code !== 'string' || !isMessageCode(code)) throw new Error(`no code of the table: ${text}`);
    for (const name of paramNames(code)) expect(params, text).toHaveProperty(name);
    for (const [name, value] of Object.entries(params))
      if (name !== 'columns' && name !== 'other')
        expect(typeof value, text).toBe(NUMBER_PARAMS.some((n) => n === name) ? 'number' : 'string');
    const isCut = [detail, ...Object.values(params)].some((said) => String(said).endsWith('…'));
    const message = { code, params };
    // A total of a file's column begins with the id of its flow.
    if (!isCut) expect(String(detail).endsWith(messageIn('en', message)), text).toBe(true);
    for (const tag of Object.keys(MESSAGES))
      expect(messageIn(tag, message), text).not.toMatch(/\{\w+(\|or)?\}/);
    seenCodes.add(code);
  }
}

import { enMessages, type MessageCode, messageText, type Params } from './messages.ts';
import type { Fault } from './problem.ts';

/** A fault with its code, in English. */
export const codedFault = (pointer: string, code: MessageCode, params: Params = {}): Fault => ({
  pointer,
  detail: messageText(enMessages, 'en', { code, params }),
  code,
  params,
});

import { type ParamsArgument, textOf } from '../coded.ts';
import { type Coded, isMessageCode, type MessageCode, type Params } from '../messages.ts';

/**
 * The message of a schema's check. The library's messages are texts, so this is the code with its parameters as JSON,
 * which `saidBy` reads again.
 */
export const says = <Code extends MessageCode>(code: Code, ...[params]: ParamsArgument<Code>): string =>
  JSON.stringify([code, params ?? {}]);

/** What the message of a check says; null for a message of the library itself. */
export function saidBy(message: string): Coded | null {
  if (!message.startsWith('["')) return null;
  const [name, params]: readonly [string, Params] = JSON.parse(message);
  return isMessageCode(name) ? textOf({ code: name, params }) : null;
}

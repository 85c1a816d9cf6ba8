import { coded, type ParamsArgument } from './coded.ts';
import type { MessageCode } from './messages.ts';
import type { Fault } from './problem.ts';

/** A fault with its code, in English. */
export const codedFault = <Code extends MessageCode>(
  pointer: string,
  code: Code,
  ...params: ParamsArgument<Code>
): Fault => ({ pointer, ...coded(code, ...params) });

import {
  type Coded,
  enMessages,
  type Message,
  type MessageCode,
  messageText,
  type ParamsOf,
} from './messages.ts';

/** The parameters of a code; none where its sentence has none. */
export type ParamsArgument<Code extends MessageCode> =
  Partial<ParamsOf<Code>> extends ParamsOf<Code> ? [params?: ParamsOf<Code>] : [params: ParamsOf<Code>];

/** A message with its text in English. */
export const textOf = ({ code, params }: Message): Coded => ({
  code,
  params,
  detail: messageText(enMessages, 'en', { code, params }),
});

/** A code with its parameters, and its text in English: why a call is refused, or what is wrong at a place. */
export const coded = <Code extends MessageCode>(code: Code, ...[params]: ParamsArgument<Code>): Coded =>
  textOf({ code, params: { ...params } });

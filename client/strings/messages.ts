import { enMessages, type Message, type Messages, messageText } from '../../worker/model/messages.ts';
import { arMessages } from './ar-messages.ts';
import { pageLanguage } from './languages.ts';

/** The messages of the staff endpoint, faults and notes, by the language of their strings. */
export const MESSAGES: { readonly [stringsTag: string]: Messages } = { ar: arMessages, en: enMessages };

/**
 * A fault or note of the staff endpoint in a language of the site. Cells, ids and dates keep their direction in a
 * language from right to left: each is isolated (U+2068, U+2069).
 */
export function messageIn(tag: string, message: Message): string {
  const { stringsTag, direction } = pageLanguage(tag);
  const messages = MESSAGES[stringsTag] ?? enMessages;
  return messageText(messages, stringsTag, message, (value) =>
    direction === 'rtl' ? `\u2068${value}\u2069` : String(value),
  );
}

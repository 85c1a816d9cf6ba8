import type { LocalizedText } from '../../../client/page/parts/text.tsx';
import { markdownExcerpt } from './markdown.ts';

/** A body's beginning as plain text, in the language the body is in. `length` is about how many characters. */
export const excerptOf = (body: LocalizedText, length?: number): LocalizedText => ({
  ...body,
  text: markdownExcerpt(body.text, length),
});

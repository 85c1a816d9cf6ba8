import type { LocalizedText } from '../../../client/page/parts/text.tsx';
import { markdownExcerpt } from './markdown.ts';

/** The beginning of a body as plain text of about `length` characters; it keeps the body's language. */
export const excerptOf = (body: LocalizedText, length?: number): LocalizedText => ({
  ...body,
  text: markdownExcerpt(body.text, length),
});

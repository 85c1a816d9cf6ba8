import {
  type Collection,
  type Content,
  contentSchema,
  isAboutFigures,
} from '../../model/collections/registry.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { ok, type Result } from '../../model/problem.ts';
import type { Site } from '../../model/site.ts';
import { bodies } from '../../model/staff/bodies.ts';
import { parseWith } from '../../model/validation/parse.ts';

/** The content of a new item and its place: a remark may come as an edit does, with a reason beside it. */
export const sentContent = (
  collection: Collection,
  body: Json,
): { readonly sent: Json; readonly at: string } =>
  isWithReason(collection, body) ? { sent: body.content ?? null, at: '#/content' } : { sent: body, at: '#' };

const isWithReason = (collection: Collection, body: Json): body is JsonObject =>
  isAboutFigures(collection) && isJsonObject(body) && 'content' in body;

type NewContent = {
  readonly content: Content;
  readonly reason?: string;
  readonly confirm?: readonly string[];
};

/** Parses the body of a new item. */
export function parseNew(site: Site, collection: Collection, body: Json): Result<NewContent> {
  if (isWithReason(collection, body)) return parseWith(bodies.newRemark(site, collection), body);
  const parsed = parseWith(contentSchema(collection, site), body);
  return parsed.ok ? ok({ content: parsed.value }) : parsed;
}

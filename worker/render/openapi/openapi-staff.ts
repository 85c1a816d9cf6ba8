import { COLLECTIONS, type Collection } from '../../model/collections/registry.ts';
import type { Languages } from '../../model/staff/bodies.ts';
import {
  type AnswerName,
  STAFF_CALL_KINDS,
  STAFF_PATH,
  type StaffCallKind,
  staffCall,
} from '../../model/staff/calls.ts';
import { ref, requestSchema, type Schema } from './json-schema.ts';
import { type AnswerSchemas, answerSchemas } from './openapi-answers.ts';
import { call, inNext, inPath } from './openapi-call.ts';
import { text, whole } from './openapi-schemas.ts';

/** The parameters of the write plane's paths, but for the collection, which each path spells out. */
const PARAMETERS: { readonly [name: string]: Schema } = {
  date: inPath('date', ref('CivilDate')),
  id: inPath('id', text),
  seq: inPath('seq', whole),
};

/**
 * The paths agencies and the operator write by, from the table of staff calls.
 * @param named the schemas of the document, which bodies may add to
 */
export function staffPaths(
  languages: Languages,
  named: Record<string, Schema>,
): Readonly<Record<string, Schema>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const kind of STAFF_CALL_KINDS) {
    const { path, method } = staffCall(kind);
    for (const collection of path.includes('{collection}') ? COLLECTIONS : [null]) {
      const name = `${STAFF_PATH}/${path.replace('{collection}', String(collection))}`;
      const parameters = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, of = '']) => PARAMETERS[of] ?? []);
      paths[name] ??= parameters.length > 0 ? { parameters } : {};
      paths[name][method.toLowerCase()] = operation(kind, collection, languages, named);
    }
  }
  return paths;
}

function operation(
  kind: StaffCallKind,
  collection: Collection | null,
  languages: Languages,
  named: Record<string, Schema>,
): Schema {
  const { summary, body, does, conditional, query, answers, refusals = [] } = staffCall(kind);
  const shapes = answerSchemas(collection);
  const done = Object.entries(answers).map(([status, name]) => [status, shapeOf(shapes, name)]);
  return call(summary.replace('{collection}', String(collection)), Object.fromEntries(done), {
    ...(body ? { body: requestSchema(body(languages, collection ?? 'news'), named) } : {}),
    writes: does === 'writes',
    conditional: conditional === true,
    query: query ? [inNext(query)] : [],
    refusals: [...refusals, ...(body || query ? [422 as const] : [])],
  });
}

const shapeOf = (shapes: AnswerSchemas, name: AnswerName): Schema => shapes[name];
